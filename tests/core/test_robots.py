"""What robots.txt and sitemaps say, and that neither breaks its reader."""

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.sources import robots, sitemaps

RULES = """
User-agent: other
Disallow: /
User-agent: *
User-agent: LacasaBot
Crawl-delay: 2.5
Disallow: /a
Allow: /a/b
Disallow: /*.pdf$
Disallow: /x*y*z
Disallow: /%7Ejoe
Allow: /same
Disallow: /same
nonsense
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/a", False), ("/abc", False), ("/a/b/c", True), ("/f.pdf", False), ("/f.pdf?x", True), ("/x1y2z3", False), ("/xzy", True),
     ("/~joe/", False), ("/same", True), ("/q?a=/a", True)],
)  # fmt: skip
def test_the_longest_rule_decides(path: str, allowed: bool) -> None:
    found = robots.parse(RULES)
    assert found.allows(f"https://shop.example{path}") is allowed
    assert found.delay_s == 2.5


@given(st.text("*$/ab?", max_size=12), st.text("/ab?", max_size=12))
def test_patterns_match_as_regular_expressions_would(pattern: str, path: str) -> None:
    import re

    parts = map(re.escape, pattern.removesuffix("$").split("*"))
    wanted = re.match(".*".join(parts) + (r"\Z" if pattern.endswith("$") else ""), path)
    assert robots._matches(pattern, path) is bool(wanted)


@given(st.text(max_size=200) | st.lists(st.sampled_from(RULES.splitlines())).map("\n".join))
def test_no_robots_break_the_reader(text: str) -> None:
    robots.parse(text).allows("https://shop.example/ü%zz?*")


XML = [b"<urlset>", b"<url>", b"<loc>", b"http://a.b/", b"</loc>", b"</url>", b"\x1f\x8b", b"<!DOCTYPE x>"]


@given(st.binary(max_size=300) | st.lists(st.sampled_from(XML)).map(b"".join))
def test_no_sitemap_breaks_the_reader(data: bytes) -> None:
    sitemaps.parse(data)


def test_a_sitemap_does_not_expand() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>http://a.example/&b;</loc></url></urlset>'
    assert sitemaps.parse(laughs) is None
    assert sitemaps.parse(gzip.compress(b"<urlset>" + b" " * 100_000_000)) is None


@pytest.mark.parametrize("encoding", ["shift_jis", "gb2312", "euc-jp", "utf-7", "idna", "rot13", "nonsense"])
def test_a_sitemap_in_any_encoding_is_read(encoding: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding}"?><urlset><!-- 日本 --><url><loc>https://shop.example/a</loc></url></urlset>'
    found = sitemaps.parse(said.encode("shift_jis"))
    assert found is not None
    assert found.pages == ["https://shop.example/a"]


def test_rules_for_many_others_cost_nothing() -> None:
    others = "\n".join(f"user-agent: other-{letter * 3}" for letter in "abcdefghijklmnopqrstuvwxyz" * 2)
    before = time.process_time()
    found = robots.parse(f"{others}\nuser-agent: *\n" + "allow: /a\n" * 40_000)
    assert time.process_time() - before < 1.0
    assert len(found.rules) == robots.RULES_MAX
