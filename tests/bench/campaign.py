"""A campaign that a worker sends to a server that takes everything, with a row for each recipient, beside aiosmtplib alone handing it the same mails.

The clock runs from the release to the last mail that the server has. Each mail is claimed, made of a template (links that tell who follows them, an
image, an address to unsubscribe), marked before it goes and settled after it. aiosmtplib has mails that are made already, keeps as many connections,
and writes nothing down. `api_p95_ratio`: a page of conversations as the inbox asks for it, twenty times a second, while another one as large goes out
and while nothing does; `emails_per_s_beside_people`: how fast it goes then, for a sender takes less while somebody works.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from statistics import quantiles
from typing import Any

import aiosmtplib
import httpx

from core.access import Actor
from core.auth import sessions
from core.channels.email import actions as inboxes
from core.channels.email.bulk.office import LINES
from core.channels.email.bulk.preparing import Preparer, Ready
from core.channels.email.structs import EmailInboxInput
from core.contacts.addresses import digest
from core.database import pool, transaction
from core.mailing.actions import claims, mailings
from core.mailing.structs import MailingView
from core.templates import actions as templates
from core.templates.structs import TemplateInput
from tests.bench import campaign_worker, ground
from tests.bench import templates as letters
from tests.bench.mail_out import sink
from tests.bench.measure import Options, alternate, ratio, spread, watching
from tests.bench.ours import shared_secret
from tests.factories import a_message, an_inbox, an_organization

N, PREBUILT, ASKS_PER_S, IDLE_S = 20_000, 200, 20, 6.0
ADDRESS = "news@example.com"
SOURCES = count(1)
"""A mailing of its own for each round."""
READERS = """
WITH n AS (SELECT * FROM unnest($3::text[], $4::text[]) AS n (email, digest)), k AS (
    INSERT INTO contacts (organization_id, first_name, last_name, email) SELECT $1, 'Ida', 'Ash', n.email FROM n
), a AS (
    INSERT INTO mail_addresses (organization_id, address, digest) SELECT $1, n.email, n.digest FROM n RETURNING id
)
INSERT INTO consents (organization_id, address_id, topic_id, state, source, text_version) SELECT $1, a.id, $2, 'subscribed', 'form', 1 FROM a
"""
TOPIC = "INSERT INTO topics (organization_id, name, opt_in) VALUES ($1, 'News', 'single') RETURNING id"
ENLISTED = """
INSERT INTO mailing_sends (organization_id, mailing_id, contact_id, address_id, state)
SELECT $1, $2, k.id, a.id, 'queued' FROM contacts k JOIN mail_addresses a ON a.organization_id = $1 AND a.address = k.email
WHERE k.organization_id = $1 ORDER BY k.id LIMIT $3
"""
LEFT = "SELECT finished_at IS NULL FROM mailings WHERE id = $1"
YESTERDAY = "UPDATE sessions SET last_seen_at = now() - interval '1 day'"
STATES = "SELECT state, count(*) FROM mailing_sends WHERE mailing_id = $1 GROUP BY state"


async def run(options: Options) -> dict[str, Any]:
    """`--n`: recipients of one round (20,000)."""
    n = options.n or N
    async with sink() as port, ground.database() as urls, ground.connected(urls):
        os.environ["LACASA_SMTP_URL"] = f"smtp+plain://127.0.0.1:{port}"
        from core.settings import settings

        settings.cache_clear()
        campaign_worker.join()
        environment = {"LACASA_SMTP_URL": os.environ["LACASA_SMTP_URL"], **shared_secret()}
        admin, topic_id = await _shop(n)
        prebuilt = await _prebuilt(admin, topic_id)
        stand_ins = {"worker": ["-m", "tests.bench.campaign_worker"]}
        async with ground.stack(urls, environment=environment, seed=False, stand_ins=stand_ins) as stack:
            asking = _Asking(stack.url, admin)
            pids = {"worker": stack.processes["worker"].pid, "postgres": ground.server_pids(urls)["postgres"]}
            used: dict[str, list[float]] = {name: [] for name in pids}
            states: list[dict[str, int]] = []
            beside: list[float] = []
            apart: dict[str, list[float]] = {"idle": [], "sending": []}

            async def worker() -> float:
                mailing = await _mailing(admin, topic_id, n)
                began = time.perf_counter()
                with watching(**pids) as window:
                    await _sending(admin, mailing)
                took_s = time.perf_counter() - began
                for name in pids:
                    used[name].append(window.cpu_s[name])
                states.append({row["state"]: row["count"] for row in await pool().fetch(STATES, mailing.id)})
                return n / took_s

            async def beside_people() -> None:
                apart["idle"].append(await asking.p95_ms(asyncio.sleep(IDLE_S)))
                mailing = await _mailing(admin, topic_id, n)
                began = time.perf_counter()
                apart["sending"].append(await asking.p95_ms(_sending(admin, mailing)))
                beside.append(n / (time.perf_counter() - began))

            contestants: dict[str, Callable[[], Awaitable[float]]] = {
                "worker": worker,
                "smtp_loop": lambda: _looping(port, prebuilt, n),
            }
            await pool().execute(YESTERDAY)
            await _sending(admin, await _mailing(admin, topic_id, 500))  # what is loaded only once
            given = await alternate(options.rounds, contestants)
            for _ in range(options.rounds):
                await beside_people()
            await asking.close()
    return {
        "ratio_smtp_loop": ratio(given["worker"], given["smtp_loop"]),
        "emails_per_s": spread(given["worker"]),
        "emails_per_s_beside_people": spread(beside),
        "smtp_loop_per_s": spread(given["smtp_loop"]),
        "emails_per_worker_cpu_s": spread([n / one for one in used["worker"]]),
        "emails_per_cpu_s": spread([n / sum(both) for both in zip(used["worker"], used["postgres"], strict=True)]),
        "api_p95_ratio": ratio(apart["sending"], apart["idle"]),
        **{f"api_p95_{name}_ms": spread(times) for name, times in apart.items()},
        "states": states,
        "mail_bytes": len(prebuilt[0].stuffed),
        "lines": LINES,
        "n": n,
    }


async def _shop(n: int) -> tuple[Actor, int]:
    admin = await an_organization()
    inbox = await an_inbox(admin, name="Post")
    assert inbox.id == campaign_worker.INBOX
    await inboxes.connect(admin, inbox.id, EmailInboxInput(ADDRESS, "Harbour Lights"))
    content = letters.CONTENT
    template = await templates.create(
        admin, TemplateInput("News", content.subject, content.preheader, content.language, blocks=content.blocks)
    )
    assert template.id == campaign_worker.TEMPLATE
    chat = await an_inbox(admin, name="Chat")
    for _ in range(50):
        await a_message(chat)
    topic_id = await pool().fetchval(TOPIC, admin.organization_id)
    emails = [f"reader{number}@example{number % 50}.org" for number in range(n)]
    await pool().execute(READERS, admin.organization_id, topic_id, emails, [digest(admin.organization_id, one) for one in emails])
    await pool().execute("ANALYZE")
    return admin, topic_id


async def _mailing(admin: Actor, topic_id: int, n: int) -> MailingView:
    mailing = await mailings.begin(admin, campaign_worker.KIND, next(SOURCES), topic_id=topic_id)
    await pool().execute(ENLISTED, admin.organization_id, mailing.id, n)
    return mailing


async def _prebuilt(admin: Actor, topic_id: int) -> Sequence[Ready]:
    mailing = await _mailing(admin, topic_id, PREBUILT)
    claimed = await claims.claim(admin, mailing.id, most=PREBUILT)
    return (await Preparer(admin, mailing).prepared(claimed)).ready


async def _sending(admin: Actor, mailing: MailingView) -> None:
    async with transaction(admin):
        await mailings.release(admin, mailing.id)
    while True:
        if not await pool().fetchval(LEFT, mailing.id):
            return
        await asyncio.sleep(0.05)


async def _looping(port: int, prebuilt: Sequence[Ready], n: int) -> float:
    left = iter(range(n))
    raws = [ready.stuffed.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.") for ready in prebuilt]

    async def one() -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
        await client.connect()
        for number in left:
            at = number % len(raws)
            await client.sendmail(ADDRESS, [prebuilt[at].mail.address], raws[at])
        await client.quit()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(LINES)))
    return n / (time.perf_counter() - began)


class _Asking:
    """Asks for a page of conversations again and again, whether or not the last answer has come."""

    def __init__(self, url: str, admin: Actor) -> None:
        cookie = {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(admin.session_id or 0)}"}
        self._http = httpx.AsyncClient(base_url=url, headers=cookie, timeout=30)

    async def p95_ms(self, meanwhile: Awaitable[None]) -> float:
        """While something else goes on."""
        times: list[float] = []
        done = asyncio.ensure_future(meanwhile)
        asked: list[asyncio.Task[None]] = []
        while not done.done():
            asked.append(asyncio.create_task(self._ask(times)))
            await asyncio.wait([done], timeout=1 / ASKS_PER_S)
        await done
        await asyncio.gather(*asked)
        return 1000 * quantiles(times, n=20)[18]

    async def _ask(self, times: list[float]) -> None:
        began = time.perf_counter()
        answer = await self._http.get("/api/conversations?limit=30")
        assert answer.status_code == 200, answer.text
        times.append(time.perf_counter() - began)

    async def close(self) -> None:
        await self._http.aclose()
