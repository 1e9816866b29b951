"""client.c in Python, for machines without a compiler: the same arguments, commands and answers, at several times the CPU time."""

import json
import os
import resource
import select
import socket
import sys
import time
from pathlib import Path

from tests.bench.wire import CLOSE, PING, PONG, TEXT, Frames, framed, upgrade

HANDSHAKES, KEEP_S, PATIENCE_S, DRAIN_S, READ = 64, 20, 120, 20, 256 * 1024


class Connection:
    def __init__(self, number: int) -> None:
        self.number = number
        self.state = "upgrading"
        self.head = b""
        self.frames = Frames()
        self.words: list[bytes] = []
        self.asked_at = 0.0
        self.waiting = False
        self.socket = socket.socket()

    def send(self, payload: bytes, opcode: int = TEXT) -> None:
        self.put(framed(opcode, payload))

    def put(self, data: bytes) -> None:
        while data:
            try:
                data = data[self.socket.send(data) :]
            except BlockingIOError:
                select.select([], [self.socket], [])


class Client:
    def __init__(self, given: dict[str, str]) -> None:
        self.port, self.n, self.sources = int(given["port"]), int(given["n"]), int(given.get("sources", "1"))
        self.paths = [given.get("path", "/")] * self.n
        self.ready_mark, self.count_mark = given["ready"].encode(), given["count"].encode()
        self.keep = given.get("keep", "").encode()
        self.text = Path(given["text"]).read_bytes()
        self.script = Path(given["script"]).read_bytes().splitlines() if "script" in given else []
        self.say: socket.socket | None = None
        kind, _, where = given.get("say", "").partition(":")
        if kind == "ws":
            self.paths.append(where)
        elif kind == "tcp":
            self.say = socket.create_connection(("127.0.0.1", int(where)))
        self.all: list[Connection] = []
        self.by_handle: dict[int, Connection] = {}
        self.ready = self.counted = 0
        self.second = 0
        self.poll = select.epoll()

    def connect(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while self.ready < len(self.paths):
            while len(self.all) < len(self.paths) and len(self.all) - self.ready < HANDSHAKES:
                self._start(len(self.all))
            self.serve(0.1)
            if time.monotonic() > until:
                sys.exit(f"load client: only {self.ready} of {len(self.paths)} are ready after {PATIENCE_S} s")
        self.poll.register(0, select.EPOLLIN)

    def _start(self, number: int) -> None:
        connection = Connection(number)
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.socket.bind((f"127.0.0.{1 + number % self.sources}", 0))
        connection.socket.connect(("127.0.0.1", self.port))
        connection.socket.setblocking(False)
        self.all.append(connection)
        self.by_handle[connection.socket.fileno()] = connection
        self.poll.register(connection.socket, select.EPOLLIN)
        connection.put(upgrade(self.paths[number], self.port))

    def serve(self, wait_s: float) -> bool:
        """Once; true: there is a line on stdin."""
        line = False
        for handle, _ in self.poll.poll(wait_s):
            if handle == 0:
                line = True
            else:
                self._receive(self.by_handle[handle])
        second = int(time.monotonic())
        if self.keep and second != self.second:
            self.second = second
            for connection in self.all[second % KEEP_S : self.n : KEEP_S]:
                if connection.state == "ready":
                    connection.send(self.keep)
        return line

    def _receive(self, connection: Connection) -> None:
        got = connection.socket.recv(READ)
        if not got:
            sys.exit(f"load client: connection {connection.number} ended")
        if connection.state == "upgrading":
            got = self._upgrade(connection, got)
        for opcode, payload in connection.frames.take(got):
            if opcode == CLOSE:
                sys.exit(f"load client: connection {connection.number} was closed with {int.from_bytes(payload[:2], 'big')}")
            if opcode == PING:
                connection.send(payload, PONG)
            elif opcode == TEXT:
                self._heard(connection, payload)

    def _upgrade(self, connection: Connection, got: bytes) -> bytes:
        """What came after the server's answer to the handshake, once that is whole."""
        connection.head, found, after = (connection.head + got).partition(b"\r\n\r\n")
        if found and not connection.head.startswith(b"HTTP/1.1 101"):
            sys.exit(f"load client: connection {connection.number}: {connection.head[:60]!r}")
        if found:
            connection.state = "opening"
            if self.script:
                connection.words = self.script[connection.number % len(self.script)].split(b"\t")
        return after

    def _heard(self, connection: Connection, payload: bytes) -> None:
        if payload == b"2":
            connection.send(b"3")
        elif connection.state != "ready":
            if self.ready_mark in payload:
                connection.state = "ready"
                self.ready += 1
            elif connection.words:
                connection.send(connection.words.pop(0))
        elif found := payload.count(self.count_mark):
            self.counted += found
            connection.waiting = False

    def _ask(self) -> None:
        if self.say is not None:
            self.say.send(b"x")
        else:
            self.all[self.n].send(self.text)

    def fan(self, window: int, seconds: float) -> dict[str, float]:
        asked = self.counted = 0
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            while asked - self.counted // self.n < window:
                self._ask()
                asked += 1
            self.serve(0.1)
        self._drain(asked * self.n)
        wall_s = time.monotonic() - began
        return {"broadcasts": asked, "deliveries": self.counted, "missing": asked * self.n - self.counted, "wall_s": wall_s}

    def echo(self, rate: float, seconds: float) -> dict[str, float]:
        asked = self.counted = 0
        began = time.monotonic()
        for connection in self.all:
            connection.asked_at, connection.waiting = began - 1 / rate + connection.number / rate / self.n, False
        while (now := time.monotonic()) < began + seconds:
            for connection in self.all:
                if not connection.waiting and connection.asked_at + 1 / rate <= now:
                    connection.send(self.text)
                    connection.asked_at, connection.waiting = now, True
                    asked += 1
            self.serve(0.001)
        self._drain(asked)
        return {"echoes": self.counted, "missing": asked - self.counted, "wall_s": time.monotonic() - began}

    def _drain(self, wanted: int) -> None:
        until = time.monotonic() + DRAIN_S
        while self.counted < wanted and time.monotonic() < until:
            self.serve(0.1)


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    client = Client(dict(argument.split("=", 1) for argument in sys.argv[1:]))
    client.connect()
    print(json.dumps({"ready": client.n}), flush=True)
    while True:
        if client.serve(1):
            name, *numbers = os.read(0, 128).decode().split() or ["quit"]
            if name == "quit":
                return
            done = client.fan(int(numbers[0]), float(numbers[1])) if name == "fan" else client.echo(*map(float, numbers))
            print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main()
