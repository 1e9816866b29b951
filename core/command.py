"""What the installed command `lacasa` runs: `mail-in` before anything is loaded that takes time or may fail, all else by `core.cli`."""

import os
import sys

LATER = 75
"""What a mail server takes for "try again later"."""


def main() -> int:
    if sys.argv[1:2] == ["mail-in"] and sys.argv[2:3] != ["--setup"]:
        try:
            from core.channels.email.gateway import pipe

            pipe.run(sys.argv[2:])
        finally:
            os._exit(LATER)  # what Python says of an error (1) would be a bounce
    from core.cli import main as run

    return run()
