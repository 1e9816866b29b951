"""A supervisor with stand-ins for the processes of Lacasa, run as `python -m tests.embedded.stand_in <role>`.

The roles other than `up` are what it starts. Each process writes its pid to `<data>/<role>.pid`.
"""

import json
import os
import signal
import socket
import sys

from core.embedded.parent import wait_for_start, watch_parent
from core.errors import LacasaError
from core.settings import settings


def up() -> int:
    import asyncio

    from core.embedded import supervisor

    words = (sys.executable, "-m", "tests.embedded.stand_in")
    plan = supervisor.Plan(
        migrate=(*words, "migrate"),
        seed=(*words, "seed"),
        programs={name: (*words, name) for name in ("web", "worker", "relay")},
    )
    try:
        return asyncio.run(supervisor.up(settings(), plan))
    except LacasaError as error:
        print(error, file=sys.stderr)
        return 2


def serve(host: str, port: int) -> None:
    with socket.create_server((host, port)) as listening:
        while True:
            connection, _ = listening.accept()
            with connection:
                well = connection.recv(4096).startswith(b"GET /health/ready ")
                connection.sendall(b"HTTP/1.1 " + (b"200 OK" if well else b"404 Not Found") + b"\r\nContent-Length: 0\r\n\r\n")


def seed() -> int:
    account = {"email": "ada@example.com", "password": "only-shown-once", "role": "admin"}
    print(json.dumps({"urls": {"help centre": "http://127.0.0.1/help"}, "accounts": [account]}))
    return 0


def main(role: str) -> int:
    watch_parent()
    if role == "up":
        return up()
    given = settings()
    (given.data / f"{role}.pid").write_text(str(os.getpid()))
    given.required_database_url(), given.required_nats_url(), given.required_secret()
    if role == "migrate":
        print("column is missing" if "STAND_IN_BROKEN" in os.environ else "nothing to migrate")
        return 1 if "STAND_IN_BROKEN" in os.environ else 0
    if role == "seed":
        return seed()
    wait_for_start()
    stubborn = os.environ.get("STAND_IN_STUBBORN") == role
    signal.signal(signal.SIGTERM, signal.SIG_IGN if stubborn else lambda *_: sys.exit(0))
    if role == "web":
        serve(given.host, given.port)
    signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
