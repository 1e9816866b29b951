"""What `lacasa up` tells the person at the terminal. Logs of the parts go to files."""

import sys
import time
from collections.abc import Mapping
from contextlib import suppress

import msgspec

from core.errors import Unavailable
from core.settings import Settings


class Account(msgspec.Struct, frozen=True):
    email: str
    password: str
    role: str


class Seeded(msgspec.Struct, frozen=True):
    """The output of `lacasa seed`: empty when there was nothing to do."""

    urls: dict[str, str] = {}
    accounts: list[Account] = []


class Report:
    """Lines with the seconds since the start; `quiet` sends them to standard error."""

    def __init__(self, settings: Settings, *, quiet: bool = False) -> None:
        self._settings = settings
        self._began = time.monotonic()
        self._stream = sys.stderr if quiet else sys.stdout
        self._seeded = Seeded()
        self._line(f"==> Lacasa, data in {settings.data.resolve()}")

    def step(self, text: str) -> None:
        self._line(f"{time.monotonic() - self._began:6.1f} s  {text}")

    def seeded(self, printed: str) -> bool:
        """Take in the output of `lacasa seed`; whether it has made anything."""
        try:
            self._seeded = msgspec.json.decode(printed.strip() or "{}", type=Seeded)
        except msgspec.DecodeError as error:
            raise Unavailable(f"the output of `lacasa seed` is not understood: {error}") from None
        return bool(self._seeded.accounts)

    def summary(self, _environment: Mapping[str, str]) -> None:
        """Where to go, and the passwords: they are stored only as hashes, so this is their one appearance."""
        origin = self._settings.origin
        urls = {"demo site": f"{origin}/demo", "inbox": f"{origin}/app", "OpenAPI": f"{origin}/schema"}
        urls |= {name: url for name, url in self._seeded.urls.items() if url not in urls.values()}
        if self._settings.mail_port is not None:
            urls["mail"] = f"{self._settings.mail_host}:{self._settings.mail_port} (LMTP or SMTP)"
        lines = ["", *(f"    {name:<12}{url}" for name, url in urls.items()), ""]
        if self._seeded.accounts:
            width = max(len(account.email) for account in self._seeded.accounts)
            lines.append("    Sign in to the inbox with one of these. They are shown only this once:")
            lines += [f"    {one.role:<12}{one.email:<{width}}  {one.password}" for one in self._seeded.accounts]
            lines.append("")
        lines.append(f"    Logs are in {self._settings.data.resolve() / 'logs'}. Ctrl-C stops everything.")
        self._line("\n".join(lines))

    def exports(self, environment: Mapping[str, str]) -> None:
        """The servers' addresses as lines for a shell, on standard output."""
        print("\n".join(f"export {name}={value}" for name, value in environment.items()), flush=True)

    def _line(self, text: str) -> None:
        # A terminal that was closed must not stop what runs in it.
        with suppress(OSError):
            print(text, file=self._stream, flush=True)
