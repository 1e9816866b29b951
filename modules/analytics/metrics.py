"""Every number that reports show, with the formula that is printed beside it. The browser says the same in other languages, by `key`."""

from dataclasses import dataclass
from typing import Literal

from modules.analytics.counting.histograms import ERROR
from modules.analytics.others import CREDIT_DAYS, CREDIT_RULE

Unit = Literal["conversations", "messages", "seconds", "share", "orders", "mails", "money", "contacts"]
Way = Literal["sum", "stock", "p50", "p90", "share"]
OFF = f"Off by at most {ERROR:.0%}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """`way`: how it is made of rollups: the `sum` of `of`; a `stock`, all there ever was of it; a percentile of its times; a `share` of `over`."""

    key: str
    label: str
    unit: Unit
    formula: str
    of: tuple[str, ...]
    over: tuple[str, ...] = ()
    way: Way = "sum"
    better: Literal["more", "less", ""] = ""


def _counted(key: str, label: str, unit: Unit, formula: str, better: Literal["more", "less", ""] = "") -> Metric:
    return Metric(key=key, label=label, unit=unit, formula=formula, of=(key,), better=better)


def _time(key: str, label: str, formula: str, *of: str, p: Literal["p50", "p90"] = "p50") -> Metric:
    return Metric(key=key, label=label, unit="seconds", formula=f"{formula} {OFF}", of=of, way=p, better="less")


def _share(
    key: str, label: str, formula: str, of: tuple[str, ...], over: tuple[str, ...], better: Literal["more", "less", ""] = "more"
) -> Metric:
    return Metric(key=key, label=label, unit="share", formula=formula, of=of, over=over, way="share", better=better)


SETTLED = ("ai_confirmed", "ai_assumed", "ai_abandoned", "ai_handed_over")
METRICS: tuple[Metric, ...] = (
    _counted("opened", "Opened", "conversations", "conversations that began, whoever began them"),
    _counted("resolved", "Resolved", "conversations", "times that conversations were resolved", "more"),
    _counted("reopened", "Reopened", "conversations", "times that resolved conversations were opened again", "less"),
    Metric(
        key="backlog", label="Backlog", unit="conversations", of=("backlog",), way="stock", better="less",
        formula="conversations open or pending at the end of the last day: all that were opened minus all that were resolved or closed",
    ),
    _counted("received", "Messages of customers", "messages", "messages that customers wrote"),
    _counted("sent", "Replies of agents", "messages", "messages that agents wrote to customers, without notes and what was taken back"),
    _time("first_response", "First response by a person", "median of an agent's first reply minus the beginning, of conversations that"
          " customers began; counted on the day of the reply.", "first_response_people"),
    _time("first_response_p90", "First response by a person, slowest tenth", "the time within which nine of ten got an agent's first reply;"
          " counted on the day of the reply.", "first_response_people", p="p90"),
    _time("first_response_ai", "First answer by the AI agent", "median of the AI agent's first answer with a source minus the beginning, of"
          " conversations that customers began.", "first_response_ai"),
    _time("next_response", "Next response by a person", "median of an agent's reply minus the customer's first message that had no answer yet,"
          " first replies left out.", "next_response_people"),
    _time("resolution", "Time to resolve, by people", "median of resolved minus begun (or opened again), of what people held then.",
          "resolution_people"),
    _time("resolution_ai", "Time to resolve, by the AI agent", "median of resolved minus begun (or opened again), of what the AI agent held"
          " then.",
          "resolution_ai"),
    _share("reopened_share", "Opened again", "times opened again / times resolved", ("reopened",), ("resolved",), "less"),
    _counted("ai_answered", "AI answers", "messages", "messages of the AI agent with a source"),
    _share("ai_answer_share", "AI share of answers", "AI answers with a source / (those + agents' replies)",
           ("ai_answered",), ("ai_answered", "sent")),
    _share("ai_resolved_share", "Resolved by the AI agent", "resolved while with the AI agent / all resolved", ("resolved_by_ai",), ("resolved",)),
    _counted("handed_off", "Handed to people", "conversations", "times that the AI agent gave a conversation to people", "less"),
    _counted("ai_confirmed", "Confirmed", "conversations", "the customer thanked for the answer, and wrote no more for 24 hours", "more"),
    _counted("ai_assumed", "Assumed", "conversations", "the customer read the answer, and wrote no more for 24 hours", "more"),
    _counted("ai_abandoned", "Abandoned", "conversations", "the answer was not read within 24 hours, or what was asked back got no reply", "less"),
    _counted("ai_handed_over", "Taken by people", "conversations", "the AI agent handed over, or an agent replied before the customer wrote again"),
    _counted("ai_under_way", "Under way", "conversations", "the AI agent's last word is less than 24 hours old"),
    _share("ai_solved_share", "Solved by the AI agent", "(confirmed + assumed) / (confirmed + assumed + abandoned + taken by people)",
           ("ai_confirmed", "ai_assumed"), SETTLED),
    _counted("orders", "Orders", "orders", "orders that were placed, without those made as a test", "more"),
    _counted("orders_paid", "Paid", "orders", "orders that were paid", "more"),
    _counted("orders_shipped", "Shipped", "orders", "orders with a number by which their parcel can be followed"),
    _counted("orders_refunded", "Refunded", "orders", "orders of which something was given back, counted once", "less"),
    _counted("carts_abandoned", "Carts left", "orders", "checkouts that were left for an hour", "less"),
    _share("refund_share", "Refunded share", "refunded / paid", ("orders_refunded",), ("orders_paid",), "less"),
    _counted("attributed_orders", "Orders after mail", "orders", f"paid orders whose buyer followed a link of a mailing within {CREDIT_DAYS} days"
             f" before, as a person; they count to the last such mailing (rule {CREDIT_RULE})", "more"),
    _counted("mail_sent", "Mails sent", "mails", "mails that a server took"),
    _counted("mail_skipped", "Left out", "mails", "people of the audience who got none: no consent, a stop, a bad address"),
    _counted("mail_failed", "Failed", "mails", "mails that no server took", "less"),
    _counted("bounced", "Came back", "mails", "mails that came back to their sender", "less"),
    _counted("complained", "Complaints", "mails", "mails of which their reader's provider says that they were called unwanted", "less"),
    _counted("mail_opened", "Opened", "mails", "mails that a person opened at least once; programs and proxies left out", "more"),
    _counted("mail_clicked", "Clicked", "mails", "mails in which a person followed a link at least once; programs left out", "more"),
    _share("mail_open_share", "Opened share", "mails opened by people / sent; whoever loads no images is not seen", ("mail_opened",), ("mail_sent",)),
    _share("mail_click_share", "Clicked share", "mails clicked in by people / sent", ("mail_clicked",), ("mail_sent",)),
    _counted("enrolled", "Entered", "contacts", "times that contacts entered a workflow"),
    _counted("completed", "Completed", "contacts", "times that contacts came to the end or the goal", "more"),
    _counted("exited", "Left early", "contacts", "times that contacts left before the end"),
)  # fmt: skip
BY_KEY = {metric.key: metric for metric in METRICS}

DIMENSIONS = {"inbox": "Inboxes", "team": "Teams", "agent": "Agents", "tag": "Tags", "channel": "Channels"}
"""What helpdesk reports can be narrowed to, and are broken down by."""
