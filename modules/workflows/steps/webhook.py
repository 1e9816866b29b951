"""A request to an address that the workflow names, as JSON. At most one is accepted: whoever takes it can tell by `Idempotency-Key`."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import msgspec

from core import egress, texts
from core.extend.steps import Again, Failed, Go, Outcome, Visit, WorkflowStep
from modules.workflows.saying import say

TIMEOUT_S = 10.0
ANSWER_MAX = 64 * 1024
ATTEMPTS = 5
BUSY = frozenset({429, 503})
TAKEN = frozenset(
    {"host", "content-length", "content-type", "transfer-encoding", "connection", "idempotency-key", "expect", "upgrade", "te"}
)
BODY_MAX = 16 * 1024
HeaderName = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9-]+\Z")]
HeaderValue = Annotated[str, msgspec.Meta(max_length=1000, pattern=r"^[\x20-\x7e]*\Z")]


class WebhookConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`body`: JSON that is sent as `data`, beside the contact and what started the run."""

    url: Annotated[str, msgspec.Meta(min_length=10, max_length=2000, pattern=texts.LINE)]
    headers: Annotated[dict[HeaderName, HeaderValue], msgspec.Meta(max_length=10)] = {}
    body: Any = None


def check(config: WebhookConfig) -> Iterable[tuple[str, str]]:
    try:
        parts = urlsplit(config.url)
        usable = (
            parts.scheme in {"http", "https"}
            and parts.hostname
            and parts.username is None
            and (parts.port is None or parts.port > 0)
        )
        httpx.URL(config.url)
    except (ValueError, httpx.InvalidURL):
        usable = False
    if not usable or not config.url.isascii():
        yield ".url", "Expected an address that begins with https:// or http://, without a name and password"
    for name in config.headers:
        if name.lower() in TAKEN:
            yield f".headers.{name}", "This header is set by the request itself"
    if len(msgspec.json.encode(config.body)) > BODY_MAX:
        yield ".body", f"Expected at most {BODY_MAX // 1024} kB"


async def run(visit: Visit, config: WebhookConfig) -> Outcome:
    later = visit.now + timedelta(seconds=30 * 4 ** (visit.attempt - 1))
    try:
        async with asyncio.timeout(TIMEOUT_S), egress.client(timeout_s=TIMEOUT_S, answer_max=ANSWER_MAX) as client:
            answer = await client.post(
                config.url, content=msgspec.json.encode(_document(visit, config)),
                headers=config.headers | {"content-type": "application/json", "idempotency-key": visit.key},
            )  # fmt: skip
    except (egress.Unknown, httpx.ConnectError, httpx.ConnectTimeout) as error:
        return Again(later, say("unreachable", error=str(error)))  # nothing was sent
    except egress.Refused as error:
        return Failed(str(error)[:300])
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as error:
        return Failed(say("no_answer", error=str(error)), uncertain=True)
    if answer.status_code in BUSY:
        return Again(later, say("answered", status=answer.status_code))
    if not answer.is_success:
        return Failed(say("answered", status=answer.status_code))
    return Go(detail=say("answered", status=answer.status_code))


def _document(visit: Visit, config: WebhookConfig) -> dict[str, Any]:
    return {
        "workflow": {"id": visit.workflow_id, "name": visit.workflow_name},
        "enrollment_id": visit.enrollment_id,
        "step_id": visit.step_id,
        "contact": visit.values.get("contact"),
        "trigger": visit.values.get("trigger"),
        "data": config.body,
    }


step = WorkflowStep(
    name="webhook", title="Webhook", config=WebhookConfig, check=check, run=run, acts=True, outside=True, attempts=ATTEMPTS,
    timeout_s=TIMEOUT_S + 5,
)  # fmt: skip
