"""Measure the reading of mails on data that nobody here wrote: `python -m tests.corpora NAME [--dir FOLDER]` prints one line of JSON.

Keys: `passed`, `of`, `failed` (names of files), and figures of each set. Another folder of the same shape may be given.
`--browser`: HTML as mails in an installation of its own, looked at in the inbox by a real browser (`dompurify` alone; some minutes).
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from tests.corpora import mails, pages, returns, trims

ROOT = Path(__file__).resolve().parents[2]
SETS = {
    "stalwart": (mails.stalwart, "stalwart-mail-parser"),
    "mikel": (mails.mikel, "mikel-mail"),
    "cpython": (mails.cpython, ""),
    "sisimai": (returns.sisimai, "sisimai"),
    "trimmer": (trims.trimmer, "discourse-trimmer"),
    "dompurify": (pages.dompurify, "dompurify"),
}


def folder_of(name: str) -> Path:
    """Where a set lies: `LACASA_CORPORA`, else beside the project; of CPython's tests within the interpreter that runs."""
    if name == "cpython":
        return mails.cpython_folder()
    return Path(os.environ.get("LACASA_CORPORA") or ROOT.parent / "shared" / "corpora") / SETS[name][1]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.corpora", description=__doc__)
    options.add_argument("name", choices=[*SETS])
    options.add_argument("--dir", type=Path, help="a folder of the set's shape")
    options.add_argument("--browser", action="store_true", help="dompurify: in the inbox, by a real browser")
    given = options.parse_args()
    if given.browser and given.name != "dompurify":
        options.error("--browser is for dompurify")
    folder = given.dir or folder_of(given.name)
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: name the set's folder with --dir, or the folder of all sets in LACASA_CORPORA")
    started = time.monotonic()
    figures = pages.in_browser(folder) if given.browser else SETS[given.name][0](folder)
    print(json.dumps({"name": given.name, **figures, "seconds": round(time.monotonic() - started, 2)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
