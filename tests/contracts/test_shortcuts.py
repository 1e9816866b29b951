"""Two letters lead to one page: whoever adds a page finds out which are taken."""

import re
from collections import Counter

from tests.contracts.source import ROOT

GOES = re.compile(r'"(g [a-z])"')


def test_no_two_pages_have_the_same_keys() -> None:
    sources = [path for kind in ("ts", "tsx") for path in (ROOT / "widget" / "inbox" / "src").rglob(f"*.{kind}")]
    found = Counter(keys for path in sources for keys in GOES.findall(path.read_text()))
    assert len(found) > 10
    assert [keys for keys, times in found.items() if times > 1] == []
