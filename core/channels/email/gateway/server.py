"""The `lacasa mail` process: LMTP and SMTP for the mail server in front. It listens on the loopback interface unless told otherwise."""

import asyncio
import logging
import socket

from core.channels.email.gateway.smtp import Session
from core.channels.email.gateway.wire import PIECE, Wire
from core.errors import Misconfigured
from core.process import run_process
from core.settings import Settings

log = logging.getLogger("lacasa.mail")

CONNECTIONS = 200
BACKLOG = 200
CLOSE_S = 5.0
LEAVE_S = 8.0
"""For a mail that is just being read or kept when we are told to end: `lacasa up` waits ten."""


class Server:
    """`port` may be 0 for any that is free."""

    def __init__(self, host: str, port: int, *, connections: int = CONNECTIONS) -> None:
        self._host = host
        self._port = port
        self._most = connections
        self._sessions: dict[asyncio.Task[None], Session | None] = {}
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """Listen; returns the port.

        Raises:
            Misconfigured: nobody can listen there.
        """
        try:
            self._server = await asyncio.start_server(self._serve, self._host, self._port, limit=PIECE, backlog=BACKLOG)
        except OSError as error:
            raise Misconfigured(f"no mail can be taken at {self._host}:{self._port}: {error.strerror}") from None
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Take no more, send away whoever waits, and let mails that are under way come to their end."""
        if self._server is not None:
            self._server.close()
        for task, session in list(self._sessions.items()):
            if session is None or not session.is_in_mail:
                task.cancel()
        if self._sessions:
            await asyncio.wait(self._sessions, timeout=LEAVE_S)
        for task in list(self._sessions):
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._sessions[task] = None
        try:
            if len(self._sessions) > self._most:
                writer.write(b"421 4.3.2 too many connections; try again later\r\n")
            else:
                session = self._sessions[task] = Session(Wire(reader), writer.write, writer.drain, socket.gethostname())
                await session.run()
            await writer.drain()
        except asyncio.CancelledError:
            writer.write(b"421 4.3.2 closing\r\n")
        except (ConnectionError, TimeoutError):
            log.debug("a mail client went away, or reads no answers")
        finally:
            del self._sessions[task]
            writer.close()
            try:
                await asyncio.wait_for(writer.wait_closed(), CLOSE_S)
            except (ConnectionError, TimeoutError, asyncio.CancelledError):  # it ends here either way
                writer.transport.abort()


async def work(settings: Settings, stopping: asyncio.Event) -> None:
    if settings.mail_port is None:
        raise Misconfigured("LACASA_MAIL_PORT says where mail is taken; it is not set")
    server = Server(settings.mail_host, settings.mail_port)
    await server.open()
    log.info("mail is taken", extra={"host": settings.mail_host, "port": settings.mail_port})
    await stopping.wait()
    await server.close()


def main(settings: Settings) -> None:
    run_process("mail", settings, lambda stopping: work(settings, stopping))
