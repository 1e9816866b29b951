"""Passages that give orders to a machine instead of telling customers something. They are never answered from: staff is told of them.

Articles are written by people with a role, but files, websites and mails may end in them. This is a net under the real guard (a model has no
means to do anything, and what it writes is checked), so it may be coarse.
"""

import re
from functools import lru_cache

from core.extend.knowledge import Found

ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:instruction|prompt|rule|guideline|above|previous|prior)s?
    | \b(?:ignoriere|vergiss|missachte)\b[^.\n]{0,40}\b(?:anweisung|regel|vorgabe)\w*
    | \b(?:ignore[sz]?|oublie[sz]?)\b[^.\n]{0,40}\b(?:instructions?|consignes?|r[eè]gles?)
    | \b(?:ignora|olvida)\b[^.\n]{0,40}\b(?:instrucciones|reglas|indicaciones)
    | (?:忽略|无视|無視)[^。\n]{0,20}(?:指令|指示|规则|規則)
    | (?:игнорируй|забудь)\w{0,20}[^.\n]{0,40}(?:инструкци|правил)\w*
    | (?:تجاهل|انس)\s[^.\n]{0,40}(?:التعليمات|القواعد)
    | \byou\ are\ (?:now\ )?(?:an?\ )?(?:AI|assistant|language\ model|chatbot|DAN)\b
    | (?:^|[.!?]\s)[ \t]*(?:dear\s|hey\s)?(?:assistant|AI\ agent|AI|chatbot|bot|language\ model)\s*[,:]
    | \b(?:AI\ agent|chatbot|language\ model)s?\s(?:must|should|shall)\s[^.\n]{0,60}\b(?:say|tell|reply|answer|output|approve|send|reveal)
    | <\|(?:im_start|im_end|system|endoftext)\|?> | \[/?INST\] | ^[ \t]*(?:system|assistant)[ \t]*:
    | \b(?:system\ prompt|developer\ message)\b
    | [A-Za-z0-9+/]{120,}={0,2}
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
LOOKED_AT = 6000


@lru_cache(maxsize=5000)
def orders(text: str) -> str:
    """The words that give an order to a machine; empty where none does."""
    found = ORDERS.search(text[:LOOKED_AT])
    return "" if found is None else " ".join(found.group().split())[:120]


def ordered(passage: Found, text: str) -> str:
    """The same of a passage that says `text`; of a document's also in its title and heading, which nobody here wrote."""
    named = f"{passage.title}\n{passage.heading}" if passage.kind == "document" else ""
    return orders(text) or orders(named)
