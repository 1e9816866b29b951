"""Children of a supervisor end when it ends, however it ends."""

import ctypes
import os
import signal
import sys
import threading
from functools import lru_cache

PARENT_FD = "LACASA_PARENT_FD"
START_FD = "LACASA_START_FD"
PR_SET_PDEATHSIG = 1


@lru_cache(maxsize=1)
def parent_pipe() -> int:
    """The end that children inherit. This process keeps the other one open as long as it lives."""
    reading, _writing = os.pipe()
    return reading


def watch_parent() -> None:
    """End this process as soon as the supervisor that started it is gone; does nothing without one.

    To be called once, at the start of the process and in its main thread.
    """
    pipe = _inherited(PARENT_FD)
    if pipe is None:
        return
    threading.Thread(target=_exit_at_end, args=(pipe,), name="parent-watch", daemon=True).start()
    if sys.platform == "linux":
        # The thread needs the interpreter; a call that hangs inside C would hold it up, this signal is not.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def wait_for_start() -> None:
    """Hold on after the imports until the supervisor has migrated the database; returns at once without one."""
    gate = _inherited(START_FD)
    if gate is not None:
        while os.read(gate, 1):
            continue
        os.close(gate)


def _inherited(name: str) -> int | None:
    number = os.environ.pop(name, "")
    if number == "":
        return None
    descriptor = int(number)
    os.set_inheritable(descriptor, False)
    return descriptor


def _exit_at_end(pipe: int) -> None:
    while os.read(pipe, 1):
        continue
    # Not a clean stop: nothing here may depend on one, and the servers behind us are going too.
    os._exit(1)
