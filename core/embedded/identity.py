"""As whom PostgreSQL runs: it refuses root, and folders that are not ours keep their owner and mode."""

import asyncio
import os
import pwd
import re
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from core.embedded.parent import parent_pipe
from core.embedded.processes import foreign_environment, guarded
from core.errors import Misconfigured


class Identity(NamedTuple):
    """`text` is for the guard; files of the cluster belong to `uid` and `gid`, seen from outside."""

    text: str
    uid: int
    gid: int


async def choose(data: Path, cluster: Path, postgres: Path) -> tuple[Identity, int]:
    """Whom to run `postgres` as, and the major version that it reports.

    Raises:
        Misconfigured: the program does not start, or root can find nobody to run it as.
    """
    said = ""
    for identity in _candidates(cluster):
        major, said = await _try(identity, data, postgres)
        if major is not None:
            return identity, major
    if os.geteuid() != 0:
        raise Misconfigured(f"{postgres} does not start: {said}")
    raise Misconfigured(
        f"PostgreSQL does not run as root, user namespaces are refused here, and no other account can enter {data} "
        f"and run {postgres} ({said}). Start Lacasa as an ordinary user, put LACASA_DATA where everybody may pass "
        "through, or name an outside server in LACASA_DATABASE_URL"
    )


def own(path: Path, identity: Identity) -> None:
    """Give a file or folder that is ours alone to the identity; nothing to do except for root."""
    if path.stat().st_uid == identity.uid:
        return
    for one in (path, *path.rglob("*")):
        os.chown(one, identity.uid, identity.gid, follow_symlinks=False)


def _candidates(cluster: Path) -> Iterator[Identity]:
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        yield Identity("same", uid, gid)
        return
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        yield Identity(f"account:{owner.st_uid}:{owner.st_gid}", owner.st_uid, owner.st_gid)
        return
    accounts = [account for account in _accounts() if account.pw_uid != 0]
    if sys.platform == "linux":
        for account in accounts[-1:]:
            yield Identity(f"namespace:{account.pw_uid}:{account.pw_gid}", uid, gid)
    for account in accounts:
        yield Identity(f"account:{account.pw_uid}:{account.pw_gid}", account.pw_uid, account.pw_gid)


def _accounts() -> Iterator[pwd.struct_passwd]:
    # initdb looks its id up, so it must be one that the system knows.
    for name in ("postgres", "nobody"):
        try:
            yield pwd.getpwnam(name)
        except KeyError:
            continue


async def _try(identity: Identity, data: Path, postgres: Path) -> tuple[int | None, str]:
    if shutil.which(postgres) is None:
        return None, "it is missing or not executable"
    command = guarded([str(postgres), "--version"], death=signal.SIGKILL, identity=identity.text, folder=data)
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, env=foreign_environment(), pass_fds=(parent_pipe(),)
    )
    said = (await process.communicate())[0].decode(errors="replace").strip()
    match = re.search(r"\(PostgreSQL\) (\d+)", said) if process.returncode == 0 else None
    return (int(match[1]) if match else None), said
