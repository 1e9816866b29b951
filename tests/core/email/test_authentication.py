"""Only our own mail server's word about a sender counts."""

import pytest

from core.channels.email import authentication
from core.channels.email.parsing import Mail, parse

OURS = "mx.shop.example"
PASSES = f"Authentication-Results: {OURS}; dmarc=pass header.from=example.com; spf=pass smtp.mailfrom=ann@example.com"


def a_mail(*fields: str, sender: str = "ann@example.com") -> Mail:
    return parse("\r\n".join([*fields, f"From: {sender}", "", "hi"]).encode())


def test_results_of_our_server() -> None:
    mail = a_mail(
        f"Authentication-Results: {OURS} 1; spf=pass (sender is ok; really) smtp.mailfrom=ann@mail.example.com;\r\n dkim=fail "
        f"header.d=other.example; "
        "dkim=pass header.d=example.com; dmarc=pass (p=reject) header.from=example.com",
        "Received: from x by mx",
    )
    found = authentication.read(mail, OURS)
    assert (found.spf, found.spf_domain) == ("pass", "mail.example.com")
    assert (found.dkim, found.dkim_domains) == ("pass", ("example.com",))
    assert (found.dmarc, found.dmarc_domain) == ("pass", "example.com")
    assert authentication.is_sender(mail, OURS)


@pytest.mark.parametrize(
    "fields",
    [
        ["Received: from x by mx", "Received: from y by x", PASSES],
        [f"Authentication-Results: {OURS}; dmarc=fail header.from=example.com", "Received: from x by mx", PASSES],
        ["Received: from x by mx", f"Authentication-Results: {OURS}; spf=none", PASSES],
        [PASSES.replace(OURS, "mx.attacker.example"), "Received: from x by mx"],
        [PASSES.replace(OURS, f"({OURS}) attacker"), "Received: from x by mx"],
        [PASSES.replace(OURS, f"x{OURS}"), "Received: from x by mx"],
        [PASSES.replace("header.from=example.com", "header.from=attacker.example"), "Received: from x by mx"],
        [PASSES.replace("dmarc=pass", 'x="dmarc=pass"').replace("spf=pass", "spf=fail"), "Received: from x by mx"],
        [f'Authentication-Results: {OURS}; spf=fail reason="x; dmarc=pass header.from=example.com"', "Received: from x by mx"],
        [PASSES, "From: other@example.com", "Received: from x by mx"],
        [f"Authentication-Results: {OURS}; spf=pass smtp.mailfrom=a@com", "Received: from x by mx"],
        [],
    ],
)
def test_no_other_word_counts(fields: list[str]) -> None:
    assert not authentication.is_sender(a_mail(*fields), OURS)


def test_two_programs_of_our_server_may_each_write_a_field() -> None:
    mail = a_mail(
        f"Authentication-Results: {OURS}; spf=pass smtp.mailfrom=x@else.example",
        f"Authentication-Results: {OURS}; dmarc=pass header.from=example.com",
        "Received: x",
    )
    assert authentication.is_sender(mail, OURS)


def test_without_a_policy_an_aligned_signature_is_enough() -> None:
    signed = f"Authentication-Results: {OURS}; dkim=pass header.d=example.com; dmarc=none"
    assert authentication.is_sender(a_mail(signed, "Received: x", sender="ann@mail.example.com"), OURS)
    assert not authentication.is_sender(a_mail(signed, "Received: x", sender="ann@otherexample.com"), OURS)
    assert not authentication.is_sender(a_mail(signed.replace("dmarc=none", "dmarc=fail"), "Received: x"), OURS)
