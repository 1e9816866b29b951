"""Mail that no person wrote for us: it is never answered by a machine (RFC 3834)."""

import re

from core.channels.email.parsing import Mail

BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
LISTS = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "list-help",
    "list-subscribe",
    "list-owner",
    "list-archive",
    "mailing-list",
    "x-mailing-list",
)
REPLIERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "x-vacation", "x-mail-autoreply", "auto-reply")
SYSTEMS = re.compile(
    r"(?:mailer[-_.]?daemon|post[-_.]?master|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?)(?:[-+_=.][^@]{0,200})?@", re.IGNORECASE
)
AWAY = re.compile(
    r"(?:auto(?:matic|mated|matische|matica|mática|matique)?[ :-]{0,3}(?:re(?:ply|sponse|sponder)|antwort|antwoord|risposta|respuesta|"
    r"resposta)|out of (?:the )?office|vacation (?:reply|notice)|"
    r"réponse automatique|respuesta automática|resposta automática|risposta automatica|automatische (?:antwort|abwesenheit)|"
    r"abwesenheits|automatisch antwoord|"
    r"autosvar|automaattinen vastaus|автоответ|автоматический ответ|odpowiedź automatyczna|自動返信|自动回复|自動回覆|رد تلقائي|otomatik yanıt|"
    r"away (?:until|from))\b",
    re.IGNORECASE,
)


def is_automatic(mail: Mail, *, return_path: str | None = None, own: frozenset[str] = frozenset()) -> str:
    """Why a mail must not be answered automatically, as a short code; empty where it may be.

    `return_path`: the envelope's sender where it is known, empty for the null one; `own`: addresses and domains of ours, in small letters.
    `X-Auto-Response-Suppress` is no sign of anything: some servers put it on what people write.
    """
    submitted = mail.header("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted and submitted != "no":
        return "auto_submitted"
    if _is_null(mail, return_path):
        return "null_return_path"
    if mail.content_type == "multipart/report":
        return "report"
    if any(mail.header(name) for name in LISTS):
        return "list"
    if mail.header("precedence").strip().lower() in BULK:
        return "precedence"
    if mail.header("x-loop") or any(mail.header(name).strip().lower() not in ("", "no") for name in REPLIERS):
        return "loop_mark"
    if _is_own(mail, own):
        return "own"
    if any(SYSTEMS.match(sender.address) for sender in mail.senders):
        return "system_address"
    return "away" if is_away(mail) else ""


def is_away(mail: Mail) -> bool:
    """Whether the subject is one of programs that answer for somebody who is away."""
    return bool(AWAY.match(mail.subject.strip(" [(*<>=-")))


def _is_null(mail: Mail, return_path: str | None) -> bool:
    if return_path is not None:
        return return_path.strip() in ("", "<>")
    return any(header.name.lower() == "return-path" and header.value.strip() == "<>" for header in mail.headers)


def _is_own(mail: Mail, own: frozenset[str]) -> bool:
    """From one of our addresses, or with a message identifier that one of our domains made."""
    if any(sender.address.lower() in own for sender in mail.senders):
        return True
    domain = mail.message_id.rpartition("@")[2].lower()
    return bool(domain) and domain in own
