"""The signals that end a supervisor: the first one stops it in order, the second one at once."""

import asyncio
import signal
from types import TracebackType
from typing import Self

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _wanted() -> list[signal.Signals]:
    # Under nohup a hangup is ignored, and that is what was asked for.
    ignores_hangup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [number for number in ENDING if not (number == signal.SIGHUP and ignores_hangup)]


class StopSignals:
    def __init__(self) -> None:
        self.first = asyncio.Event()
        self.second = asyncio.Event()
        self._handled: list[signal.Signals] = []

    def __enter__(self) -> Self:
        self._handled = _wanted()
        for number in self._handled:
            asyncio.get_running_loop().add_signal_handler(number, self._count)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number in self._handled:
            asyncio.get_running_loop().remove_signal_handler(number)

    def _count(self) -> None:
        (self.second if self.first.is_set() else self.first).set()
