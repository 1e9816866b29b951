"""Stands before a server that is not ours and ties its life to ours: `python -I -S guard.py ...`.

Run as a script with nothing but the standard library, so that it costs milliseconds. On Linux it becomes
the server itself (the kernel signals it when the parent dies); elsewhere it stays as a small parent that
watches the inherited pipe.

Arguments: parent pid, signal sent when the parent dies, identity, folder to stand in, pipe to watch, command...
Identity: `same`, `namespace:<uid>:<gid>` (ids inside a new user namespace), `account:<uid>:<gid>`.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def become(identity: str) -> None:
    """Give up root for the identity; as root PostgreSQL refuses to run."""
    kind, _, ids = identity.partition(":")
    if kind == "same":
        return
    uid, gid = (int(part) for part in ids.split(":"))
    if kind == "namespace":
        enter_namespace(uid, gid)
    else:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def enter_namespace(uid: int, gid: int) -> None:
    """Be `uid` to ourselves and stay who we are to the file system: no folder must change its owner."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are refused")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outer_uid} 1"),
        ("gid_map", f"{gid} {outer_gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def die_with(parent: int, death: int) -> None:
    # After `become`: a change of credentials clears what the kernel was told.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent is gone")


def stay(death: int, pipe: int, command: list[str]) -> int:
    """Run the command as a child; pass signals on, and `death` when the pipe ends."""
    for number in (signal.SIGINT, signal.SIGQUIT):  # a shell's background jobs ignore them, and their children inherit that
        signal.signal(number, signal.SIG_DFL)
    pid = os.spawnvp(os.P_NOWAIT, command[0], command)  # noqa: S606 - this is what a guard is for

    def send(number: int, _frame: object = None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    def watch() -> None:
        while os.read(pipe, 1):
            continue
        send(death)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, send)
    threading.Thread(target=watch, daemon=True).start()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    parent, death, identity, folder, pipe, *command = arguments
    os.set_inheritable(int(pipe), False)
    try:
        become(identity)
        os.chdir(folder)
        if not sys.platform.startswith("linux"):
            return stay(int(death), int(pipe), command)
        die_with(int(parent), int(death))
        os.execv(command[0], command)  # noqa: S606
    except OSError as error:
        sys.exit(f"{command[0]} cannot be started as {identity} in {folder}: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
