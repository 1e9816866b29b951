"""Images from elsewhere: nothing is asked for before somebody wants it, then by our server alone, and nothing but pictures comes through."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest

from core import egress
from core.access import Actor
from core.app import create_app
from core.auth.limits import Buckets
from core.channels.email import images, reading
from core.channels.email.structs import ImagesInput
from core.database import pool
from core.errors import NotFound
from core.extend import registry
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.settings import Settings
from tests.core.websites import Website, a_website, answer
from tests.factories import a_member, an_organization
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.test_threads import Came
from tests.mail.test_understanding import a_letter, whole

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
SOURCE = re.compile(r'src="(/mail-images/[^"]+)"')


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Website]:
    monkeypatch.setattr(images, "settings", lambda: Settings(mail_image_networks=("127.0.0.0/8",)))
    async with a_website() as site:
        site.pages["/a.png"] = answer(PNG, content_type="image/svg+xml", set_cookie="who=ida")
        yield site


@pytest.fixture
async def http(connected: Any) -> AsyncIterator[httpx.AsyncClient]:
    del connected
    transport = httpx.ASGITransport(create_app(list(registry.installed().values())))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield http


async def a_mail_with(mailbox: Mailbox, *addresses: str) -> Came:
    letter = a_letter(mailbox)
    letter.replace_header("Message-ID", f"<{time.monotonic_ns()}@example.org>")
    letter.add_alternative("".join(f'<img alt="a" src="{one}">' for one in addresses), subtype="html")
    return await whole(mailbox, letter.as_bytes())


async def sources(actor: Actor, mail: Came, *, asked: bool = True) -> list[str]:
    """Where the page of a mail loads images from."""
    page = (await reading.whole(actor, mail.message_id or 0, with_images=asked)).page
    return [unescape(found) for found in SOURCE.findall(page)]


async def test_an_image_is_fetched_by_our_server_once_and_only_when_somebody_asks(
    mailbox: Mailbox, site: Website, http: httpx.AsyncClient
) -> None:
    told: dict[str, str] = {}
    site.pages["/a.png"] = lambda headers: told.update(headers) or answer(PNG, content_type="image/svg+xml", set_cookie="who=ida")
    mail = await a_mail_with(mailbox, site.at("/a.png"))
    assert await sources(mailbox.admin, mail, asked=False) == []
    [source] = await sources(mailbox.admin, mail)
    assert site.asked == []
    for _ in range(2):
        found = await http.get(source)
        assert (found.status_code, found.content) == (200, PNG)
    assert site.asked == ["/a.png"]
    assert {"cookie", "referer", "authorization"}.isdisjoint(told)
    assert found.headers["content-type"] == "image/png"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert found.headers["cache-control"].startswith("private")
    assert "set-cookie" not in found.headers


async def test_only_what_was_signed_is_fetched(mailbox: Mailbox, site: Website, http: httpx.AsyncClient) -> None:
    mail, other = [await a_mail_with(mailbox, site.at("/a.png")) for _ in range(2)]
    stranger = await a_mailbox()
    [source] = await sources(mailbox.admin, mail)
    organization_id, message_id, until, signature = source.partition("?")[0].split("/")[2:]
    query = source.partition("?")[2]
    forged = [
        f"/mail-images/{stranger.admin.organization_id}/{message_id}/{until}/{signature}?{query}",
        f"/mail-images/{organization_id}/{other.message_id}/{until}/{signature}?{query}",
        f"/mail-images/{organization_id}/{message_id}/{int(until) + 1}/{signature}?{query}",
        f"/mail-images/{organization_id}/{message_id}/{until}/{signature[:-1]}x?{query}",
        f"/mail-images/{organization_id}/{message_id}/{until}/%C3%A4?{query}",
        source.replace("a.png", "b.png"),
        f"/mail-images/{2**70}/{message_id}/{until}/{signature}?{query}",
    ]
    for address in forged:
        found = await http.get(address)
        assert (found.status_code, found.headers["content-type"]) == (404, "application/problem+json"), address
    assert (await http.get(source.partition("?")[0])).status_code == 400
    assert site.asked == []


async def test_an_address_is_good_for_two_days_at_most(mailbox: Mailbox, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = await a_mail_with(mailbox, site.at("/a.png"))
    [source] = await sources(mailbox.admin, mail)
    organization_id, message_id, until, signature = source.partition("?")[0].split("/")[2:]
    now = time.time()
    monkeypatch.setattr(images.time, "time", lambda: now + 2 * images.DAY_S)
    with pytest.raises(NotFound):
        await images.served(int(organization_id), int(message_id), int(until), signature, site.at("/a.png"))


ODD = {
    "a vector graphic is a program": answer(
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", content_type="image/png"
    ),
    "a page": answer("<script>alert(1)</script>", content_type="image/png"),
    "nothing": answer(b"", content_type="image/png"),
    "an error with a picture": answer(PNG, 500),
    "too large": answer(PNG + b"\x00" * images.BYTES_MAX),
    "compressed": answer(PNG, content_encoding="gzip"),
    "no answer at all": b"\x00\xff",
    "to a file": answer(b"", 302, location="file:///etc/passwd"),
    "in circles": answer(b"", 302, location="/it"),
    "a drip": b"drip",
}


@pytest.mark.parametrize("name", ODD)
async def test_what_is_no_picture_in_time_and_size_is_not_passed_on(
    mailbox: Mailbox, site: Website, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(images, "TIME_S", 0.5)
    site.pages["/it"] = ODD[name]
    mail = await a_mail_with(mailbox, site.at("/it"))
    [source] = await sources(mailbox.admin, mail)
    for _ in range(2):
        found = await http.get(source)
        assert (found.status_code, found.json()["code"]) == (404, "image_unavailable")
    assert len(site.asked) <= 6, "what could not be had is not asked for again at once"


async def test_a_mail_of_slow_images_keeps_nobody_waiting_for_all_of_them(
    mailbox: Mailbox, site: Website, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "TIME_S", 0.3)
    paths = [f"/slow-{number}" for number in range(60)]
    site.pages |= dict.fromkeys(paths, b"drip")
    found = await sources(mailbox.admin, await a_mail_with(mailbox, *map(site.at, paths)))
    answers = await asyncio.gather(*map(http.get, found))
    assert {answer.status_code for answer in answers} == {404}
    assert 1 <= len(site.asked) < images.LATE_MOST + images.AT_ONCE
    [other] = await sources(mailbox.admin, await a_mail_with(mailbox, site.at("/a.png")))
    assert (await http.get(other)).status_code == 200


async def test_no_address_reaches_into_our_own_network(mailbox: Mailbox, http: httpx.AsyncClient) -> None:
    inner = [
        "http://127.0.0.1:1/a",
        "http://localhost/a",
        "http://169.254.169.254/latest",
        "https://[::1]/a",
        "http://[::ffff:10.0.0.1]/a",
    ]
    odd = ["http://a:b:c/", "https://[fe80::1%25eth0]/a", "https://xn--/", "http://example.org:99999/a", "https://\u2488.example/"]
    mail = await a_mail_with(mailbox, *inner, *odd)
    found = await sources(mailbox.admin, mail)
    assert len(found) >= len(inner)
    for source in found:
        assert (await http.get(source)).json()["code"] == "image_unavailable", source


async def test_what_the_operator_allows_admins_to_reach_no_stranger_reaches(
    mailbox: Mailbox, site: Website, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "settings", Settings)
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    [source] = await sources(mailbox.admin, await a_mail_with(mailbox, site.at("/a.png")))
    assert (await http.get(source)).json()["code"] == "image_unavailable"
    assert not site.asked


async def test_always_from_this_sender_holds_for_his_address_alone(mailbox: Mailbox, site: Website) -> None:
    first, second = [await a_mail_with(mailbox, site.at("/a.png")) for _ in range(2)]
    stranger = await a_mailbox()
    elsewhere = await a_mail_with(stranger, site.at("/a.png"))
    for _ in range(2):
        chosen = await images.decide(mailbox.admin, first.message_id or 0, ImagesInput(always=True))
        assert (chosen.address, chosen.always) == ("ida@example.org", True)
    assert await sources(mailbox.admin, second, asked=False) != []
    assert await sources(stranger.admin, elsewhere, asked=False) == []
    await pool().execute("UPDATE message_mails SET is_verified = false WHERE message_id = $1", second.message_id)
    assert await sources(mailbox.admin, second, asked=False) == [], "somebody else may have written under his address"
    await images.decide(mailbox.admin, first.message_id or 0, ImagesInput(always=False))
    assert await sources(mailbox.admin, first, asked=False) == []


async def test_only_who_sees_the_conversation_decides(mailbox: Mailbox) -> None:
    mail = await a_mail_with(mailbox, "https://track.example/a.png")
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(access="members", member_ids=[]))
    for nobody in (await a_member(mailbox.admin), await an_organization()):
        with pytest.raises(NotFound):
            await images.decide(nobody, mail.message_id or 0, ImagesInput(always=True))
    assert not await pool().fetchval(
        "SELECT count(*) FROM email_image_senders WHERE organization_id = $1", mailbox.admin.organization_id
    )


async def test_what_is_kept_is_bounded(
    mailbox: Mailbox, site: Website, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "KEPT_BYTES", 3 * images.ROW_BYTES)
    paths = [f"/{number}.png" for number in range(6)]
    site.pages |= dict.fromkeys(paths, answer(PNG))
    mail = await a_mail_with(mailbox, *map(site.at, paths))
    for source in await sources(mailbox.admin, mail):
        assert (await http.get(source)).status_code == 200
    count = "SELECT count(*) FROM email_images WHERE organization_id = $1"
    assert await pool().fetchval(count, mailbox.admin.organization_id) == 3
    await pool().execute(
        "UPDATE email_images SET fetched_at = now() - interval '8 days' WHERE organization_id = $1", mailbox.admin.organization_id
    )
    site.asked.clear()
    await http.get((await sources(mailbox.admin, mail))[-1])
    assert site.asked == paths[-1:]
    assert await pool().fetchval(count, mailbox.admin.organization_id) == 1


async def test_who_asks_for_too_many_is_told_to_wait(
    mailbox: Mailbox, site: Website, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "_limits", Buckets(4))
    [source] = await sources(mailbox.admin, await a_mail_with(mailbox, site.at("/a.png")))
    assert [(await http.get(source)).status_code for _ in range(3)] == [200, 200, 429]


async def test_images_of_a_mail_that_is_gone_are_gone(mailbox: Mailbox, site: Website, http: httpx.AsyncClient) -> None:
    mail = await a_mail_with(mailbox, site.at("/a.png"))
    [source] = await sources(mailbox.admin, mail)
    assert (await http.get(source)).status_code == 200
    await pool().execute("DELETE FROM message_mails WHERE message_id = $1", mail.message_id)
    assert (await http.get(source)).status_code == 404
