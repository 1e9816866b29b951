"""What the owner of an address can do by links that went there, and that opening one does nothing."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.consent import links
from core.database import pool
from tests.consent.people import Shop, a_shop, entries, path
from tests.factories import an_address
from tests.security.rows import digest


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def unsubscribing(shop: Shop, email: str, topic: Any = None) -> str:
    return path(links.unsubscribe(await shop.owner(email), topic and topic["id"]))


async def test_a_double_opt_in_is_confirmed_by_a_button_and_not_by_a_look(shop: Shop) -> None:
    topic, email = await shop.topic(text="I want news."), an_address()
    answer = await shop.http.post(path(topic["form"]), data={"email": f" {email.upper()} "})
    assert answer.status_code == 200
    assert await shop.why_not(email, topic) == "unconfirmed"
    page = await shop.asked(email)
    for _ in range(2):
        looked = await shop.http.get(page)
        assert (looked.status_code, "I want news." in looked.text, email in looked.text) == (200, True, False)
        assert await shop.why_not(email, topic) == "unconfirmed"
    for _ in range(2):
        assert (await shop.http.post(page)).status_code == 200
        assert await shop.why_not(email, topic) is None
    assert [entry[:2] for entry in await entries(shop, email)] == [("pending", "form"), ("subscribed", "confirmation")]
    assert {network for *_, network in await entries(shop, email)} == {
        re.sub(r"\.\d+\Z", ".0/24", str(shop.http._transport.client[0]))
    }


async def test_an_older_wish_cannot_be_confirmed_after_a_no(shop: Shop) -> None:
    topic, email = await shop.topic(), an_address()
    await shop.http.post(path(topic["form"]), data={"email": email})
    page = await shop.asked(email)
    await shop.http.post(await unsubscribing(shop, email, topic))
    assert (await shop.http.post(page)).status_code == 404
    assert await shop.why_not(email, topic) == "opted_out"


@pytest.mark.parametrize("wrong", ["alter", "other", "old", "none"])
async def test_a_link_that_is_none_of_ours_confirms_nothing(shop: Shop, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    topic, email = await shop.topic(), an_address()
    await shop.http.post(path(topic["form"]), data={"email": email})
    page = await shop.asked(email)
    if wrong == "alter":
        page = page[:-2] + ("AA" if not page.endswith("AA") else "BB")
    elif wrong == "other":
        page = path(links.preferences(await shop.owner(email))).replace("preferences", "confirm")
    elif wrong == "old":
        monkeypatch.setattr(links, "CONFIRM_S", -1)
        page = await shop.asked(email)
    else:
        page = "/mail/confirm/x"
    for method in ("GET", "POST"):
        answer = await shop.http.request(method, page)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        told = await shop.http.request(method, page, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "ar"})
        assert (told.status_code, '<html lang="ar" dir="rtl">' in told.text) == (404, True), "people are told in a page"
    assert await shop.why_not(email, topic) == "unconfirmed"


FORMS = [
    {"data": {"List-Unsubscribe": "One-Click"}},
    {"files": {"List-Unsubscribe": (None, "One-Click")}},
    {"content": b""},
    {"content": b"\xff\x00--", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
]


@pytest.mark.parametrize("form", FORMS, ids=["urlencoded", "multipart", "empty", "broken"])
async def test_one_click_needs_no_cookie_and_never_redirects(shop: Shop, form: dict[str, Any]) -> None:
    topic, email = await shop.topic(), an_address()
    await shop.confirmed(email, topic)
    page = await unsubscribing(shop, email, topic)
    del shop.http.headers["Origin"]
    for _ in range(2):
        answer = await shop.http.post(page, **form)
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert await shop.why_not(email, topic) == "opted_out"
    assert [state for state, *_ in await entries(shop, email)] == ["pending", "subscribed", "unsubscribed"]


async def test_looking_at_the_same_address_unsubscribes_nobody(shop: Shop) -> None:
    topic, email = await shop.topic(), an_address()
    await shop.confirmed(email, topic)
    before = await digest(shop.admin.organization_id)
    for named in (topic, None):
        for method in ("GET", "HEAD", "OPTIONS"):
            await shop.http.request(method, await unsubscribing(shop, email, named))
    assert await digest(shop.admin.organization_id) == before


async def test_both_headers_are_made_together_and_the_address_alone_says_all(shop: Shop) -> None:
    link = links.unsubscribe(await shop.owner(an_address()), None)
    assert links.one_click(link) == f"List-Unsubscribe: <{link}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode()
    assert links.one_click("") == b""
    assert "?" not in link


async def test_a_mail_about_nothing_that_can_be_chosen_ends_all_that_advertises(shop: Shop) -> None:
    topic, notices, email = await shop.topic(), await shop.topic(kind="transactional"), an_address()
    contact = await shop.contact(email)
    await shop.confirmed(email, topic)
    assert (await shop.http.post(await unsubscribing(shop, email))).status_code == 200
    assert await shop.why_not(email, topic) == "unsubscribed"
    assert await shop.why_not(email, notices) is None
    assert await shop.why_not(email, kind="transactional") is None
    assert (await shop.ask("GET", f"/api/contacts/{contact['id']}"))["subscription_status"] == "unsubscribed"
    await shop.confirmed(email, topic)
    assert await shop.why_not(email, topic) is None
    assert (await shop.ask("GET", f"/api/contacts/{contact['id']}"))["subscription_status"] == "subscribed"


async def test_people_choose_on_a_page_without_script_or_cookie(shop: Shop) -> None:
    first, second = await shop.topic(description="Once a month"), await shop.topic(opt_in="single")
    hidden, notices, email = await shop.topic(is_public=False), await shop.topic(kind="transactional"), an_address()
    await shop.confirmed(email, first)
    page = path(links.preferences(await shop.owner(email)))
    shown = await shop.http.get(page)
    assert (shown.status_code, "set-cookie" in shown.headers, "<script" in shown.text) == (200, False, False)
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert re.findall(r'value="(\d+)"( checked)?', shown.text) == [
        (str(first["id"]), " checked"), (str(second["id"]), ""), (str(notices["id"]), " checked"),
    ]  # fmt: skip
    saved = await shop.http.post(page, data={"topic": [second["id"], hidden["id"], 999]})
    assert re.findall(r'value="(\d+)" checked', saved.text) == [str(second["id"])]
    assert await shop.why_not(email, first) == "opted_out"
    assert await shop.why_not(email, second) is None
    assert await shop.why_not(email, notices) == "opted_out"
    assert await shop.why_not(email, hidden) == "no_consent"
    await shop.http.post(page, data={"all": "stop"})
    assert await shop.why_not(email, second) == "unsubscribed"
    await shop.http.post(page, data={"topic": [first["id"]]})
    assert (await shop.why_not(email, first), await shop.why_not(email, second)) == (None, "opted_out")


async def test_a_choice_takes_back_no_complaint_and_no_decision_of_staff(shop: Shop) -> None:
    topic, email = await shop.topic(), an_address()
    await shop.ask("POST", "/api/suppressions", {"address": email, "why": "Threatened us"}, 201)
    page = path(links.preferences(await shop.owner(email)))
    saved = await shop.http.post(page, data={"topic": [topic["id"]]})
    assert "held back" in saved.text
    assert await shop.why_not(email, topic) == "manual"


async def test_arabic_is_written_from_the_right(shop: Shop) -> None:
    topic, email = await shop.topic(), an_address()
    await shop.confirmed(email, topic)
    pages = [path(links.preferences(await shop.owner(email))), await unsubscribing(shop, email, topic), path(topic["form"])]
    for page in pages:
        arabic = (await shop.http.get(page, headers={"Accept-Language": "ar"})).text
        assert '<html lang="ar" dir="rtl">' in arabic
        assert 'dir="ltr">' in (await shop.http.get(page, headers={"Accept-Language": "de"})).text
        assert "viewport" in arabic
        assert "color-scheme:light dark" in arabic


async def test_what_a_topic_is_called_is_no_html(shop: Shop) -> None:
    topic, email = await shop.topic(name="<b>News</b> {topic} & {x}", description="<i>", text="<u>"), an_address()
    await shop.confirmed(email, topic)
    owner = await shop.owner(email)
    for link in (links.preferences(owner), links.unsubscribe(owner, topic["id"]), topic["form"]):
        text = (await shop.http.get(path(link))).text
        assert "<b>" not in text
        assert "&lt;b&gt;News&lt;/b&gt; {topic} &amp; {x}" in text


@pytest.mark.parametrize(("accent", "on"), [("#2f6f5e", "#fff"), ("#ffe08a", "#000"), ("#777777", "#000"), ("#000000", "#fff")])
async def test_pages_are_the_organizations_own_and_styled_by_nothing_else(shop: Shop, accent: str, on: str) -> None:
    await shop.ask("PATCH", "/api/organization", {"name": "Lamps & <more>", "accent_color": accent})
    topic = await shop.topic()
    shown = await shop.http.get(path(topic["form"]))
    assert "<bdi>Lamps &amp; &lt;more&gt;</bdi>" in shown.text
    assert f"--accent:{accent};--on-accent:{on}" in shown.text
    [style] = re.findall(r"<style>(.*?)</style>", shown.text)
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = shown.headers["content-security-policy"]
    assert f"style-src 'sha256-{known}';" in policy
    assert "unsafe" not in policy


async def test_a_form_on_another_website_signs_up_too(shop: Shop) -> None:
    topic, email = await shop.topic(opt_in="single"), an_address()
    answer = await shop.http.post(path(topic["form"]), data={"email": email}, headers={"Origin": "https://shop.example"})
    assert answer.status_code == 200
    assert await shop.why_not(email, topic) is None


async def test_the_form_tells_nobody_who_is_known(shop: Shop) -> None:
    topic, email = await shop.topic(), an_address()
    first = await shop.http.post(path(topic["form"]), data={"email": email})
    await shop.http.post(await shop.asked(email))
    assert (await shop.http.post(path(topic["form"]), data={"email": email})).text == first.text
    assert await shop.why_not(email, topic) is None
    wrong = await shop.http.post(path(topic["form"]), data={"email": "no address <x>"})
    assert (wrong.status_code, 'role="alert"' in wrong.text, "<x>" in wrong.text) == (200, True, False)


async def test_a_strangers_address_is_asked_three_times_a_day_and_no_more(shop: Shop) -> None:
    topic, other, email = await shop.topic(), await shop.topic(), an_address()
    for page in [topic["form"], other["form"]] * 3:
        assert (await shop.http.post(path(page), data={"email": email})).status_code == 200
    assert [state for state, *_ in await entries(shop, email)] == ["pending"] * 3


async def test_who_said_no_is_asked_before_anybody_else_puts_him_on_again(shop: Shop) -> None:
    topic, email = await shop.topic(opt_in="single"), an_address()
    await shop.http.post(path(topic["form"]), data={"email": email})
    assert await shop.why_not(email, topic) is None
    await shop.http.post(await unsubscribing(shop, email, topic))
    await shop.http.post(path(topic["form"]), data={"email": email})
    assert await shop.why_not(email, topic) == "unconfirmed"
    await shop.http.post(await shop.asked(email))
    assert await shop.why_not(email, topic) is None


async def test_too_many_requests_are_told_to_wait(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.auth import limits

    few = limits.VisitorLimits(1)
    monkeypatch.setattr(limits, "of_visitors", lambda: few)
    page = await unsubscribing(shop, an_address())
    answers = [(await shop.http.post(page)).status_code for _ in range(12)]
    assert (answers[0], answers[-1]) == (200, 429)


async def test_a_page_takes_no_form_without_an_end(shop: Shop) -> None:
    page = path(links.preferences(await shop.owner(an_address())))
    answer = await shop.http.post(page, content=b"&".join(b"topic=1" for _ in range(5000)))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


async def test_another_organizations_link_reaches_nothing_here(shop: Shop) -> None:
    async with a_shop() as other:
        topic, email = await shop.topic(), an_address()
        await shop.confirmed(email, topic)
        await other.owner(email)
        await shop.http.post(path(links.unsubscribe(await other.owner(email), topic["id"])))
        assert await shop.why_not(email, topic) is None
        sql = "SELECT count(*) FROM consents WHERE organization_id = $1"
        assert await pool().fetchval(sql, other.admin.organization_id) == 0
