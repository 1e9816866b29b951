"""`lacasa mail-in --setup FOLDER [--user NAME]`: makes what a mail server on this machine needs to hand mail to Lacasa."""

import argparse
import hashlib
import hmac
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from shlex import quote
from typing import Any

from core.channels.email.gateway import pipe
from core.errors import Misconfigured
from core.settings import Settings

PYTHONS = ("/usr/bin/python3", "/usr/local/bin/python3")
SCRIPT = """#!/bin/sh
# Hands a mail from standard input to Lacasa: {name} SENDER RECIPIENT
# Whatever goes wrong, even where Python cannot start, the end is 75, "try again later": mail servers bounce at any other.
trap 'exit 75' HUP INT TERM PIPE
{python} -I -S {program} --config {config} "$@"
[ $? -eq 0 ] && exit 0
exit 75
"""
CONFIG = """# Where Lacasa takes mail, and the key it is signed with: to be read by the mail server's pipe user alone.
url = {url}
key = {key}
"""
LINES = """
Postfix, /etc/postfix/master.cf:
    lacasa unix - n n - 10 pipe
        user={user} null_sender= argv={script} ${{sender}} ${{recipient}}
Postfix, /etc/postfix/main.cf:
    lacasa_destination_recipient_limit = 1
    message_size_limit = {size}
    transport_maps = hash:/etc/postfix/transport      # there: support.example.com  lacasa:

More, and Exim's lines: core/channels/email/README.md
"""


def main(settings: Settings, arguments: list[str]) -> str:
    """Write `mail-in.conf` (with the key), the program and the script `mail-in` into the folder; returns what the operator has to do then.

    Raises:
        Misconfigured: there is no secret to derive the key from, the folder cannot be written, or the user can run none of it.
    """
    parser = argparse.ArgumentParser(prog="lacasa mail-in --setup")
    parser.add_argument("folder", type=Path, help="e.g. /etc/lacasa")
    parser.add_argument("--user", help="the mail server's pipe user, who may then read the key; only root can give it to somebody")
    given = parser.parse_args(arguments)
    try:
        script = write(settings, given.folder, given.user)
    except (OSError, LookupError) as error:
        raise Misconfigured(f"{given.folder} cannot be prepared: {error}") from None
    told = LINES.format(user=given.user or "nobody", script=script, size=settings.mail_max_mb * 1024 * 1024)
    return f"{script}, {script.name}.py and {script.name}.conf are written.\n{told}"


def write(settings: Settings, folder: Path, user: str | None = None) -> Path:
    """The path of the script. Every file is whole at every moment, and the key is never readable for others.

    The program is a copy, and runs by the first Python that `user` may run: Lacasa's own often lies where only its owner comes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    script = folder.resolve() / "mail-in"
    url = f"http://{_reachable(settings.host)}:{settings.port}/inbound/email"
    _put(script.with_suffix(".conf"), CONFIG.format(url=url, key=key(settings)), 0o400, user)
    _put(script.with_suffix(".py"), Path(pipe.__file__).read_text(encoding="utf-8"), 0o644, None)
    for python in dict.fromkeys((sys.executable, str(Path(sys.executable).resolve()), *PYTHONS)):
        program, config = (quote(str(script.with_suffix(end))) for end in (".py", ".conf"))
        _put(script, SCRIPT.format(name=script.name, python=quote(python), program=program, config=config), 0o755, None)
        if _runs(script, user):
            return script
    raise Misconfigured(f"{user or 'this user'} can run no Python here, or may not enter {folder}")


def _runs(script: Path, user: str | None) -> bool:
    """Whether the script gets as far as saying why it takes no mail for nobody; nothing is kept of that."""
    as_them: dict[str, Any] = {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    try:
        tried = subprocess.run(  # noqa: S603 (the script that was just written)
            [script, "", ""], stdin=subprocess.DEVNULL, capture_output=True, cwd="/", timeout=60, check=False, **as_them
        )
    except PermissionError:
        return False
    return tried.stdout.startswith(b"4.") and not tried.stdout.startswith(b"4.3.5")


def key(settings: Settings) -> str:
    """The same as `tokens.mail_key`, of the installation whose settings these are."""
    return hmac.digest(settings.required_secret().encode(), b"lacasa mail-in", hashlib.sha256).hex()


def _reachable(host: str) -> str:
    found = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - where it is bound is said elsewhere
    return f"[{found}]" if ":" in found else found


def _put(path: Path, text: str, mode: int, user: str | None) -> None:
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.chmod(mode)
    if user is not None:
        shutil.chown(unfinished, user)
    unfinished.replace(path)
