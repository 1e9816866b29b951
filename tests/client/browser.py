"""A browser without screens: tabs are Node processes that run the client's real modules, and share storage and locks as tabs do."""

import asyncio
import os
import tempfile
from collections import defaultdict, deque
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from widget.build import node

HERE = Path(__file__).parent
ANSWER_S = 60.0
LINE_MAX = 64 * 1024 * 1024


class TabError(Exception):
    """What a tab was asked to do failed; the text is its own."""


class Browser:
    """One origin's storage and locks. `url` is where its pages come from; it may be a proxy's. `model`: they talk to a recording."""

    def __init__(self, url: str, *, model: bool = False) -> None:
        self.url = url
        self.model = model
        self.tabs: list[Tab] = []
        self._folder = tempfile.TemporaryDirectory(prefix="lacasa-client-")
        self._held: dict[str, tuple[Tab, int]] = {}
        self._queues: defaultdict[str, deque[tuple[Tab, int]]] = defaultdict(deque)

    async def open(self, program: str) -> "Tab":
        """A new tab that runs `inbox` or `widget`."""
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LACASA_CLIENT_URL": self.url,
            "LACASA_CLIENT_STORAGE": self._folder.name,
            "LACASA_CLIENT_MODEL": "1" if self.model else "",
            "NODE_NO_WARNINGS": "1",
        }
        process = await asyncio.create_subprocess_exec(
            node(), HERE / f"{program}.mts", env=environment, limit=LINE_MAX, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )  # fmt: skip
        tab = Tab(self, process)
        self.tabs.append(tab)
        await asyncio.wait_for(tab.ready.wait(), ANSWER_S)
        return tab

    async def close(self) -> None:
        await asyncio.gather(*(tab.crash() for tab in list(self.tabs)))
        self._folder.cleanup()

    def lock(self, name: str, tab: "Tab", number: int) -> None:
        self._queues[name].append((tab, number))
        self._grant(name)

    def unlock(self, name: str) -> None:
        self._held.pop(name, None)
        self._grant(name)

    def _grant(self, name: str) -> None:
        queue = self._queues[name]
        if name not in self._held and queue:
            tab, number = self._held[name] = queue.popleft()
            tab.tell(granted=number)

    def stored(self, key: str, by: "Tab") -> None:
        """Every other tab hears that a key was written."""
        for tab in self.tabs:
            if tab is not by:
                tab.tell(stored=key)

    def gone(self, tab: "Tab") -> None:
        """Its locks go to the next in line."""
        with suppress(ValueError):
            self.tabs.remove(tab)
        for queue in self._queues.values():
            for waiting in [each for each in queue if each[0] is tab]:
                queue.remove(waiting)
        for name in [name for name, (holder, _) in self._held.items() if holder is tab]:
            self.unlock(name)


class Tab:
    """One page. What it is told is obeyed in order; `failures` are errors that nobody caught."""

    def __init__(self, browser: Browser, process: asyncio.subprocess.Process) -> None:
        self.ready = asyncio.Event()
        self.failures: list[str] = []
        self._browser = browser
        self._process = process
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._asked = 0
        self._reader = asyncio.create_task(self._read())

    async def do(self, command: str, **given: Any) -> Any:
        """Run one of the program's commands; returns its result.

        Raises:
            TabError: it failed, or the tab is gone.
        """
        return await asyncio.wait_for(self._ask(command, given), ANSWER_S)

    def start(self, command: str, **given: Any) -> None:
        """Have a command run, and go on: it may fail, or wait for long."""
        self._ask(command, given).add_done_callback(lambda answer: answer.exception())

    def _ask(self, command: str, given: dict[str, Any]) -> asyncio.Future[Any]:
        self._asked += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[self._asked] = answer
        self.tell(id=self._asked, run=command, **given)
        return answer

    def tell(self, **word: Any) -> None:
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(msgspec.json.encode(word) + b"\n")

    def happens(self, event: str) -> None:
        """The browser tells the page: `online`, `offline` …"""
        self.tell(event=event)

    async def crash(self) -> None:
        """`kill -9`: nothing is tidied up."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await self._reader

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self._hear(msgspec.json.decode(line))
        self._browser.gone(self)
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(TabError("the tab is gone"))
        self._answers.clear()

    def _hear(self, word: dict[str, Any]) -> None:
        match word:
            case {"id": int(number), "result": result}:
                self._answers.pop(number).set_result(result)
            case {"id": int(number), "error": str(error)}:
                self._answers.pop(number).set_exception(TabError(error))
            case {"lock": str(name), "number": int(number)}:
                self._browser.lock(name, self, number)
            case {"unlock": str(name)}:
                self._browser.unlock(name)
            case {"stored": str(key)}:
                self._browser.stored(key, self)
            case {"failure": str(error)}:
                self.failures.append(error)
            case {"ready": True}:
                self.ready.set()
