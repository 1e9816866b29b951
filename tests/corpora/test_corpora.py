"""Floors under what is reached on the sets that nobody here wrote. They only rise."""

from typing import Any

import pytest

from tests.corpora import __main__ as sets


def measured(name: str) -> dict[str, Any]:
    folder = sets.folder_of(name)
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there; LACASA_CORPORA names the folder of all sets")
    return sets.SETS[name][0](folder)


@pytest.mark.parametrize("name", ["mikel", "cpython"])
def test_every_mail_is_read_with_either_kind_of_line_ends(name: str) -> None:
    found = measured(name)
    assert found["of"] > 30
    assert found["failed"] == []
    assert found["refused"] == []
    assert found["lf_equals_crlf"] == found["of"]


def test_mails_are_read_as_another_parser_reads_them() -> None:
    found = measured("stalwart")
    assert found["passed"] >= 0.85 * found["of"]
    assert found["right"]["from"] == found["right"]["subject"] == found["of"]
    assert found["lf_equals_crlf"] == found["of"]
    assert found["returned"] == []


def test_what_is_new_in_a_mail_is_found() -> None:
    found = measured("trimmer")
    assert found["passed"] >= 0.95 * found["of"]


def test_returned_mail_is_seen_and_dead_addresses_are_told_from_others() -> None:
    found = measured("sisimai")
    assert found["detected"] >= 0.99 * found["of"]
    assert found["hard_right"] >= 0.93 * found["rows"]
    assert found["false_positives"] == []


def test_nothing_that_acts_is_left_in_html() -> None:
    found = measured("dompurify")
    assert found["passed"] == found["of"] > 200
