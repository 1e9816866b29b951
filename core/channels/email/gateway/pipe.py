"""`lacasa mail-in SENDER RECIPIENT < mail`: hands one mail from a mail server's pipe to a running Lacasa.

It ends with 0 (the mail is kept) or 75 ("try again later") and with nothing else, whatever happens: to Postfix every other end
is a bounce, and so is running into its time limit. Runs as a script of its own, by the standard library alone: it is a process
per mail. The server side of the signature imports `statement` from here.
"""

import _thread
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

LATER = 75
"""EX_TEMPFAIL."""
SECONDS = 30
"""For all of it; Postfix bounces after 1000 s."""
CONFIG = "/etc/lacasa/mail-in.conf"
CONFIG_VARIABLE = "LACASA_MAIL_IN"
MAIL_MAX = 512 * 1024 * 1024
ANSWER_MAX = 64 * 1024
PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@.+-_=")
WORDS = {
    "unknown_recipient": "4.1.1 nobody at Lacasa has this address",
    "too_large": "4.3.4 the mail is larger than Lacasa takes",
    "bad_signature": "4.7.8 Lacasa refuses the key of mail-in.conf; run lacasa mail-in --setup again",
    "stale_signature": "4.7.8 the clocks of the mail server and of Lacasa differ by minutes",
}


class Refused(Exception):
    """The mail was not kept; its words begin with an enhanced status code."""


def statement(when: str, way: str, mail_from: str, recipient: str, length: int, digest: str) -> bytes:
    """What is signed: the time, the envelope (as quoted in the headers), and the mail by its length and SHA-256."""
    return "\n".join(("lacasa mail 1", when, way, mail_from, recipient, str(length), digest)).encode()


def run(arguments: Sequence[str]) -> NoReturn:
    """Hand over what stands in standard input, and end the process."""
    code, words = LATER, "4.3.0 the mail could not be handed to Lacasa"
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
            signal.signal(number, _interrupted)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        config, sender, recipient = _understood(arguments)
        given = _read_config(config)
        seconds = int(given.get("seconds", SECONDS))
        signal.alarm(seconds)
        _thread.start_new_thread(_backstop, (seconds + 1,))
        _hand_over(given, sender, recipient, seconds)
        code, words = 0, ""
    except Refused as refused:
        words = str(refused)
    except BaseException as error:  # any other end would be a bounce: also of a defect, of no memory, of an interruption
        words = f"{words}: {type(error).__name__}"
    _end(code, words)


def _end(code: int, words: str) -> NoReturn:
    """At once: nothing that Python does at its end may change the code."""
    try:
        if words:
            os.write(1, words.encode("ascii", "replace")[:500] + b"\n")
    finally:
        os._exit(code)  # also where nobody listens to the words


def _interrupted(number: int, _: object) -> NoReturn:
    _end(LATER, f"4.3.0 handing the mail to Lacasa {'took too long' if number == signal.SIGALRM else 'was interrupted'}")


def _backstop(seconds: float) -> NoReturn:
    """A call that hangs in C hears of no signal."""
    time.sleep(seconds)
    _end(LATER, "4.3.0 handing the mail to Lacasa took too long")


def _understood(arguments: Sequence[str]) -> tuple[str, str, str]:
    """Configuration, sender, recipient; the last two are never read as options."""
    given = list(arguments)
    config = os.environ.get(CONFIG_VARIABLE) or CONFIG
    if len(given) == 4 and given[0] == "--config":
        config, given = given[1], given[2:]
    if len(given) != 2:
        raise Refused("4.3.5 usage: lacasa mail-in [--config FILE] SENDER RECIPIENT")
    return config, given[0], given[1]


def _read_config(path: str) -> dict[str, str]:
    try:
        with open(path, encoding="ascii") as file:
            lines = file.read(10_000).splitlines()
    except OSError as error:
        raise Refused(f"4.3.5 {path} cannot be read: {error.strerror}") from None
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    given = {name.strip(): value.strip() for name, _, value in pairs}
    if not given.get("url") or not given.get("key"):
        raise Refused(f"4.3.5 {path} lacks url or key")
    return given


def _hand_over(given: Mapping[str, str], sender: str, recipient: str, seconds: int) -> None:
    import hashlib
    import hmac

    raw = sys.stdin.buffer.read(MAIL_MAX + 1)
    if len(raw) > MAIL_MAX:
        raise Refused(WORDS["too_large"])
    when, mail_from, to = str(int(time.time())), _quoted(sender), _quoted(recipient)
    digest = hashlib.sha256(raw).hexdigest()
    told = statement(when, "pipe", mail_from, to, len(raw), digest)
    signature = hmac.digest(given["key"].encode(), told, "sha256").hex()
    headers = {
        "Content-Type": "message/rfc822",
        "Content-Length": str(len(raw)),
        "X-Lacasa-Way": "pipe",
        "X-Lacasa-Mail-From": mail_from,
        "X-Lacasa-Recipient": to,
        "X-Lacasa-Time": when,
        "X-Lacasa-Digest": digest,
        "X-Lacasa-Signature": signature,
        "Connection": "close",
    }
    status, body = _post(given["url"], headers, raw, seconds)
    if not 200 <= status < 300:
        raise Refused(_words(status, body))


def _quoted(address: str) -> str:
    return "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in os.fsencode(address))


def _post(url: str, headers: Mapping[str, str], raw: bytes, seconds: int) -> tuple[int, bytes]:
    import socket

    scheme, _, rest = url.partition("://")
    authority, _, path = rest.partition("/")
    host, port = authority, "443" if scheme == "https" else "80"
    if not authority.endswith("]") and ":" in authority:
        host, _, port = authority.rpartition(":")
    head = f"POST /{path} HTTP/1.1\r\nHost: {authority}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    connection = socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    if scheme == "https":
        import ssl

        connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host.strip("[]"))
    if _is_sent(connection, head.encode() + b"\r\n"):
        _is_sent(connection, raw)
    answer = b""
    while len(answer) < ANSWER_MAX and (piece := _received(connection)):
        answer += piece
    before, _, body = answer.partition(b"\r\n\r\n")
    if not before.startswith(b"HTTP/"):
        raise Refused("4.3.0 Lacasa hung up without an answer")
    return int(before.split(None, 2)[1]), body


def _is_sent(connection: Any, data: bytes) -> bool:
    try:
        connection.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        return False  # refused before it was all read: the answer says why
    return True


def _received(connection: Any) -> bytes:
    try:
        piece: bytes = connection.recv(ANSWER_MAX)
        return piece
    except ConnectionResetError:
        return b""  # hung up while the rest of the mail was on its way: what was answered has come before


def _words(status: int, body: bytes) -> str:
    import json

    try:
        code = json.loads(body)["code"]
    except (ValueError, KeyError, TypeError):
        code = ""
    return WORDS.get(code, f"4.3.0 Lacasa does not take the mail now ({status} {code})")


if __name__ == "__main__":
    run(sys.argv[1:])
