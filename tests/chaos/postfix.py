"""A real Postfix on the loopback interface, with folders of its own: it takes mail by SMTP and delivers by pipe and by LMTP."""

import asyncio
import os
import re
import shutil
import smtplib
import time
from collections import Counter
from pathlib import Path

DAEMONS = Path("/usr/lib/postfix/sbin")
STATUS = re.compile(r"status=(\w+)")
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/state
daemon_directory = {daemons}
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
myhostname = mx.chaos.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relay_domains = pipe.test lmtp.test
relay_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
alias_maps =
alias_database =
local_recipient_maps =
default_transport = error:no mail leaves this machine
disable_dns_lookups = yes
smtputf8_autodetect_classes = all
notify_classes =
message_size_limit = 52428800
in_flow_delay = 0
queue_run_delay = 3s
minimal_backoff_time = 3s
maximal_backoff_time = 12s
lmtp_connect_timeout = 5s
transport_maps = inline:{{ {{ pipe.test = lacasa: }}, {{ lmtp.test = lmtp:inet:[127.0.0.1]:{lmtp} }} }}
lacasa_destination_recipient_limit = 1
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
lacasa unix - n n - 5 pipe
  user=nobody null_sender= argv={script} ${{sender}} ${{recipient}}
"""


def is_there() -> bool:
    """Whether Postfix is installed, and we may run it."""
    return os.geteuid() == 0 and (DAEMONS / "master").exists() and shutil.which("postfix") is not None


class Postfix:
    """`script`: what `lacasa mail-in --setup` made; `lmtp`: the port of `lacasa mail`; `port`: its own."""

    def __init__(self, folder: Path, *, port: int, lmtp: int, script: Path) -> None:
        self.folder = folder
        self.port = port
        self._read = 0
        self._ends: Counter[str] = Counter()
        for part in ("etc", "queue", "state"):
            (folder / part).mkdir(parents=True)
        (folder / "state").chmod(0o700)
        shutil.chown(folder / "state", "postfix")
        (folder / "etc" / "main.cf").write_text(MAIN.format(folder=folder, daemons=DAEMONS, lmtp=lmtp))
        (folder / "etc" / "master.cf").write_text(MASTER.format(port=port, script=script))

    async def _postfix(self, word: str) -> None:
        running = await asyncio.create_subprocess_exec(
            "postfix", "-c", str(self.folder / "etc"), word, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        told, _ = await running.communicate()
        if running.returncode:
            raise RuntimeError(f"postfix {word} failed: {told.decode(errors='replace')[-1000:]}")

    async def start(self) -> None:
        await self._postfix("start")

    async def stop(self) -> None:
        await self._postfix("stop")

    def send(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Until Postfix has taken it; to be called in a thread."""
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as client:
                    client.sendmail(sender, recipients, raw)
                    return
            except (OSError, smtplib.SMTPException):
                time.sleep(0.2)

    def waiting(self) -> int:
        """Mails that are in its queue."""
        queues = ("maildrop", "incoming", "active", "deferred", "hold", "corrupt")
        return sum(len(files) for queue in queues for _, _, files in os.walk(self.folder / "queue" / queue))

    def ends(self) -> Counter[str]:
        """How attempts to deliver ended until now: `sent`, `deferred`, `bounced`, `expired`."""
        path = self.folder / "maillog"
        if path.exists():
            with path.open("rb") as log:
                log.seek(self._read)
                whole = log.read().rpartition(b"\n")[0]
            self._read += len(whole)
            self._ends.update(STATUS.findall(whole.decode(errors="replace")))
        return self._ends
