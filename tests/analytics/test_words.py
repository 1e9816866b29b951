"""What the page says of a number is what the server says, word for word."""

import json
from pathlib import Path

from modules.analytics.metrics import METRICS

TEXTS = Path(__file__).parents[2] / "widget/inbox/src/pages/analytics/texts"


def test_the_page_prints_the_servers_formulas() -> None:
    words = json.loads((TEXTS / "en.json").read_text())
    for metric in METRICS:
        assert (words[f"metric.{metric.key}"], words[f"formula.{metric.key}"]) == (metric.label, metric.formula)
