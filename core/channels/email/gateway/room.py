"""How many bytes of mail this process holds at a time, all ways in together. Whoever finds no room is told to come again."""

from functools import lru_cache

from core.channels.email.gateway import errors
from core.settings import settings


class Room:
    def __init__(self, most: int) -> None:
        self._most = most
        self.held = 0

    def take(self, count: int) -> None:
        """Raises:
        Unavailable: there is no room for so much now.
        """
        if self.held + count > self._most:
            raise errors.busy()
        self.held += count

    def leave(self, count: int) -> None:
        self.held -= count


class Share:
    """What one mail on its way in takes of the room; all of it is given back at the end of the `with`."""

    def __init__(self, announced: int = 0) -> None:
        """Raises:
        TooLarge, Unavailable: the bytes that are `announced` are too many, or too many now.
        """
        self._count = 0
        self.grow(announced)

    def grow(self, size: int) -> None:
        """The mail has at least `size` bytes.

        Raises:
            TooLarge, Unavailable: these are too many, or too many now.
        """
        if size > errors.limit_bytes():
            raise errors.too_large()
        if size > self._count:
            room().take(size - self._count)
            self._count = size

    def __enter__(self) -> "Share":
        return self

    def __exit__(self, *_: object) -> None:
        room().leave(self._count)
        self._count = 0


@lru_cache(maxsize=1)
def room() -> Room:
    """The one of this process; it has room for one mail of the largest size at least."""
    return Room(max(settings().mail_in_flight_mb, settings().mail_max_mb) * 1024 * 1024)
