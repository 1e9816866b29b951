"""An article as it would be: each question is asked twice, as things are and with the change, by quotes."""

from collections.abc import Sequence

import msgspec

from agent.learning import dry
from agent.replay import overlay
from agent.replay.piece import Piece
from agent.replay.queries import Tried, Waiting
from core.access import Actor
from core.contacts import queries as contacts
from core.knowledge import queries as articles
from core.organizations import queries as organizations

AT_ONCE = 20
"""So many questions are one piece: between two pieces other jobs get their turn, and a replay can be stopped."""


async def ask(actor: Actor, tried: Tried, waiting: Sequence[Waiting]) -> Piece:
    """What would come of each question now, and with the change. No language model is asked, and no tokens are spent."""
    if tried.article_id is None:
        raise RuntimeError("there is no article")
    threshold = (await organizations.get(actor)).ai_threshold
    article = await articles.get(actor, tried.article_id)
    over = await overlay.lay(
        actor,
        msgspec.structs.replace(article, title=tried.title, body=tried.body, language=tried.language, audience="public"),
    )
    found = []
    for one in waiting:
        language = await contacts.language(actor, one.contact_id)
        before = await dry.decide(actor, one.question, threshold, language=language)
        found.append((before, await dry.decide(actor, one.question, threshold, language=language, overlay=over)))
    return Piece(found)
