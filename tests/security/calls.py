"""Every route: who may use it, and a request to it that is in order. THE table that the role matrix and the strangers read.

A new route gets a line here; until then its test fails. `{…}` in paths and bodies are names of a world's things (see world.py).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.factories import an_address, client_id

Names = Mapping[str, Any]
STAFF = "admin user agent"
TYPED = re.compile(r"\{(\w+):\w+\}")


class Call(NamedTuple):
    """`may`: roles that are let in; `anybody` where nobody needs to be known. `body` makes a valid body for a world's things.

    `refers`: the body names things of the organization, so a stranger's request that is else in order must be refused.
    `fresh`: the kind of thing that the request uses up. `silent`: what is not there is no error, but nothing happens.
    """

    route: str
    may: str
    body: Callable[[Names], Any] | None = None
    query: str = ""
    refers: bool = False
    fresh: str = ""
    silent: bool = False

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def template(self) -> str:
        return self.route.partition(" ")[2]

    @property
    def names(self) -> list[str]:
        """What its address names."""
        return TYPED.findall(self.template) + re.findall(r"\{(\w+)\}", self.query)

    @property
    def is_widget(self) -> bool:
        return "{key:str}" in self.template

    def address(self, names: Names) -> str:
        def value(found: re.Match[str]) -> str:
            name = found.group(1).removesuffix("_id")
            name = {"user": "member", "token": "token" if self.is_widget else "attached"}.get(name, name)
            return str(names[name])

        return TYPED.sub(value, self.template) + self.query.format_map(names)


def say(**more: Any) -> Callable[[Names], Any]:
    return lambda names: {"client_id": client_id(), "content": "Hello"} | more


SIGN_UP = {"organization_name": "New", "name": "New", "password": "a long enough one"}
MAILBOX = "/api/inboxes/{inbox_id:int}/email/mailbox"
MAILBOX_INPUT = {"host": "127.0.0.1", "username": "ida", "password": "a dark lamp"}
CONVERSATION = "/api/conversations/{conversation_id:int}"
OUT = "/api/inboxes/{inbox_id:int}/email"
SERVER = {"host": "mail.invalid", "port": 587, "security": "starttls", "username": "ida", "password": "a secret"}
SEGMENT = "/api/segments/{segment_id:int}"
TEMPLATE = "/api/templates/{template_id:int}"
WIDGET = "/api/widget/{key:str}"
THREAD = WIDGET + "/conversations/{token:str}"

CALLS = [
    # organization, billing, team, roles, API keys, audit, jobs: admin alone
    Call("GET /api/organization", "admin"),
    Call("PATCH /api/organization", "admin", lambda names: {"ai_threshold": 0.6}),
    Call("GET /api/audit", "admin"),
    Call("POST /api/users", "admin", lambda names: {"name": "New", "email": an_address(), "role": "agent"}),
    Call("PATCH /api/users/{user_id:int}", "admin", lambda names: {"role": "user"}, fresh="member"),
    Call("DELETE /api/users/{user_id:int}", "admin", fresh="member"),
    Call("POST /api/teams", "admin", lambda names: {"name": "Night shift", "member_ids": [names["member"]]}, refers=True),
    Call("PUT /api/teams/{team_id:int}", "admin", lambda names: {"name": "Early", "member_ids": [names["member"]]}, refers=True, fresh="team"),
    Call("DELETE /api/teams/{team_id:int}", "admin", fresh="team"),
    Call("GET /api/jobs", "admin", query="?status=dead"),
    Call("GET /api/jobs/counts", "admin"),
    Call("GET /api/jobs/events", "admin"),
    Call("POST /api/jobs/events/{event_id:int}/retry", "admin", fresh="event"),
    Call("POST /api/jobs/events/{event_id:int}/drop", "admin", fresh="event"),
    Call("POST /api/jobs/{job_id:int}/retry", "admin", fresh="job"),
    Call("POST /api/jobs/{job_id:int}/drop", "admin", fresh="job"),
    # who works here and in which team: all staff must see it, to assign and to read who wrote
    Call("GET /api/users", "admin"),
    Call("GET /api/colleagues", STAFF),
    Call("GET /api/teams", STAFF),
    # own profile, sessions
    Call("GET /api/auth/me", STAFF),
    Call("GET /api/auth/sessions", STAFF),
    Call("DELETE /api/auth/sessions/{session_id:int}", STAFF, silent=True),
    Call("POST /api/auth/ticket", STAFF),
    Call("POST /api/auth/logout", STAFF),
    Call("POST /api/auth/switch", STAFF, lambda names: {"organization_id": names["organization"]}, refers=True),
    Call("POST /api/auth/password", STAFF, lambda names: {"current_password": "wrong", "new_password": "a longer secret"}),
    Call("PATCH /api/profile", STAFF, lambda names: {"name": "Same As Ever"}),
    # inboxes: admin writes, all staff reads
    Call("GET /api/inboxes", STAFF),
    Call("POST /api/inboxes", "admin", lambda names: {"name": "Shop", "member_ids": [names["member"]]}, refers=True),
    Call("PATCH /api/inboxes/{inbox_id:int}", "admin", lambda names: {"member_ids": [names["member"]]}, refers=True),
    # e-mail inboxes and the mail that came for them, understood or not: admin alone
    Call("PUT /api/inboxes/{inbox_id:int}/email", "admin", lambda names: {"address": an_address()}, fresh="inbox"),
    Call("GET /api/inboxes/{inbox_id:int}/email", "admin", fresh="email_inbox"),
    Call(f"GET {OUT}/server", "admin", fresh="sending_inbox"),
    Call(f"PUT {OUT}/server", "admin", lambda names: SERVER, fresh="sending_inbox"),
    Call(f"DELETE {OUT}/server", "admin", fresh="sending_inbox"),
    Call(f"POST {OUT}/server/test", "admin", lambda names: {"server": SERVER}, fresh="sending_inbox"),
    Call(f"GET {OUT}/dkim", "admin", fresh="sending_inbox"),
    Call(f"POST {OUT}/dkim", "admin", fresh="sending_inbox"),
    Call(f"PUT {OUT}/dkim", "admin", lambda names: {"is_on": False}, fresh="sending_inbox"),
    Call(f"POST {OUT}/dkim/check", "admin", fresh="sending_inbox"),
    Call(f"DELETE {OUT}/dkim", "admin", fresh="sending_inbox"),
    Call("GET /api/inboxes/{inbox_id:int}/mails", "admin", query="?state=received", fresh="email_inbox"),
    Call("POST /api/inboxes/{inbox_id:int}/mails", STAFF, say(to=[{"address": "new@example.org"}], subject="Hello"), fresh="email_inbox"),
    Call("GET /api/inboxes/{inbox_id:int}/mails/counts", "admin", fresh="email_inbox"),
    Call(f"GET {MAILBOX}", "admin", fresh="email_inbox"),
    Call(f"PUT {MAILBOX}", "admin", lambda names: MAILBOX_INPUT, fresh="email_inbox"),
    Call(f"POST {MAILBOX}/test", "admin", lambda names: MAILBOX_INPUT, fresh="email_inbox"),
    Call(f"DELETE {MAILBOX}", "admin", fresh="mailbox"),
    Call("GET /api/mails/{mail_id:int}", "admin"),
    Call("GET /api/mails/{mail_id:int}/raw", "admin"),
    Call("POST /api/mails/{mail_id:int}/retry", "admin"),
    Call("GET /api/inboxes/{inbox_id:int}/continuity", "admin"),
    Call("GET /api/conversations/{conversation_id:int}/continuity", STAFF),
    Call("PUT /api/inboxes/{inbox_id:int}/continuity", "admin", lambda names: {"enabled": True, "mail_inbox_id": names["email_inbox"]}, refers=True),
    Call("GET /api/conversations/{conversation_id:int}/mails", STAFF),
    Call("GET /api/messages/{message_id:int}/mail", STAFF, fresh="mail_message"),
    Call("PUT /api/messages/{message_id:int}/mail/images", STAFF, lambda names: {"always": True}, fresh="mail_message"),
    Call("GET /api/email/alerts", "admin"),
    Call("GET /api/email/inboxes", STAFF),
    Call("GET /api/conversations/{conversation_id:int}/recipients", STAFF),
    Call(
        "PUT /api/conversations/{conversation_id:int}/recipients", STAFF,
        lambda names: {"client_id": client_id(), "to": [{"address": an_address()}]},
    ),
    Call("POST /api/messages/{message_id:int}/undo", STAFF, fresh="mail_message"),
    Call(
        "POST /api/messages/{message_id:int}/forward", STAFF,
        lambda names: {"client_id": client_id(), "to": [{"address": an_address()}]}, fresh="mail_message",
    ),
    Call("GET /api/profile/mail", STAFF),
    Call("PUT /api/profile/mail", STAFF, lambda names: {"undo_s": 0}),
    # conversations, messages, notes, files: staff as far as they see
    Call("GET /api/conversations", STAFF, query="?status=any"),
    Call("GET /api/conversations/counts", STAFF),
    Call(f"GET {CONVERSATION}", STAFF),
    Call(f"GET {CONVERSATION}/messages", STAFF),
    Call(f"GET {CONVERSATION}/decisions", STAFF),
    # the AI agent's quality: staff reads it, admins and agents review
    Call("GET /api/ai/calibration", STAFF),
    Call("GET /api/ai/outcomes", STAFF),
    Call("GET /api/ai/panels/outcomes", STAFF),
    Call("PUT /api/ai/calibration/pin", "admin", lambda names: {"calibrator_id": names["calibrator"]}, refers=True),
    Call("DELETE /api/ai/calibration/pin", "admin", silent=True),
    Call("GET /api/ai/reviews", STAFF),
    Call("PUT /api/ai/decisions/{decision_id:int}/review", "admin agent", lambda names: {"verdict": "reject", "reason": "wrong"}),
    # what it could not answer: staff reads it as far as they see the conversations
    Call("GET /api/ai/gaps", STAFF),
    Call("POST /api/ai/gaps/find", STAFF),
    Call("POST /api/ai/gaps/{gap_id:int}/article", "admin user"),
    Call("POST /api/ai/gaps/{gap_id:int}/assign", "admin agent", lambda names: {"article_id": names["article"]}, refers=True),
    Call("POST /api/ai/gaps/{gap_id:int}/dismiss", "admin agent"),
    Call("POST /api/ai/gaps/{gap_id:int}/reopen", "admin agent"),
    # changes of articles that reviews propose, and questions that must hold: who writes knowledge decides
    Call("GET /api/ai/proposals", STAFF),
    Call("POST /api/ai/proposals/{proposal_id:int}/accept", "admin user", lambda names: {"version": 1, "text": "We open at ten."}, fresh="proposal"),
    Call("POST /api/ai/proposals/{proposal_id:int}/dismiss", "admin user", fresh="proposal"),
    Call("GET /api/ai/checks", STAFF),
    Call("POST /api/ai/checks", "admin user", lambda names: {"question": "When?", "expects": "answer", "article_id": names["article"]}, refers=True),
    Call("DELETE /api/ai/checks/{check_id:int}", "admin user", fresh="check"),
    Call("POST /api/ai/checks/run", "admin user"),
    Call("POST /api/ai/checks/stop", "admin user"),
    # trying changes on past questions: who writes knowledge does, staff reads
    Call("GET /api/ai/replay/threshold", STAFF, query="?value=0.5"),
    Call("GET /api/ai/replay/runs", STAFF),
    Call("POST /api/ai/replay/runs", "admin user", lambda names: {"article_id": names["article"]}, refers=True),
    Call("GET /api/ai/replay/runs/{replay_id:int}/cases", STAFF, fresh="replay"),
    Call("POST /api/ai/replay/runs/{replay_id:int}/stop", "admin user", fresh="replay"),
    Call("POST /api/ai/replay/runs/{replay_id:int}/resume", "admin user", fresh="replay"),
    Call("GET /api/ai/replay/writing", "admin"),
    Call("POST /api/ai/replay/writing", "admin", lambda names: {"name": "openai:tiny", "key": "another"}),
    # changes that a module's tool would make: all staff sees them, the tool says who may decide
    Call(f"GET {CONVERSATION}/tool-calls", STAFF),
    Call("POST /api/ai/tool-calls/{call_id:int}/approve", STAFF),
    Call("POST /api/ai/tool-calls/{call_id:int}/reject", STAFF),
    Call(f"POST {CONVERSATION}/assign", STAFF, lambda names: {"assignee_id": names["member"], "team_id": names["team"]}, refers=True),
    Call(f"POST {CONVERSATION}/priority", STAFF, lambda names: {"priority": "high"}),
    Call(f"POST {CONVERSATION}/tags", STAFF, lambda names: {"add": ["late"]}),
    Call(f"POST {CONVERSATION}/subject", STAFF, lambda names: {"subject": "A lamp"}),
    Call(f"POST {CONVERSATION}/snooze", STAFF, lambda names: {"wait_s": 3600}, fresh="conversation"),
    Call(f"POST {CONVERSATION}/wake", STAFF, fresh="conversation"),
    Call(f"POST {CONVERSATION}/resolve", STAFF, fresh="conversation"),
    Call(f"POST {CONVERSATION}/reopen", STAFF, fresh="conversation"),
    Call(f"POST {CONVERSATION}/close", STAFF, fresh="conversation"),
    Call(f"POST {CONVERSATION}/takeover", STAFF, fresh="conversation"),
    Call(f"POST {CONVERSATION}/handback", STAFF, fresh="conversation"),
    Call(f"POST {CONVERSATION}/read", STAFF, lambda names: {"seq": 1}),
    Call(f"POST {CONVERSATION}/reply", STAFF, say()),
    Call(f"POST {CONVERSATION}/note", STAFF, say()),
    Call("POST /api/conversations/start", STAFF, lambda names: say(contact_id=names["contact"], inbox_id=names["inbox"])(names), refers=True),
    Call("POST /api/files", STAFF, lambda names: b"bytes", query="?name=a.txt"),
    # contacts: all staff reads and writes
    Call("GET /api/contacts", STAFF),
    Call("POST /api/contacts", STAFF, lambda names: {"first_name": "Ida"}),
    Call("GET /api/contacts/{contact_id:int}", STAFF),
    Call("PATCH /api/contacts/{contact_id:int}", STAFF, lambda names: {"last_name": "Ash"}),
    Call("DELETE /api/contacts/{contact_id:int}", STAFF, fresh="contact"),
    # segments and lists: admin and user write, agents have no part in them
    Call("GET /api/segments", "admin user"),
    Call("GET /api/segments/fields", "admin user"),
    Call("POST /api/segments", "admin user", lambda names: {"name": client_id(), "tree": {"segment": names["segment"]}}, refers=True),
    Call("POST /api/segments/count", "admin user", lambda names: {"tree": {"segment": names["segment"]}}, refers=True),
    Call("POST /api/segments/preview", "admin user", lambda names: {"tree": {"not": {"segment": names["segment"]}}}, refers=True),
    Call("POST /api/segments/explain", "admin user", lambda names: {"tree": {"all": []}, "contact_id": names["contact"]}, refers=True),
    Call(f"GET {SEGMENT}", "admin user"),
    Call(f"PATCH {SEGMENT}", "admin user", lambda names: {"version": 1, "description": "Here"}, fresh="segment"),
    Call(f"DELETE {SEGMENT}", "admin user", fresh="segment"),
    Call(f"GET {SEGMENT}/count", "admin user"),
    Call(f"GET {SEGMENT}/contacts", "admin user"),
    Call(f"GET {SEGMENT}/contacts/{{contact_id:int}}", "admin user"),
    Call(f"POST {SEGMENT}/members", "admin user", lambda names: {"add": [names["contact"]]}, refers=True),
    Call(f"POST {SEGMENT}/import", "admin user", lambda names: b"email\n", query="?dry_run=false"),
    # knowledge: admin and user write, agents read
    Call("GET /api/search/conversations", STAFF, query="?q=lamp"),
    Call("GET /api/ai/search", STAFF),
    Call("GET /api/conversations/{conversation_id:int}/suggestion", STAFF),
    Call("GET /api/copilot", STAFF),
    Call("GET /api/copilot/articles", STAFF, query="?q=lamp"),
    Call("GET /api/copilot/{request_id:int}", STAFF),
    Call("POST /api/conversations/{conversation_id:int}/copilot", STAFF, lambda names: {"kind": "tags"}),
    Call("POST /api/ai/decisions/{decision_id:int}/send", STAFF, say()),
    Call("GET /api/articles", STAFF),
    Call("GET /api/articles/{article_id:int}", STAFF),
    Call("POST /api/articles", "admin user", lambda names: {"title": "Returns"}),
    Call("PATCH /api/articles/{article_id:int}", "admin user", lambda names: {"version": names.get("article_version", 2)}, fresh="article"),
    Call("DELETE /api/articles/{article_id:int}", "admin user", fresh="article"),
    Call("POST /api/articles/{article_id:int}/publish", "admin user", fresh="article"),
    Call("POST /api/articles/{article_id:int}/withdraw", "admin user", fresh="article"),
    Call("GET /api/articles/{article_id:int}/versions", "admin user"),
    Call("GET /api/articles/{article_id:int}/versions/{version:int}", "admin user"),
    Call(
        "POST /api/articles/{article_id:int}/versions/{version:int}/restore", "admin user",
        lambda names: {"version": names.get("article_version", 2)}, fresh="article",
    ),
    Call("GET /api/articles/{article_id:int}/questions", STAFF),
    Call("POST /api/articles/{article_id:int}/questions", "admin user", lambda names: {"text": "What do I owe?"}),
    Call(
        "PUT /api/articles/{article_id:int}/questions/{question_id:int}", "admin user",
        lambda names: {"text": "What do you charge?"}, fresh="question",
    ),
    Call("DELETE /api/articles/{article_id:int}/questions/{question_id:int}", "admin user", fresh="question"),
    Call("GET /api/articles/categories", STAFF),
    Call("POST /api/articles/categories/rename", "admin user", lambda names: {"category": "Nothing has it", "into": ""}),
    Call("GET /api/sources", STAFF),
    Call("POST /api/sources/websites", "admin user", lambda names: {"address": f"https://{client_id().lower()}.invalid/".replace("_", "x")}),
    Call("POST /api/sources/files", "admin user", lambda names: b"A fee of nothing.", query="?name=fees.txt"),
    Call("POST /api/sources/{source_id:int}/read", "admin user", fresh="source"),
    Call("POST /api/sources/{source_id:int}/stop", "admin user", fresh="source"),
    Call("PATCH /api/sources/{source_id:int}", "admin user", lambda names: {"category": "Manuals"}, fresh="source"),
    Call("DELETE /api/sources/{source_id:int}", "admin user", fresh="source"),
    # mail templates: admins and users
    Call("GET /api/templates", "admin user"),
    Call("POST /api/templates", "admin user", lambda names: {"name": "Welcome"}),
    Call("GET /api/templates/fields", "admin user"),
    Call("POST /api/templates/preview", "admin user", lambda names: {"content": {}, "contact_id": names["contact"]}, refers=True),
    Call("POST /api/templates/check", "admin user", lambda names: {"subject": "Hello"}),
    Call(f"GET {TEMPLATE}", "admin user"),
    Call(f"PATCH {TEMPLATE}", "admin user", lambda names: {"version": 1, "subject": "Hello"}, fresh="template"),
    Call(f"DELETE {TEMPLATE}", "admin user", fresh="template"),
    Call(f"GET {TEMPLATE}/preview", "admin user"),
    Call(f"GET {TEMPLATE}/hints", "admin user"),
    Call(f"GET {TEMPLATE}/versions", "admin user"),
    Call(f"GET {TEMPLATE}/versions/{{version:int}}", "admin user"),
    Call(f"POST {TEMPLATE}/versions/{{version:int}}/restore", "admin user", lambda names: {"version": 1}, fresh="template"),
    Call(f"POST {TEMPLATE}/test", "admin user", lambda names: {"inbox_id": names["sending_inbox"]}, refers=True),
    # the AI agent's language model, with its key and its cost: admin alone
    Call("GET /api/ai/training", "admin"),
    Call("PUT /api/ai/training", "admin", lambda names: {"allowed": True}),
    Call("PUT /api/ai/training/objections/{contact_id:int}", STAFF),
    Call("DELETE /api/ai/training/objections/{contact_id:int}", "admin", fresh="objection"),
    Call("GET /api/ai/export", "admin"),
    Call("GET /api/ai/fine-tuning", "admin"),
    Call("PUT /api/ai/fine-tuning", "admin", lambda names: {"base_model": "tiny"}),
    Call("POST /api/ai/fine-tuning/start", "admin"),
    Call("POST /api/ai/fine-tuning/{run_id:int}/cancel", "admin"),
    Call("POST /api/ai/fine-tuning/{run_id:int}/choose", "admin"),
    Call("GET /api/ai/model", "admin"),
    Call("PUT /api/ai/model", "admin", lambda names: {"name": "openai:tiny", "base_url": "https://llm.example/v1", "key": "sk-1"}),
    Call("POST /api/ai/model/try", "admin"),
    Call("GET /api/ai/usage", "admin", query="?days=7"),
    # topics, consent and suppression belong to marketing: admins and users
    Call("GET /api/topics", "admin user"),
    Call("POST /api/topics", "admin user", lambda names: {"name": f"News {client_id()}", "inbox_id": names["email_inbox"]}, refers=True),
    Call("PATCH /api/topics/{topic_id:int}", "admin user", lambda names: {"description": "Twice a year"}),
    Call("GET /api/contacts/{contact_id:int}/consents", "admin user"),
    Call(
        "PUT /api/contacts/{contact_id:int}/consents/{topic_id:int}", "admin user",
        lambda names: {"state": "unsubscribed", "note": "Said so on the phone"},
    ),
    Call("GET /api/suppressions", "admin user"),
    Call("POST /api/suppressions", "admin user", lambda names: {"address": an_address(), "why": "Asked us to"}),
    Call("POST /api/suppressions/import", "admin user", lambda names: {"rows": [{"address": an_address()}], "dry_run": False}),
    Call(
        "POST /api/suppressions/{suppression_id:int}/remove", "admin user", lambda names: {"why": "It was a mistake"}, fresh="suppression",
    ),
    # analytics: all staff reads (agents their own figures)
    Call("GET /api/panels", STAFF),
    Call("GET /api/analytics/overview", STAFF),
    Call("GET /api/analytics/panels/contact", STAFF, query="?contact_id={contact}"),
    Call("GET /api/analytics/panels/days", STAFF),
    Call("GET /api/dashboard/stats", STAFF),
    Call("GET /api/dashboard/recent-activity", STAFF),
    # connected shops: admin writes, users read; orders: all staff reads
    Call("GET /api/integrations", "admin user"),
    Call("POST /api/integrations", "admin", lambda names: {"platform": "custom", "shop": f"{client_id()}.example", "name": "Shop"}),
    Call("GET /api/integrations/{integration_id:int}", "admin user"),
    Call("POST /api/integrations/begin", "admin", lambda names: {"platform": "woocommerce", "shop": "https://shop.example", "name": "Shop"}),
    Call("GET /api/integrations/shopify/callback", "admin"),
    Call("POST /api/integrations/{integration_id:int}/sync", "admin"),
    Call("POST /api/integrations/{integration_id:int}/rotate", "admin", fresh="integration"),
    Call("DELETE /api/integrations/{integration_id:int}", "admin", fresh="integration"),
    Call("GET /api/integrations/{integration_id:int}/deliveries", "admin"),
    Call("GET /api/orders", STAFF),
    Call("GET /api/orders/{order_id:int}", STAFF),
    Call("GET /api/orders/{order_id:int}/actions", STAFF),
    Call("POST /api/orders/{order_id:int}/actions", STAFF, lambda names: {"client_id": client_id(), "kind": "refund"}),
    Call("POST /api/order-actions/{order_action_id:int}/approve", "admin"),
    Call("POST /api/order-actions/{order_action_id:int}/reject", "admin"),
    Call("POST /api/order-actions/{order_action_id:int}/again", "admin"),
    Call("PUT /api/integrations/{integration_id:int}/limits", "admin", lambda names: {"refund_limit": "20.00", "staff_may_cancel": True}),
    Call("GET /api/commerce/panels/contact", STAFF, query="?contact_id={contact}"),
    # workflows: who markets writes and reads them
    Call("GET /api/workflows", "admin user"),
    Call("POST /api/workflows", "admin user", lambda names: {"name": "Care", "definition": {"steps": []}}),
    Call("GET /api/workflows/parts", "admin user"),
    Call("POST /api/workflows/validate", "admin user", lambda names: {"definition": {"steps": []}}),
    Call("POST /api/workflows/signals", "admin user", lambda names: {"contact_id": names["contact"], "name": "signed_up"}, refers=True),
    Call("GET /api/workflows/contacts/{contact_id:int}", "admin user"),
    Call("GET /api/workflows/enrollments/{enrollment_id:int}", "admin user"),
    Call("POST /api/workflows/enrollments/{enrollment_id:int}/exit", "admin user", fresh="enrollment"),
    Call("GET /api/workflows/{workflow_id:int}", "admin user"),
    Call("PATCH /api/workflows/{workflow_id:int}", "admin user", lambda names: {"revision": 1, "name": "Other"}, fresh="workflow"),
    Call("GET /api/workflows/{workflow_id:int}/versions/{number:int}", "admin user"),
    Call("GET /api/workflows/{workflow_id:int}/publish", "admin user"),
    Call("POST /api/workflows/{workflow_id:int}/publish", "admin user", lambda names: {"revision": 1, "default": "pin"}, fresh="workflow"),
    Call("POST /api/workflows/{workflow_id:int}/activate", "admin user", fresh="workflow"),
    Call("POST /api/workflows/{workflow_id:int}/pause", "admin user", fresh="workflow"),
    Call("GET /api/workflows/{workflow_id:int}/resume", "admin user", fresh="paused_workflow"),
    Call("POST /api/workflows/{workflow_id:int}/resume", "admin user", lambda names: {"overdue": "shift"}, fresh="paused_workflow"),
    Call(
        "POST /api/workflows/{workflow_id:int}/enroll", "admin user",
        lambda names: {"contact_id": names["contact"], "client_id": client_id()}, refers=True,
    ),
    Call("GET /api/workflows/{workflow_id:int}/enrollments", "admin user"),
    # a visitor: his own thread
    Call(f"GET {WIDGET}/conversations", "visitor"),
    Call(f"GET {THREAD}/messages", "visitor"),
    Call(f"POST {THREAD}/read", "visitor", lambda names: {"seq": 1}),
    Call(f"POST {THREAD}/handoff", "visitor", lambda names: {"client_id": client_id()}),
    Call(f"POST {WIDGET}/messages", "visitor", lambda names: say(conversation=names["token"])(names), refers=True),
    Call(f"POST {WIDGET}/files", "visitor", lambda names: b"bytes", query="?name=a.txt"),
    Call(f"PATCH {WIDGET}/contact", "visitor", lambda names: {"first_name": "Ida"}),
    # public
    Call("POST /api/auth/signup", "anybody", lambda names: SIGN_UP | {"email": an_address()}),
    Call("POST /api/auth/login", "anybody", lambda names: {"email": names["member_email"], "password": "not this one"}),
    Call(f"POST {WIDGET}/session", "anybody", lambda names: {}),
    Call(f"GET {WIDGET}/articles", "anybody", query="?q=fees"),
    Call(WIDGET.join(["GET ", "/articles/{slug:str}"]), "anybody"),
    Call("GET /files/{token:str}", "anybody"),
    Call("GET /mail/stop/{stop:str}", "anybody"),
    Call("POST /mail/stop/{stop:str}", "anybody"),
    Call("GET /mail/confirm/{confirm:str}", "anybody"),
    Call("POST /mail/confirm/{confirm:str}", "anybody"),
    Call("GET /mail/unsubscribe/{unsubscribe:str}", "anybody"),
    Call("POST /mail/unsubscribe/{unsubscribe:str}", "anybody"),
    Call("GET /mail/preferences/{preferences:str}", "anybody"),
    Call("POST /mail/preferences/{preferences:str}", "anybody", lambda names: f"topic={names['news']}".encode()),
    Call("GET /mail/subscribe/{form:str}", "anybody"),
    Call("POST /mail/subscribe/{form:str}", "anybody", lambda names: b"email=reader%40example.org"),
    Call("POST /inbound/email", "anybody", lambda names: b"Subject: unsigned"),
    Call("POST /webhooks/{platform:str}/{event:str}", "anybody", lambda names: b"{}"),
    Call("POST /connect/woocommerce", "anybody", lambda names: b"{}"),
    Call("GET /health/live", "anybody"),
    Call("GET /health/ready", "anybody"),
]  # fmt: skip

BY_ROUTE = {call.route: call for call in CALLS}

ELSEWHERE = {
    "WEBSOCKET /ws": "test_sockets.py",
    "GET /mail-images/{organization_id:int}/{message_id:int}/{until:int}/{signature:str}": "signed for one image: tests/mail/test_images.py",
    **dict.fromkeys(
        (f"{method} /mail/{page}/{{signature:str}}" for page in ("click", "open") for method in ("GET", "HEAD")),
        "signed for one link or image of one mail: tests/mailing/test_tracking.py",
    ),
    "GET /api/realtime/stats": "counts of one process, for programs on its own machine: tests/realtime/test_protocol.py",
    **dict.fromkeys(
        ("GET /", "GET /app", "GET /app/assets/{name:str}", "GET /app/{page:path}", "GET /chat/{name:str}", "GET /demo", "GET /favicon.ico",
         "GET /widget.js", "GET /schema", "GET /schema/openapi.json", "GET /schema/asyncapi.json", "GET /schema/{path:str}"),
        "files for browsers, and the description of the API: they read no rows (but the demo page its own key)",
    ),
}  # fmt: skip
"""Routes that stand in no matrix, and why."""
