"""Which modules run: all that are installed, some, or none beyond those that always run."""

import pytest

from core.errors import Misconfigured
from core.extend.module import Module
from core.extend.registry import choose
from core.settings import Settings, read

FOUND = {name: Module(name=name) for name in ("orders", "realtime", "agent", "core")} | {
    "campaigns": Module(name="campaigns", requires=["orders"])
}


@pytest.mark.parametrize(
    ("variable", "names"),
    [
        ("", ["core", "agent", "realtime", "orders", "campaigns"]),
        ("none", ["core", "agent", "realtime"]),
        (" none , ", ["core", "agent", "realtime"]),
        ("orders", ["core", "agent", "realtime", "orders"]),
        ("campaigns,orders", ["core", "agent", "realtime", "orders", "campaigns"]),
    ],
)
def test_the_variable_says_which_modules_run(variable: str, names: list[str]) -> None:
    wanted = read(Settings, "LACASA_", {"LACASA_MODULES": variable}).modules
    assert [module.name for module in choose(FOUND, wanted)] == names


@pytest.mark.parametrize("variable", ["invoices", "none,orders", "campaigns"])
def test_unknown_or_incomplete_choices_are_refused(variable: str) -> None:
    wanted = read(Settings, "LACASA_", {"LACASA_MODULES": variable}).modules
    with pytest.raises(Misconfigured):
        choose(FOUND, wanted)
