"""House rules that no linter knows, told from the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.source import ROOT, calls, importing, trees

FOLDERS = ("core", "modules", "agent", "realtime", "migrations", "widget", "tests")
SUFFIXES = {".py", ".ts", ".tsx", ".css", ".sh"}
BROUGHT = {"node_modules", "dist", "__pycache__", ".venv"}
LINES_MAX = 400
LONG = {
    "migrations/core/core_2026_11_22t22_30_00_000000.py": "written by Piccolo",
    "migrations/agent/agent_2026_11_26t14_00_00_000000.py": "written by Piccolo",
    "widget/shared/wire.ts": "written by `make types`",
}
"""Files over the limit, and why."""

CROSSING = (
    "core.events.",
    "core.jobs.",
    "core.auth.",
    "core.tenancy",
    "core.migrate",
    "core.seed",
    "core.knowledge.vectors",
    "agent.llm.queries",
    "core.knowledge.holdings",
    "core.knowledge.copies",
    "core.knowledge.sources.queries",
    "core.channels.email.fetching.leases",
    "core.channels.email.bulk.queries",
    "agent.reviews.queries",
    "agent.outcomes.queries",
    "agent.copilot.jobs",
    "agent.learning.queries",
    "agent.learning.checks.queries",
    "agent.learning.export.tuning.queries",
    "agent.replay.queries",
    "modules.analytics.counting.crossing",
    "modules.commerce.queries",
)
AS_OWNER = {
    "core.conversations.counters": "sums of all organizations are folded and repaired together",
    "core.health": "asks whether PostgreSQL answers, no rows",
    "core.files.jobs": "uploads that nobody sent, of all organizations",
}
"""Who uses the pool itself, and so no organization, beside those that may cross organizations anyway."""
BY_TOKEN = {
    "core.channels.email.gateway.addresses": "whose a mail is follows from the address it is for",
    "core.auth.tickets": "the inbox of a public widget key",
    "core.files.actions": "a file's address is its permission: whose it is follows from the file",
    "core.site": "the demo page's public widget key",
    "modules.commerce.actions.connecting": "a shop that brings keys names the invitation that it was given",
    "modules.commerce.webhooks": "whose a delivery is follows from the shop's key in its address, or from the shop's domain",
}
"""Who reads one row by an unguessable or public name before any organization is known."""

TELLING = {"content", "preview", "body", "text", "draft", "question", "answer", "email", "token", "password", "secret"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and BROUGHT.isdisjoint(path.relative_to(ROOT).parts):
                yield path


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in _files()}
    assert [f"{name}: {lines}" for name, lines in lengths.items() if lines > LINES_MAX and name not in LONG] == []
    assert [name for name in LONG if lengths.get(name, LINES_MAX + 1) <= LINES_MAX] == [], "short again: take it off the list"


def test_nothing_is_left_to_be_done_in_the_code() -> None:
    marks = tuple(first + second for first, second in (("TO", "DO"), ("FIX", "ME"), ("XX", "X:")))
    assert [path.relative_to(ROOT).as_posix() for path in _files() if any(mark in path.read_text() for mark in marks)] == []


def test_only_those_who_must_work_across_organizations() -> None:
    for module, call in calls("system_transaction"):
        assert f"{module}.".startswith(CROSSING), f"{module}:{call.lineno} crosses organizations"
        assert isinstance(call.args[0], ast.Constant), f"{module}:{call.lineno} says no reason"


def test_nothing_is_a_way_around_row_level_security() -> None:
    reaching = {module for module in importing("core.database", "pool") if not f"{module}.".startswith(CROSSING)}
    assert reaching == set(AS_OWNER)
    assert set(importing("core.database", "by_token")) == set(BY_TOKEN)
    assert set(importing("core", "database")) <= {
        "core.process",
        "core.replica",
        "core.auth.operator",
        "core.auth.rotation",
        "core.jobs.admin",
        "core.migrate",
        "core.seed",
    }


def test_nobody_else_opens_a_connection_of_his_own() -> None:
    opening = {
        module for module, call in calls("connect", "create_pool", "Pool") if re.search("asyncpg|Pool", ast.unparse(call.func))
    }
    opening |= {
        module
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and "asyncpg.Pool" in map(ast.unparse, node.bases)
    }
    assert opening == {"core.pool", "core.events.relay", "core.embedded.postgres"}
    assert set(importing("core.pool", "new_pool")) == {"core.database", "core.jobs.ledger", "core.replica"}


def test_the_tenant_is_never_set_where_it_silently_does_nothing() -> None:
    """In a query it would come after the policies were evaluated: only as the first statement of a routine is it in time."""
    texts = [
        (module, str(node.value))
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and "set_config(" in str(node.value)
    ]
    assert [module for module, _ in texts] == ["core.tenancy"]
    assert "BEGIN\n    PERFORM set_config('role', 'lacasa_app', true), set_config('app.organization_id'," in texts[0][1]


def test_what_people_wrote_is_not_logged() -> None:
    told = [f"{module}:{call.lineno}" for module, call in calls(*LEVELS) if _is_log(call) and TELLING & set(_names(call))]
    assert told == []


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in {"log", "logger", "logging", "_log"}


def _names(call: ast.Call) -> Iterator[str]:
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Name):
                yield node.id


def test_the_check_of_logs_sees_what_it_must() -> None:
    call = ast.parse("log.info('sent', extra={'text': message.content})").body[0].value
    assert _is_log(call)
    assert TELLING & set(_names(call))
