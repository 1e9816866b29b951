"""Addresses as they are really written."""

import time

import pytest

from core.channels.email.parsing import Address, addresses, parse

CASES = [
    ("ann@example.com", [("", "ann@example.com")]),
    ("<ann@example.com>", [("", "ann@example.com")]),
    ("Ann <ann@example.com>", [("Ann", "ann@example.com")]),
    ('"Lee, Ann" <ann@example.com>', [("Lee, Ann", "ann@example.com")]),
    ('"Ann \\"A\\" Lee" <ann@example.com>', [('Ann "A" Lee', "ann@example.com")]),
    ("ann@example.com (Ann Lee)", [("Ann Lee", "ann@example.com")]),
    ("ann@example.com (a (nested) comment)", [("a (nested) comment", "ann@example.com")]),
    ("ann@example.com Ann", [("Ann", "ann@example.com")]),
    ("Team: a@x.com, B <b@x.com>;, c@x.com", [("", "a@x.com"), ("B", "b@x.com"), ("", "c@x.com")]),
    ("undisclosed-recipients:;", []),
    ("a@x.com; b@x.com", [("", "a@x.com"), ("", "b@x.com")]),
    ("=?utf-8?Q?Lee,_=C3=84nn?= <ann@example.com>", [("Lee, Änn", "ann@example.com")]),
    ('"=?utf-8?Q?=C3=84nn?=" <ann@example.com>', [("Änn", "ann@example.com")]),
    ('"Ann <ann@example.com>', [("Ann", "ann@example.com")]),
    ("Ann <ann@example.com", [("Ann", "ann@example.com")]),
    ("<<ann@example.com>>", [("", "ann@example.com")]),
    ("<mailto:ann@example.com>", [("", "ann@example.com")]),
    ("mailto:ann@example.com", [("", "ann@example.com")]),
    ("< ann @ example.com >", [("", "ann@example.com")]),
    ("<@a.com,@b.com:ann@example.com>", [("", "ann@example.com")]),
    ('"a b"@example.com', [("", '"a b"@example.com')]),
    ("ann@münchen.example", [("", "ann@xn--mnchen-3ya.example")]),
    ("Ann", [("Ann", "")]),
    ("'Ann' <ann@example.com>", [("Ann", "ann@example.com")]),
    ('"evil@example.com" <real@example.org>', [("evil@example.com", "real@example.org")]),
    ("a@x.com <b@y.com>", [("a@x.com", "b@y.com")]),
    (",,;", []),
    ("(only a comment", [("(only a comment", "")]),
    ("", []),
]


@pytest.mark.parametrize(("written", "read"), CASES)
def test_addresses(written: str, read: list[tuple[str, str]]) -> None:
    found, complete = addresses.read(written, 100)
    assert found == [Address(*pair) for pair in read]
    assert complete


def test_the_name_that_looks_like_an_address_is_a_name() -> None:
    """CVE-class: what is shown as the sender must be who is in brackets."""
    (sender,) = parse(b'From: "boss@ours.example" <stranger@theirs.example>\n\nhi').senders
    assert sender.address == "stranger@theirs.example"


@pytest.mark.parametrize("piece", ['"', "(", "<", "\\", ",", "<a", '"\\', "a:", "=?", "a@b", "((", ")", "[", '<">', "<a@b>", "xx "])
def test_time_grows_with_the_text(piece: str) -> None:
    started = time.process_time()
    addresses.read(piece * (256 * 1024 // len(piece)), 500)
    assert time.process_time() - started < 1.5
