"""Hostile frames against `/ws`, over both ways to a socket: `python -m tests.security.conformance [--quick] [--seed N]`.

Every case has to end in its close code, or leave the connection in use where nothing was wrong; and nothing writes a trace into the log.
Prints one JSON line.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any, NamedTuple

from core.access import Actor
from core.auth import tickets
from core.settings import settings
from tests.bench import ground
from tests.factories import an_organization
from tests.security import cases
from tests.security.cases import ALIVE, GONE, Case, End
from tests.security.rawsocket import CLOSE, PONG, TEXT, Heard, connected, frame, handshake, known
from tests.stack import Stack

AT_ONCE = 8
SILENT = "silent"
"""Neither closed nor answered: never right."""
LAST = b'{"op":"ping","n":424242}'
LAST_ANSWER = b'{"op":"pong","n":424242}'
HANDSHAKES: dict[str, dict[str, str]] = {
    "no key": {"Sec_WebSocket_Key": ""},
    "a short key": {"Sec_WebSocket_Key": "x"},
    "a key that is no base64": {"Sec_WebSocket_Key": "!" * 24},
    "no version": {"Sec_WebSocket_Version": ""},
    "an old version": {"Sec_WebSocket_Version": "8"},
    "a version that is no number": {"Sec_WebSocket_Version": "x"},
    "an extension that is none": {"Sec_WebSocket_Extensions": ";;=,"},
    "an unknown extension": {"Sec_WebSocket_Extensions": "permessage-deflate; client_max_window_bits, x-unknown"},
    "a protocol": {"Sec_WebSocket_Protocol": "chat, superchat"},
    "a protocol that is none": {"Sec_WebSocket_Protocol": "\x01"},
    "no connection header": {"Connection": ""},
    "a large header": {"X_Large": "x" * 200_000},
    "an origin that is no text": {"Origin": "\xff\xfe"},
}


class Outcome(NamedTuple):
    case: Case
    end: End
    pongs: tuple[bytes, ...]
    answers: int

    @property
    def is_right(self) -> bool:
        answered = (self.pongs, self.answers) == (self.case.pongs, self.case.answers)
        return self.end in self.case.ends and (answered or self.case.may_answer)

    def __str__(self) -> str:
        return f"{self.case.name}: ended with {self.end}, {len(self.pongs)} pongs, {self.answers} answers"


def all_cases(corpora: Path, *, quick: bool, seed: int) -> list[Case]:
    found = [*cases.rfc(), *cases.utf8(), *cases.noise(seed, 60 if quick else 600)]
    if corpora.is_dir():
        found += [*cases.jsontestsuite(corpora), *cases.blns(corpora)]
    return found[seed % 5 :: 5] if quick else found


async def play(port: int, authenticate: Callable[[], bytes], chosen: Iterable[Case]) -> list[Outcome]:
    """Every case on a connection of its own."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(case: Case) -> Outcome:
        async with turns, known(port, authenticate()) as raw:
            await raw.send(case.sent, chop=case.chop)
            if case.hangs_up:
                raw.end()
            elif ALIVE in case.ends:
                await raw.send(frame(TEXT, LAST))
            heard: list[Heard] = []
            end: End = SILENT
            with suppress(TimeoutError):
                while (got := await raw.hear()) is not None and got.opcode != CLOSE and got.payload != LAST_ANSWER:
                    heard.append(got)
                end = _end_of(got)
            pongs = tuple(found.payload for found in heard if found.opcode == PONG)
            answers = sum(found.payload.startswith(b'{"op":"pong"') for found in heard)
            return Outcome(case, end, pongs, answers)

    return await asyncio.gather(*map(one, chosen))


def _end_of(last: Heard | None) -> End:
    if last is None:
        return GONE
    if last.opcode != CLOSE:
        return ALIVE
    return int.from_bytes(last.payload[:2], "big") if last.payload else None


async def shake_hands(port: int) -> list[str]:
    """Handshakes that are wrong; names those that were answered with anything but HTTP."""
    wrong = []
    for name, headers in HANDSHAKES.items():
        async with connected(port) as raw:
            await raw.send(handshake(port, **headers))
            answer = await raw.answer()
            if answer and not answer.startswith(b"HTTP/1.1 "):
                wrong.append(f"handshake with {name}: {answer[:60]!r}")
    return wrong


def frame_of(actor: Actor) -> Callable[[], bytes]:
    """Makes the text that authenticates: a ticket is good for a minute, and the cases take longer."""
    return lambda: json.dumps({"op": "auth", "ticket": tickets.ticket_for(actor.session_id or 0)}).encode()


async def attack(stack: Stack, chosen: list[Case]) -> dict[str, Any]:
    """All cases against a running process. `wrong` names those that failed."""
    before = len(stack.log("web"))
    admin = await an_organization()
    authenticate = frame_of(admin)
    outcomes = await play(stack.port, authenticate, chosen)
    wrong = [str(outcome) for outcome in outcomes if not outcome.is_right] + await shake_hands(stack.port)
    again = await play(stack.port, authenticate, [Case("afterwards", frame(TEXT, cases.OURS), frozenset({ALIVE}), answers=1)])
    wrong += [str(outcome) for outcome in again if not outcome.is_right]
    log = stack.log("web")[before:]
    return {
        "cases": len(chosen) + len(HANDSHAKES) + 1,
        "failed": len(wrong),
        "tracebacks": log.count("Traceback") + log.count('"level":"error"'),
        "wrong": wrong[:20],
    }


async def _run(chosen: list[Case]) -> dict[str, Any]:
    began = time.monotonic()
    found: dict[str, Any] = {}
    async with ground.database() as urls, ground.connected(urls):
        for link in ("direct", "queue"):
            environment = {"LACASA_SECRET": settings().required_secret(), "LACASA_REALTIME_LINK": link}
            async with ground.stack(urls, ("web",), environment=environment, seed=False) as stack:
                found[link] = await attack(stack, chosen)
    total = {key: sum(part[key] for part in found.values()) for key in ("cases", "failed", "tracebacks")}
    return total | {"seconds": round(time.monotonic() - began, 1), "links": found}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.security.conformance", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every fifth case")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    corpora = Path(os.environ.get("LACASA_CORPORA", "../shared/corpora"))
    with redirect_stdout(sys.stderr):  # whatever else is printed on the way
        found = asyncio.run(_run(all_cases(corpora, quick=given.quick, seed=given.seed)))
    print(json.dumps(found | {"seed": given.seed, "corpora": corpora.is_dir()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
