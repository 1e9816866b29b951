"""The pipe as a process, as a mail server starts it: 0 when the mail is kept, 75 whatever else happens."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from core.channels.email.gateway import pipe, setup
from core.embedded import supervisor
from core.errors import Misconfigured
from core.settings import settings
from tests.mail.gateway import SENDER, Mailbox, a_mail, a_mailbox, mails
from tests.ports import free_port
from tests.stack import Stack

LACASA = str(Path(sys.prefix) / "bin" / "lacasa")
SILENT = "import socket, sys, time\nlistener = socket.create_server(('127.0.0.1', int(sys.argv[1])))\nprint(1, flush=True)\ntime.sleep(60)"


@pytest.fixture
async def mailbox(stack: Stack) -> Mailbox:
    del stack
    return await a_mailbox()


@pytest.fixture
def script(stack: Stack, tmp_path: Path) -> Path:
    """Made by `lacasa mail-in --setup` as an operator runs it."""
    folder = tmp_path / "a folder"
    subprocess.run([LACASA, "mail-in", "--setup", str(folder)], check=True, capture_output=True, env=stack.environment)
    return folder / "mail-in"


def handed(command: list[str | Path], raw: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(list(map(str, command)), input=raw, capture_output=True, timeout=60, env=os.environ | environment)


async def test_a_mail_is_kept(script: Path, mailbox: Mailbox) -> None:
    raw = a_mail()
    for _ in range(2):
        done = await asyncio.to_thread(handed, [script, SENDER, mailbox.tagged("x7")], raw)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    [row] = await mails(mailbox)
    assert (row["content"], row["way"], row["mail_from"], row["recipient"]) == (raw, "pipe", SENDER, mailbox.tagged("x7"))


async def test_the_command_does_the_same(script: Path, mailbox: Mailbox) -> None:
    config = script.with_suffix(".conf")
    done = await asyncio.to_thread(handed, [LACASA, "mail-in", "--config", config, "", mailbox.address], a_mail())
    assert (done.returncode, done.stdout) == (0, b"")
    done = await asyncio.to_thread(handed, [LACASA, "mail-in", SENDER, mailbox.address], a_mail(), LACASA_MAIL_IN=str(config))
    assert (done.returncode, done.stdout) == (0, b"")
    assert [row["mail_from"] for row in await mails(mailbox)] == ["", SENDER]


async def test_what_is_refused_comes_later_with_words(script: Path, mailbox: Mailbox) -> None:
    done = await asyncio.to_thread(handed, [script, SENDER, "nobody@example.com"], a_mail())
    assert (done.returncode, done.stdout[:6]) == (75, b"4.1.1 ")
    limit = settings().mail_max_mb * 1024 * 1024
    done = await asyncio.to_thread(handed, [script, SENDER, mailbox.address], b"x" * (limit + 1))
    assert (done.returncode, done.stdout[:6]) == (75, b"4.3.4 ")
    other = setup.write(msgspec.structs.replace(settings(), secret="x" * 40, port=_port(script)), script.parent / "other")
    done = await asyncio.to_thread(handed, [other, SENDER, mailbox.address], a_mail())
    assert (done.returncode, done.stdout[:6]) == (75, b"4.7.8 ")
    assert await mails(mailbox) == []


def _port(script: Path) -> int:
    return int(script.with_suffix(".conf").read_text().partition("127.0.0.1:")[2].partition("/")[0])


def _elsewhere(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    config = folder / "mail-in.conf"
    config.write_text(text)
    return config


WRONG: dict[str, list[str]] = {
    "no arguments": [],
    "one argument": [SENDER],
    "too many": [SENDER, "a@b.c", "more"],
    "an option": ["--help", "a@b.c"],
    "no configuration": ["--config", "/nowhere/mail-in.conf", SENDER, "a@b.c"],
    "a folder as configuration": ["--config", "/", SENDER, "a@b.c"],
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("way", ["command", "program", "module"])
def test_a_wrong_call_is_no_bounce(wrong: str, way: str, tmp_path: Path) -> None:
    commands: dict[str, list[str | Path]] = {
        "command": [LACASA, "mail-in"],
        "program": [sys.executable, "-I", "-S", pipe.__file__],
        "module": [sys.executable, "-m", "core.cli", "mail-in"],
    }
    done = handed([*commands[way], *WRONG[wrong]], a_mail(), LACASA_MAIL_IN=str(tmp_path / "none.conf"))
    assert (done.returncode, done.stdout[:2]) == (75, b"4.")


@pytest.mark.parametrize(
    "text",
    ["", "url = x", "url = http://127.0.0.1:1/inbound/email\nkey = k", "url = nonsense\nkey = k", "url = http://127.0.0.1:port/\nkey = k",
     "url = http://127.0.0.1:1/\nkey = k\nseconds = many", "\xff"],
)  # fmt: skip
def test_a_wrong_configuration_is_no_bounce(text: str, tmp_path: Path) -> None:
    done = handed([LACASA, "mail-in", "--config", _elsewhere(tmp_path, text), SENDER, "a@b.c"], a_mail())
    assert (done.returncode, done.stdout[:2]) == (75, b"4.")


def test_a_server_that_says_nothing_is_given_up_in_time(tmp_path: Path) -> None:
    port = free_port()
    with subprocess.Popen([sys.executable, "-c", SILENT, str(port)], stdout=subprocess.PIPE) as silent:
        assert silent.stdout
        silent.stdout.readline()
        config = _elsewhere(tmp_path, f"url = http://127.0.0.1:{port}/inbound/email\nkey = k\nseconds = 1")
        began = time.monotonic()
        done = handed([LACASA, "mail-in", "--config", config, SENDER, "a@b.c"], a_mail())
        silent.kill()
    assert (done.returncode, done.stdout[:6]) == (75, b"4.3.0 ")
    assert time.monotonic() - began < 5


def test_what_is_said_before_hanging_up_is_heard(tmp_path: Path) -> None:
    """Who refuses at the head reads no further: what is left of the mail then resets the connection, after the answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as beside:
        answered = beside.submit(_refuse, listener)
        config = _elsewhere(tmp_path, f"url = http://127.0.0.1:{listener.getsockname()[1]}/inbound/email\nkey = k")
        done = handed([LACASA, "mail-in", "--config", config, SENDER, "a@b.c"], a_mail())
        answered.result(10)
    assert (done.returncode, done.stdout[:6]) == (75, b"4.7.8 ")


