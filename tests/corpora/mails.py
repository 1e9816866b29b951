"""Whole mails: Stalwart's with the tree that it expects, and those that need only be read."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from core.channels.email import parsing, returned
from core.channels.email.parsing import addresses

SUFFIXES = {".eml", ".txt", ".msg", ".mbox", ""}


def _mails_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in SUFFIXES and path.name != "COPYING" and "LICENSE" not in path.name
    )


def _lf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")


def same_with_crlf(raw: bytes) -> bool:
    """Whether both kinds of line ends give the same mail."""
    lf = _lf(raw)
    return parsing.parse(lf) == parsing.parse(lf.replace(b"\n", b"\r\n"))


def _read_all(folder: Path) -> dict[str, Any]:
    failed, refused, taken, defects, same, files = [], [], [], 0, 0, _mails_in(folder)
    for path in files:
        raw = path.read_bytes()
        try:
            mail = parsing.parse(raw)
            same += same_with_crlf(raw)
        except Exception as error:  # what this measures is whether anything is raised
            failed.append(f"{path.relative_to(folder)}: {type(error).__name__}")
            continue
        defects += bool(mail.defects)
        if mail.refused:
            refused.append(str(path.relative_to(folder)))
        if returned.read(mail) is not None:
            taken.append(str(path.relative_to(folder)))
    figures = {"refused": refused, "returned": taken, "with_defects": defects, "lf_equals_crlf": same}
    return {"passed": len(files) - len(failed), "of": len(files), "failed": failed, **figures}


def mikel(folder: Path) -> dict[str, Any]:
    return _read_all(folder)


def cpython(folder: Path) -> dict[str, Any]:
    return _read_all(folder)


def cpython_folder() -> Path:
    return (
        Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "test" / "test_email" / "data"
    )


def _header(part: dict[str, Any], name: str) -> Any:
    """The last of a name, as Stalwart's own look-up takes it."""
    return next((header["value"] for header in reversed(part["headers"]) if header["name"] == name), None)


def _flat(addresses_value: Any) -> list[tuple[str, str]]:
    given = addresses_value.get("Address", {}) if isinstance(addresses_value, dict) else {}
    listed = given.get("List", []) + [one for group in given.get("Group", []) for one in group["addresses"]]
    return [(_squeezed(one["name"] or ""), _ascii(one["address"] or "")) for one in listed]


def _ascii(address: str) -> str:
    local, at, domain = "".join(address.split()).rpartition("@")
    return f"{local}@{addresses.ascii_domain(domain)}" if at else domain


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _name_of(part: dict[str, Any]) -> str:
    for header, attribute in (("content_disposition", "filename"), ("content_type", "name")):
        value = _header(part, header)
        content = value.get("ContentType") if isinstance(value, dict) else None
        found = [one["value"] for one in (content or {}).get("attributes") or [] if one["name"] == attribute]
        if found:
            return _squeezed(found[0].replace("\\", "/").rpartition("/")[2])
    return ""


def _text_of(expected: dict[str, Any], numbers: list[int], kind: str) -> str:
    bodies = [expected["parts"][number]["body"] for number in numbers]
    return _squeezed(" ".join(body[kind] for body in bodies if isinstance(body, dict) and kind in body).replace("\x00", ""))


def _same(ours: str, expected: str) -> bool:
    """Where Stalwart has a mark for a letter that it cannot read, any letter of ours is right; where it joined a path to a name, its last part is."""
    if ours == expected or (ours and expected[1:2] == ":" and expected.endswith(ours)):
        return True
    return "\ufffd" in expected and re.fullmatch(".".join(map(re.escape, expected.split("\ufffd"))), ours) is not None


def _all_same(ours: list[str], expected: list[str]) -> bool:
    return len(ours) == len(expected) and all(map(_same, ours, expected))


def _differences(mail: parsing.Mail, expected: dict[str, Any]) -> list[str]:
    root = expected["parts"][0]
    subject = _header(root, "subject")
    ours = [(_squeezed(one.name), one.address) for one in mail.senders]
    attachments = [expected["parts"][number] for number in expected["attachments"]]
    html = _text_of(expected, expected["html_body"], "Html")
    text = _text_of(expected, expected["text_body"], "Text")
    checks = {
        "from": ours == _flat(_header(root, "from")) or _same_first(ours, _flat(_header(root, "from"))),
        "subject": _same(mail.subject, _squeezed((subject or {}).get("Text", "") if isinstance(subject, dict) else "")),
        "text": mail.text_from_html or _same(_squeezed(mail.text), text),
        "html": _squeezed(mail.html or "") == html or (mail.html is not None and "pre-wrap" in mail.html),
        "count": len(mail.attachments) == len(attachments),
        "names": _all_same([one.name for one in mail.attachments], [_name_of(part) for part in attachments]),
    }
    return [name for name, right in checks.items() if not right]


def _same_first(ours: list[tuple[str, str]], expected: list[tuple[str, str]]) -> bool:
    """We have the senders of all From fields, Stalwart those of the last."""
    return len(ours) > len(expected) > 0 and ours[-len(expected) :] == expected


def stalwart(folder: Path) -> dict[str, Any]:
    failed: dict[str, list[str]] = {}
    files = sorted(path for path in folder.rglob("*.eml") if path.with_suffix(".json").is_file())
    same, taken = 0, []
    for path in files:
        raw = path.read_bytes()
        mail = parsing.parse(raw)
        differences = _differences(mail, json.loads(path.with_suffix(".json").read_text()))
        if returned.read(mail) is not None:
            taken.append(str(path.relative_to(folder)))
        same += same_with_crlf(raw)
        if differences:
            failed[str(path.relative_to(folder))] = differences
    counts = {
        name: len(files) - sum(name in said for said in failed.values())
        for name in ("from", "subject", "text", "html", "count", "names")
    }
    figures = {"lf_equals_crlf": same, "returned": taken, "right": counts, "differences": failed}
    return {"passed": len(files) - len(failed), "of": len(files), "failed": sorted(failed), **figures}
