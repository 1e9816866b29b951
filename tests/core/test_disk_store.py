"""Files on local disk: what cannot be kept is refused as such and leaves nothing behind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import Unavailable
from core.files.disk import DiskStore

KEY = "a-key-of-a-file-1234"
FULL = Path("/dev/full")


async def _pieces() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"x" * 300_000


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
async def test_a_full_disk_refuses_a_file_and_keeps_no_part_of_it(tmp_path: Path) -> None:
    place = tmp_path / KEY[:2]
    place.mkdir()
    (place / f"{KEY}.part").symlink_to(FULL)
    with pytest.raises(Unavailable) as refused:
        await DiskStore(tmp_path).write(KEY, _pieces(), limit=10_000_000)
    assert refused.value.reason == "storage_full"
    assert list(place.iterdir()) == []
