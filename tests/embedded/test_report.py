"""What the person at the terminal is told."""

from pathlib import Path

import msgspec
import pytest

from core.embedded.report import Report
from core.settings import Settings


@pytest.mark.parametrize(("port", "told"), [(8625, True), (None, False)])
def test_where_mail_is_taken_stands_beside_the_other_addresses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], port: int | None, told: bool
) -> None:
    Report(msgspec.structs.replace(Settings(), data=tmp_path, mail_port=port)).summary({})
    assert ("    mail        127.0.0.1:8625 (LMTP or SMTP)\n" in capsys.readouterr().out) is told
