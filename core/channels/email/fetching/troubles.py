"""What can be wrong with a mailbox, told alike to who sets it up and to who finds it standing still."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from core.channels.email import people
from core.egress import Refused

WORDS_MAX = 200
TroubleCode = Literal[
    "", "address", "unreachable", "slow", "gone", "certificate", "tls", "no_tls", "in_clear", "protocol", "sign_in", "token", "sealed",
    "folder", "read_only", "done_folder", "server", "mail", "defect",
]  # fmt: skip
"""Empty: nothing is wrong. The host names nothing that may be asked · nobody answers there · too slowly · it hung up · its certificate is not to
be trusted · no TLS at this port · no STARTTLS · only in the clear, over the internet · no IMAP · name or password · the token's server says no ·
sealed with another secret of the installation · no such folder · nothing may be marked in it · what is done cannot be moved ·
the server cannot now · mails that it does not give · our own mistake."""
LASTING: frozenset[TroubleCode] = frozenset({"sign_in", "token", "sealed", "certificate", "in_clear", "address"})
"""Only people mend these, and servers lock out who keeps trying: tried ever more seldom."""


class Trouble(Exception):
    """Nothing can be fetched, or not all. `words`: the server's own, or those of whoever noticed."""

    def __init__(self, code: TroubleCode, words: str = "") -> None:
        super().__init__(code, words)
        self.code: TroubleCode = code
        self.words = people.line(words, WORDS_MAX)


@contextmanager
def told() -> Iterator[None]:
    """What networks raise, as troubles."""
    try:
        yield
    except Refused as error:
        raise Trouble("address", str(error)) from error
    except ssl.SSLCertVerificationError as error:
        raise Trouble("certificate", error.verify_message) from error
    except ssl.SSLError as error:
        raise Trouble("tls", error.reason or "") from error
    except TimeoutError as error:
        raise Trouble("slow") from error
    except (asyncio.IncompleteReadError, ConnectionResetError, BrokenPipeError) as error:
        raise Trouble("gone") from error
    except OSError as error:
        raise Trouble("unreachable", error.strerror or "") from error
