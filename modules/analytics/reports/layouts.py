"""What each report shows, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from modules.analytics.reports.structs import By, Name


@dataclass(frozen=True, slots=True)
class Plotted:
    key: str
    label: str
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A table of what has a key in `dimension`, the largest by its first metric first."""

    dimension: str
    label: str
    metrics: tuple[str, ...]
    narrows: By | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`own`: agents read it, of what counts to them. `money`: sums of these metrics by currency, with their formulas."""

    numbers: tuple[str, ...]
    plots: tuple[Plotted, ...]
    tables: tuple[Broken, ...] = ()
    money: Mapping[str, str] | None = None
    own: bool = False
    busy: bool = False
    narrowed: tuple[By, ...] = ()
    """What it can be narrowed to."""


TALKS: tuple[By, ...] = ("inbox", "team", "agent", "tag", "channel")
HELD = ("opened", "resolved", "backlog", "first_response", "resolution", "reopened_share")
AGENTS = ("resolved", "sent", "backlog", "first_response", "next_response", "resolution")
MONEY = {
    "revenue": "the totals of paid orders, on the day that they were placed",
    "refunded": "what was given back when an order was first refunded",
    "attributed": "the totals of paid orders that count to a mailing (see “Orders after mail”)",
}
LAYOUTS: dict[Name, Layout] = {
    "overview": Layout(
        numbers=("opened", "resolved", "backlog", "first_response", "resolution", "ai_solved_share", "handed_off", "reopened_share"),
        plots=(Plotted("flow", "Conversations", ("opened", "resolved", "ai_answered")), Plotted("backlog", "Backlog", ("backlog",))),
        tables=(Broken("channel", "Channels", HELD, "channel"), Broken("inbox", "Inboxes", HELD, "inbox")),
        own=True,
        narrowed=TALKS,
    ),
    "helpdesk": Layout(
        numbers=(
            "opened", "resolved", "backlog", "reopened_share", "first_response", "first_response_p90", "next_response", "resolution",
            "received", "sent",
        ),
        plots=(
            Plotted("flow", "Conversations", ("opened", "resolved", "reopened")),
            Plotted("waits", "Waiting times", ("first_response", "next_response", "resolution")),
            Plotted("messages", "Messages", ("received", "sent")),
        ),
        tables=(
            Broken("inbox", "Inboxes", HELD, "inbox"),
            Broken("team", "Teams", HELD, "team"),
            Broken("agent", "Agents", AGENTS, "agent"),
            Broken("tag", "Tags", HELD, "tag"),
            Broken("channel", "Channels", HELD, "channel"),
        ),
        own=True,
        busy=True,
        narrowed=TALKS,
    ),
    "ai": Layout(
        numbers=(
            "ai_solved_share", "ai_confirmed", "ai_assumed", "ai_abandoned", "ai_handed_over", "ai_under_way", "ai_answer_share",
            "ai_resolved_share", "first_response_ai", "resolution_ai", "handed_off",
        ),
        plots=(
            Plotted("came", "What came of answers", ("ai_confirmed", "ai_assumed", "ai_abandoned", "ai_handed_over")),
            Plotted("handed", "Handed to people", ("handed_off", "ai_answered")),
        ),
        tables=(
            Broken("reason", "Why it handed over", ("handed_off",)),
            Broken("inbox", "Inboxes", ("ai_answered", "ai_solved_share", "ai_confirmed", "ai_assumed", "ai_abandoned", "ai_handed_over"), "inbox"),
        ),
        narrowed=TALKS,
    ),
    "email": Layout(
        numbers=("mail_sent", "mail_open_share", "mail_click_share", "bounced", "complained", "mail_skipped", "mail_failed"),
        plots=(Plotted("mail", "Mails", ("mail_sent", "mail_opened", "mail_clicked")),),
        tables=(
            Broken(
                "mailing", "Mailings",
                ("mail_sent", "mail_opened", "mail_clicked", "mail_open_share", "mail_click_share", "mail_skipped", "mail_failed",
                 "bounced", "complained"),
                "mailing",
            ),
        ),
        narrowed=("mailing",),
    ),
    "orders": Layout(
        numbers=("orders", "orders_paid", "orders_shipped", "orders_refunded", "refund_share", "carts_abandoned", "attributed_orders"),
        plots=(Plotted("orders", "Orders", ("orders", "orders_paid", "orders_refunded", "carts_abandoned")),),
        tables=(
            Broken("platform", "Shops", ("orders", "orders_paid", "orders_refunded", "carts_abandoned")),
            Broken("source", "After which mailing", ("attributed_orders",)),
        ),
        money=MONEY,
    ),
    "workflows": Layout(
        numbers=("enrolled", "completed", "exited"),
        plots=(Plotted("runs", "Contacts in workflows", ("enrolled", "completed", "exited")),),
        tables=(
            Broken("workflow", "Workflows", ("enrolled", "completed", "exited"), "workflow"),
            Broken("exit", "Why they left early", ("exited",)),
        ),
        narrowed=("workflow",),
    ),
}  # fmt: skip
