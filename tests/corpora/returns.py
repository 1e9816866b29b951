"""Sisimai's bounces, with what each says: recipients' status, reason, and whether the address is dead."""

import json
from pathlib import Path
from typing import Any

from core.channels.email import parsing, returned

AUTOMATIC = {"vacation"}
REASONS = {
    "userunknown": "user_unknown", "hostunknown": "host_unknown", "hasmoved": "moved", "notaccept": "not_accepting", "mailboxfull": "mailbox_full",
    "suspend": "disabled", "filtered": "filtered", "mesgtoobig": "too_large", "exceedlimit": "too_large", "expired": "expired",
    "networkerror": "network",
    "toomanyconn": "throttled", "speeding": "throttled", "ratelimited": "throttled", "blocked": "blocked", "badreputation": "blocked",
    "requireptr": "blocked",
    "authfailure": "authentication", "spamdetected": "spam", "virusdetected": "virus", "policyviolation": "policy", "securityerror": "policy",
    "rejected": "sender_rejected", "norelaying": "relay_denied", "contenterror": "content", "notcompliantrfc": "content", "systemerror": "system",
    "systemfull": "system", "mailererror": "system", "syntaxerror": "syntax", "delivered": "delivered", "undefined": "unknown", "onhold": "unknown",
    "feedback": "unknown",
}  # fmt: skip


def sisimai(folder: Path) -> dict[str, Any]:
    """`passed`: bounces that are seen as such with the right answer to "is the address dead" for each recipient."""
    expected = json.loads((folder / "expected.json").read_text())
    bounces = folder / "maildir" / "bsd"
    missed, wrong, rows, hard_right, reason_right, status_right = [], [], 0, 0, 0, 0
    for name, wanted in expected.items():
        if not (bounces / name).is_file():
            continue
        mail = parsing.parse((bounces / name).read_bytes())
        found = returned.read(mail)
        if all(row["reason"] in AUTOMATIC for row in wanted):
            if not returned.is_automatic(mail) or found is not None:
                missed.append(name)
            continue
        if found is None or (found.kind == "complaint") != all(row["reason"] == "feedback" for row in wanted):
            missed.append(name)
            continue
        said = [*found.recipients[: len(wanted)]]
        said += said[-1:] * (len(wanted) - len(said))
        for row, one in zip(wanted, said, strict=True):
            rows += 1
            hard_right += row["hard"] == one.hard
            reason_right += REASONS.get(row["reason"]) == one.reason
            status_right += row["dsn"] in ("", one.status)
            if row["hard"] != one.hard:
                wrong.append(f"{name}: {row['reason']} {row['dsn']}, we say {one.reason} {one.status}")
    seen = [name for name in expected if (bounces / name).is_file()]
    false = [
        path.name
        for path in sorted((folder / "maildir" / "not").glob("*"))
        if returned.read(parsing.parse(path.read_bytes())) is not None
    ]
    failed = sorted({*missed, *(line.partition(":")[0] for line in wrong)})
    return {
        "passed": len(seen) - len(failed), "of": len(seen), "failed": failed, "detected": len(seen) - len(missed), "missed": missed, "rows": rows,
        "hard_right": hard_right, "reason_right": reason_right, "status_right": status_right, "wrong": wrong, "false_positives": false,
    }  # fmt: skip
