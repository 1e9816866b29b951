"""What a server's answer means for a mail, for its recipient's domain and for the inbox that sends it. Pure."""

import random
import re
from typing import Literal, NamedTuple

Stage = Literal["mail", "rcpt", "data", "end"]
"""Who sends it; whom it is for; whether it may come; after its last line."""
How = Literal["sent", "later", "failed", "uncertain", "not_tried"]
Blamed = Literal["", "domain", "server", "sender"]
SLOW_DOWN = re.compile(r"[^0-9]{0,4}4\.7\.[0-9]{1,3}(?![0-9])")
"""The extended code of RFC 3463 that begins an answer: what a policy refuses for now."""
WAIT_S, WAIT_MAX_S = 60.0, 4 * 3600.0


class Fate(NamedTuple):
    """`later`: the recipient is tried again; `not_tried`: it is none of his, and no attempt. `blamed`: whom the answer is about beside him.

    `server`: it wants less of us. `sender`: nothing of this inbox goes before a person mends something.
    """

    how: How
    reason: str = ""
    blamed: Blamed = ""


SENT = Fate("sent")
LOST = Fate("uncertain", "no_answer")
"""The line went dead after the whole mail was said."""
DIED = Fate("later", "hung_up")
"""The line went dead before, at the first mail that it was for."""


def of_answer(stage: Stage, code: int, words: str) -> Fate:
    """The fate of a mail that a server did not take."""
    if code < 400:
        return Fate("uncertain", "bad_answer") if stage == "end" else Fate("later", "bad_answer")
    slow = code == 421 or (code < 500 and SLOW_DOWN.match(words) is not None)
    if stage == "mail":
        return Fate("not_tried", "server_busy", "server") if code < 500 else Fate("not_tried", "sender_refused", "sender")
    if code >= 500:
        return Fate("failed", "refused")
    return Fate("later", "slow_down", "domain") if slow else Fate("later", "not_now")


def wait_s(attempt: int) -> float:
    """Until a recipient who is refused for now is tried for the next time: 1, 2, 4 … 240 minutes, a quarter more or less."""
    return min(WAIT_MAX_S, WAIT_S * 2.0 ** min(attempt - 1, 12)) * random.uniform(0.75, 1.25)  # noqa: S311 (jitter, no secret)
