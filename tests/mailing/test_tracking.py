"""Opens and clicks: all are kept, with what they are taken for; and no link of ours leads where we did not send it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from core.auth import limits
from core.auth.limits import VisitorLimits
from core.contacts.addresses import digest
from core.contacts.events import ContactDeleted
from core.database import pool
from core.errors import Invalid
from core.mailing import subscribers
from core.mailing.actions import audience, mailings
from core.mailing.tracking import actions, links
from core.mailing.tracking.judging import Evidence, Label, agent_of, label_of
from tests.consent.people import Shop, a_shop, path
from tests.factories import an_address

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLE = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
URL = "https://shop.example/lamps?color=red&utm_source=mail#top"
TOUCHES = "SELECT touch, url, method, agent, label, times, network FROM mailing_touches WHERE send_id = $1 ORDER BY id"
SENT = "UPDATE mailing_sends SET state = 'sent', handed_at = now() - make_interval(secs => $2), settled_at = now() WHERE id = $1"


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def a_mail(shop: Shop, ago_s: int = 3600) -> int:
    mailing = await mailings.begin(shop.admin, "workflow", 1, topic_id=None, mail_kind="transactional")
    send_id = await audience.enlist_one(shop.admin, mailing.id, an_address(), datetime.now(UTC), entry=an_address())
    await pool().execute(SENT, send_id, ago_s)
    return send_id


def a_link(shop: Shop, send_id: int, url: str = URL) -> str:
    return path(links.click(shop.admin.organization_id, send_id, url))


async def touches(send_id: int) -> list[tuple[Any, ...]]:
    return [tuple(row)[:6] for row in await pool().fetch(TOUCHES, send_id)]


async def test_a_click_leads_where_the_mail_said_and_is_kept(shop: Shop) -> None:
    send_id = await a_mail(shop)
    answer = await shop.http.get(a_link(shop, send_id), headers={"User-Agent": FIREFOX})
    assert (answer.status_code, answer.headers["location"], answer.headers["cache-control"]) == (302, URL, "no-store, private")
    assert "set-cookie" not in answer.headers
    assert await touches(send_id) == [("click", URL, "GET", "browser", "human", 1)]
    network = (await pool().fetchrow(TOUCHES, send_id))["network"]
    assert network.startswith("10.")
    assert network.endswith(".0/24")


async def test_no_link_leads_anywhere_else(shop: Shop) -> None:
    send_id, other = await a_mail(shop), await a_mail(shop)
    own = a_link(shop, send_id)
    token = own.partition("?")[0].rpartition("/")[2]
    pixel = path(links.pixel(shop.admin.organization_id, send_id)).rpartition("/")[2]
    wrong = [
        f"/mail/click/{token}?to={quote(target, safe='')}"
        for target in (
            "https://evil.example/",
            URL + "x",
            "javascript:alert(1)",
            "//evil.example",
            "",
            "https://a\r\nSet-Cookie: x",
        )
    ]
    wrong += [own.replace(token, pixel), own.replace(token, "x"), f"/mail/click/{token}", own.replace(token, token[:-3] + "AAA")]
    for address in wrong:
        answer = await shop.http.get(address)
        assert answer.status_code in {400, 404}, address
        assert "location" not in answer.headers
    assert await touches(send_id) == await touches(other) == []
    for url in (
        "javascript:alert(1)",
        "ftp://x",
        "https://ü.example",
        "https://x y",
        "https://x/" + "x" * 2000,
        "mailto:a@b.example",
    ):
        with pytest.raises(Invalid):
            links.click(1, 1, url)


async def test_opening_is_told_by_an_image(shop: Shop) -> None:
    send_id = await a_mail(shop)
    page = path(links.pixel(shop.admin.organization_id, send_id))
    for agent in (FIREFOX, GOOGLE, "Mozilla/5.0", ""):
        answer = await shop.http.get(page, headers={"User-Agent": agent})
        assert (answer.status_code, answer.headers["content-type"], answer.content[:6]) == (200, "image/gif", b"GIF89a")
    head = await shop.http.head(page, headers={"User-Agent": FIREFOX})
    assert (head.status_code, head.content) == (200, b"")
    assert [row[2:5] for row in await touches(send_id)] == [
        ("GET", "browser", "human"), ("GET", "image_proxy", "proxy"), ("GET", "privacy_proxy", "proxy"), ("GET", "none", "unknown"),
        ("HEAD", "browser", "bot"),
    ]  # fmt: skip


async def test_a_scanner_that_tries_all_links_is_known_in_the_end(shop: Shop) -> None:
    send_id = await a_mail(shop)
    for number in range(3):
        before = [row[4] for row in await touches(send_id)]
        assert before == ["human"] * number
        await shop.http.get(a_link(shop, send_id, f"https://shop.example/{number}"), headers={"User-Agent": FIREFOX})
    assert [row[4] for row in await touches(send_id)] == ["bot"] * 3
    await pool().execute("UPDATE mailing_touches SET rules = 0, label = 'human' WHERE send_id = $1", send_id)
    assert await actions.relabel(shop.admin) == 3
    assert [row[4] for row in await touches(send_id)] == ["bot"] * 3, "the evidence is kept"


async def test_no_click_is_dropped_and_no_mail_has_rows_without_an_end(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ROWS_MAX", 2)
    send_id = await a_mail(shop)
    for _ in range(5):
        assert (await shop.http.get(a_link(shop, send_id), headers={"User-Agent": FIREFOX})).status_code == 302
    assert [row[5] for row in await touches(send_id)] == [1, 4]


async def test_a_link_leads_on_however_often_it_is_followed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    few = VisitorLimits(1)
    monkeypatch.setattr(limits, "of_visitors", lambda: few)
    send_id = await a_mail(shop)
    for _ in range(15):
        answer = await shop.http.get(a_link(shop, send_id), headers={"User-Agent": FIREFOX})
        assert (answer.status_code, answer.headers["location"]) == (302, URL)
    kept = await touches(send_id)
    assert 10 <= len(kept) < 15, "what comes after is not written down"
    image = await shop.http.get(path(links.pixel(shop.admin.organization_id, send_id)))
    assert (image.status_code, image.content[:6]) == (200, b"GIF89a")


async def test_a_link_leads_on_where_its_mailing_is_gone(shop: Shop) -> None:
    send_id = await a_mail(shop)
    await pool().execute("DELETE FROM mailings WHERE organization_id = $1", shop.admin.organization_id)
    assert (await shop.http.get(a_link(shop, send_id))).status_code == 302
    assert (await shop.http.get(path(links.pixel(shop.admin.organization_id, send_id)))).status_code == 200


async def test_a_forgotten_person_leaves_counts_and_no_traces(shop: Shop) -> None:
    mailing = await mailings.begin(shop.admin, "workflow", 2, topic_id=None, mail_kind="transactional")
    contact, other = await shop.contact(), await shop.contact()
    mails = [
        await audience.enlist_one(shop.admin, mailing.id, one["email"], datetime.now(UTC), contact_id=one["id"])
        for one in (contact, other)
    ]
    for send_id, one in zip(mails, (contact, other), strict=True):
        await shop.http.get(path(links.pixel(shop.admin.organization_id, send_id)))
        await pool().execute("UPDATE mailing_sends SET detail = $2 WHERE id = $1", send_id, f"550 no {one['email']}")
    await shop.ask("DELETE", f"/api/contacts/{contact['id']}", status=204)
    event = ContactDeleted(
        organization_id=shop.admin.organization_id, contact_id=contact["id"], by=shop.admin.ref,
        address_digest=digest(shop.admin.organization_id, contact["email"]),
    )  # fmt: skip
    for _ in range(2):
        await subscribers.forget.function(event)
    sql = "SELECT detail, network FROM mailing_sends s JOIN mailing_touches t ON t.send_id = s.id WHERE s.id = $1"
    assert tuple(await pool().fetchrow(sql, mails[0])) == ("", "")
    assert all(await pool().fetchrow(sql, mails[1]))


AGENTS = {
    FIREFOX: "browser",
    GOOGLE: "image_proxy",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html": "image_proxy",
    "Mozilla/5.0": "privacy_proxy",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": "scanner",
    "Mozilla/5.0 (Windows NT 10.0) BarracudaSentinel (EE)": "scanner",
    "python-requests/2.32": "tool",
    "curl/8.5.0": "tool",
    "": "none",
    " \t": "none",
    "Something Else": "other",
    "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko)": "browser",
}


@pytest.mark.parametrize(("named", "agent"), AGENTS.items())
def test_programs_are_told_apart(named: str, agent: str) -> None:
    assert agent_of(named) == agent


@pytest.mark.parametrize(
    ("evidence", "label"),
    [
        ({"touch": "click", "agent": "browser", "after_s": 3600}, "human"),
        ({"touch": "click", "agent": "browser", "after_s": 3}, "bot"),
        ({"touch": "click", "agent": "browser", "after_s": None}, "human"),
        ({"touch": "click", "agent": "image_proxy", "after_s": 3600}, "bot"),
        ({"touch": "open", "agent": "image_proxy", "after_s": 1}, "proxy"),
        ({"touch": "open", "agent": "browser", "after_s": 1}, "human"),
        ({"touch": "open", "agent": "other", "after_s": 60}, "unknown"),
        ({"touch": "open", "agent": "browser", "after_s": 60, "method": "HEAD"}, "bot"),
        ({"touch": "click", "agent": "browser", "after_s": 3600, "is_burst": True}, "bot"),
    ],
)
def test_evidence_is_judged(evidence: dict[str, Any], label: Label) -> None:
    assert label_of(Evidence(**({"method": "GET"} | evidence))) == label


def test_a_long_name_of_a_program_is_read_at_once() -> None:
    assert agent_of("Mozilla/" * 1_000_000) == "browser"
