"""One parser under the fuzzer, in a process that ends with it: `python -m tests.fuzz.target NAME [libFuzzer's options]`."""

import sys

from tests.fuzz import PACKAGES

sys.path.append(str(PACKAGES))

import atheris  # installed apart, and it must be there before what it watches is imported

with atheris.instrument_imports(include=["core.channels.email", "tests.corpora.pages"]):
    from tests.fuzz.parsers import PARSERS


def main() -> None:
    atheris.Setup([sys.argv[0], *sys.argv[2:]], PARSERS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
