"""Discourse's pairs of a mail's text and what its reader should see."""

from pathlib import Path
from typing import Any

from core.channels.email import trimming


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def trimmer(folder: Path) -> dict[str, Any]:
    failed, untouched = [], 0
    files = sorted((folder / "emails").glob("*.txt"))
    for path in files:
        text, wanted = path.read_text(), (folder / "trimmed" / path.name).read_text()
        untouched += _squeezed(text) == _squeezed(wanted)
        if _squeezed(trimming.trim(text.replace("\r\n", "\n")).visible) != _squeezed(wanted):
            failed.append(path.name)
    return {"passed": len(files) - len(failed), "of": len(files), "failed": failed, "doing_nothing": untouched}
