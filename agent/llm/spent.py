"""What a run spends at a language model."""

import msgspec

TOKEN_CHARS = 4
"""A provider that does not say what it counted is counted by characters."""


class Spent(msgspec.Struct):
    """Adds up over the calls of one run, also those that failed."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def add(self, asked: int, written: int, usage: tuple[int, int] | None) -> None:
        """One call that was `asked` and `written` so many characters; `usage`: the tokens that the provider counted."""
        self.calls += 1
        self.tokens_in += usage[0] if usage else -(-asked // TOKEN_CHARS)
        self.tokens_out += usage[1] if usage else -(-written // TOKEN_CHARS)