def _refuse(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(1)
        time.sleep(0.3)  # until all of the mail is sent, and unread
        connection.sendall(b'HTTP/1.1 401 X\r\n\r\n{"code": "bad_signature"}')


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM])
def test_a_signal_is_no_bounce(number: signal.Signals, tmp_path: Path) -> None:
    config = _elsewhere(tmp_path, "url = http://127.0.0.1:1/\nkey = k")
    command = [sys.executable, "-I", "-S", pipe.__file__, "--config", str(config), SENDER, "a@b.c"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as waiting:
        time.sleep(0.5)
        waiting.send_signal(number)
        assert waiting.wait(10) == 75
        assert waiting.stdout
        assert waiting.stdout.read()[:6] == b"4.3.0 "


@pytest.mark.parametrize("end", ["kill", "import", "memory"])
def test_the_script_makes_any_other_end_try_again(end: str, tmp_path: Path) -> None:
    """Where Python cannot even start, or is killed: what the program itself cannot catch."""
    script = setup.write(msgspec.structs.replace(settings(), secret="x" * 40, port=1), tmp_path)
    text = script.read_text()
    if end == "kill":
        script.write_text(text.replace(sys.executable, "/bin/sh -c 'kill -9 $$'"))
    elif end == "import":
        script.write_text(text.replace(sys.executable, "/nowhere/python"))
    else:
        script.write_text(text.replace("#!/bin/sh", "#!/bin/sh\nulimit -v 10000"))
    assert handed([script, SENDER, "a@b.c"], a_mail()).returncode == 75


def test_nobody_who_listens_changes_nothing(tmp_path: Path) -> None:
    config = _elsewhere(tmp_path, "url = http://127.0.0.1:1/\nkey = k")
    command = [sys.executable, "-I", "-S", pipe.__file__, "--config", str(config), SENDER, "a@b.c"]
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=writing) as deaf:
        assert deaf.wait(20) == 75
    os.close(writing)
    assert subprocess.run(["/bin/sh", "-c", '"$@" <&- >&- 2>&-', "sh", *command], timeout=20).returncode == 75


def test_the_key_is_for_its_user_alone(script: Path) -> None:
    assert script.with_suffix(".conf").stat().st_mode & 0o777 == 0o400
    assert script.stat().st_mode & 0o777 == 0o755
    key = script.with_suffix(".conf").read_text().partition("key = ")[2].strip()
    assert len(key) == 64
    assert key not in script.read_text()


def test_it_loads_little() -> None:
    code = "import sys; sys.argv = ['lacasa', 'mail-in']; from core.channels.email.gateway import pipe; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert loaded.isdisjoint({"asyncio", "msgspec", "argparse", "socket", "ssl", "http", "email", "core.settings", "core.cli"})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give the key to somebody")
def test_the_set_up_tries_what_it_made_as_the_user_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    given = msgspec.structs.replace(settings(), secret="x" * 40, port=1)
    with TemporaryDirectory() as name:  # not below pytest's own folder, which is closed to others
        folder = Path(name)
        with pytest.raises(Misconfigured):
            setup.write(given, folder / "closed", "nobody")
        folder.chmod(0o711)
        with pytest.raises(Misconfigured):
            setup.main(given, [str(folder / "open"), "--user", "no such user"])
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        if Path(setup.PYTHONS[0]).exists():
            script = setup.write(given, folder / "open", "nobody")
            assert setup.PYTHONS[0] in script.read_text()
            assert script.with_suffix(".conf").owner() == "nobody"


def test_everything_at_once_takes_mail_where_a_port_is_set() -> None:
    assert "mail" not in supervisor.planned(settings()).programs
    assert "mail" in supervisor.planned(msgspec.structs.replace(settings(), mail_port=8625)).programs
