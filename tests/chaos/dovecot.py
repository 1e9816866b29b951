"""A real Dovecot on the loopback interface, with folders of its own: mailboxes to be fetched from."""

import asyncio
import imaplib
import os
import shutil
import time
from pathlib import Path

PASSWORD = "dark-lamp"
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 200
first_valid_uid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


def is_there() -> bool:
    """Whether Dovecot is installed, and we may run it."""
    return os.geteuid() == 0 and shutil.which("dovecot") is not None


class Dovecot:
    """Any user, with `PASSWORD`."""

    def __init__(self, folder: Path, *, port: int) -> None:
        self.port = port
        self._config = folder / "dovecot.conf"
        (folder / "mail").mkdir(parents=True)
        shutil.chown(folder / "mail", "nobody", "nogroup")
        self._config.write_text(CONFIG.format(folder=folder, port=port, password=PASSWORD))

    async def start(self) -> None:
        await self._run()
        for _ in range(100):
            try:
                await asyncio.to_thread(lambda: self.client("somebody").logout())
                return
            except OSError:
                await asyncio.sleep(0.1)
        raise RuntimeError("Dovecot does not answer")

    async def stop(self) -> None:
        await self._run("stop")

    async def _run(self, *words: str) -> None:
        running = await asyncio.create_subprocess_exec("dovecot", "-c", str(self._config), *words)
        if await running.wait():
            raise RuntimeError(f"dovecot {' '.join(words)} failed")

    def client(self, user: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=60)
        client.login(user, PASSWORD)
        return client

    def put(self, client: imaplib.IMAP4, raw: bytes) -> None:
        """Until Dovecot has said that it has it; to be called in a thread."""
        answer, told = client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)
        if answer != "OK":
            raise RuntimeError(str(told))

    def unread(self, user: str, folder: str = "INBOX") -> tuple[int, int]:
        """How many mails are there, and how many of them are not marked as read."""
        client = self.client(user)
        try:
            answer, _ = client.select(folder, readonly=True)
            if answer != "OK":
                return 0, 0
            return len(client.search(None, "ALL")[1][0].split()), len(client.search(None, "UNSEEN")[1][0].split())
        finally:
            client.logout()
