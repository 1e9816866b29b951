"""Templates over HTTP: written, changed, kept, drawn for somebody, and not deleted while something needs them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

import httpx
import pytest

from core.access import Actor
from core.auth import sessions
from core.database import pool
from core.templates.structs import VERSIONS_MAX
from tests.factories import a_contact, a_member, an_organization
from tests.security.conftest import in_process

pytestmark = pytest.mark.usefixtures("connected")
PATH = "/api/templates"
HELLO = {
    "name": "Welcome",
    "subject": "Hello {{ contact.first_name | there }}",
    "blocks": [
        {"type": "heading", "text": "Hello {{contact.firstName | there}}"},
        {
            "type": "text",
            "text": "You have **{{contact.orderCount}}** orders; your size is {{ contact.custom_fields.shoe size | unknown }}.",
        },
        {"type": "footer", "text": "{{ organization.name }}", "address": "1 Quay Street"},
    ],
}


class People(NamedTuple):
    admin: Actor
    http: httpx.AsyncClient
    """As the admin."""
    agent: httpx.AsyncClient
    stranger: httpx.AsyncClient


@pytest.fixture
async def people() -> AsyncIterator[People]:
    admin, other = await an_organization(), await an_organization()
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(in_process()) for _ in range(3)]
        for client, actor in zip(clients, (admin, await a_member(admin, "agent"), other), strict=True):
            client.headers["Cookie"] = f"{sessions.COOKIE}={sessions.cookie_for(actor.session_id or 0)}"
        yield People(admin, *clients)


async def saved(people: People, **changes: Any) -> dict[str, Any]:
    answer = await people.http.post(PATH, json=HELLO | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_template_is_written_changed_and_kept(people: People) -> None:
    first = await saved(people)
    assert (first["version"], first["author_id"], first["style"]["font"]) == (1, people.admin.id, "sans")
    path = f"{PATH}/{first['id']}"
    second = (await people.http.patch(path, json={"version": 1, "subject": "Good day"})).json()
    assert (second["version"], second["subject"], second["blocks"]) == (2, "Good day", first["blocks"])
    same = (await people.http.patch(path, json={"version": 2, "subject": "Good day", "blocks": HELLO["blocks"]})).json()
    assert same == second
    late = await people.http.patch(path, json={"version": 1, "subject": "Late"})
    assert (late.status_code, late.json()["code"], late.json()["version"]) == (409, "newer_version", 2)
    listed = (await people.http.get(f"{path}/versions")).json()
    assert [(one["version"], one["author"], one["restored"]) for one in listed] == [
        (2, people.admin.name, None),
        (1, people.admin.name, None),
    ]
    assert (await people.http.get(f"{path}/versions/1")).json()["subject"] == HELLO["subject"]
    back = (await people.http.post(f"{path}/versions/1/restore", json={"version": 2})).json()
    assert (back["version"], back["subject"]) == (3, HELLO["subject"])
    assert (await people.http.get(f"{path}/versions")).json()[0]["restored"] == 1
    assert (await people.http.get(path)).json() == back


async def test_so_many_versions_are_kept(people: People) -> None:
    template = await saved(people)
    path = f"{PATH}/{template['id']}"
    for number in range(1, VERSIONS_MAX + 3):
        assert (await people.http.patch(path, json={"version": number, "subject": f"Number {number}"})).status_code == 200
    listed = [one["version"] for one in (await people.http.get(f"{path}/versions")).json()]
    assert listed == list(range(VERSIONS_MAX + 3, 2, -1))
    assert (await people.http.get(f"{path}/versions/2")).status_code == 404


async def test_a_list_is_found_and_paged(people: People) -> None:
    for name in ("Welcome", "Farewell", "Well done"):
        await saved(people, name=name, subject=f"About {name}")
    found = (await people.http.get(PATH, params={"limit": 2})).json()
    assert [one["name"] for one in found["items"]] == ["Well done", "Farewell"]
    rest = (await people.http.get(PATH, params={"limit": 2, "cursor": found["next"]})).json()
    assert ([one["name"] for one in rest["items"]], rest["next"]) == (["Welcome"], None)
    assert [one["name"] for one in (await people.http.get(PATH, params={"q": "FAREWELL"})).json()["items"]] == ["Farewell"]
    assert (await people.stranger.get(PATH)).json()["items"] == []


async def test_what_names_nothing_is_refused_with_its_place(people: People) -> None:
    blocks = [
        {"type": "text", "text": "Dear {{ contact.fist_name | you }}"},
        {"type": "button", "label": "Go", "url": "javascript:alert(1)"},
    ]
    answer = await people.http.post(PATH, json=HELLO | {"blocks": blocks, "subject": "{{ contact.first_name"})
    assert (answer.status_code, answer.json()["code"]) == (400, "faulty_template")
    faults = {fault["path"]: fault for fault in answer.json()["faults"]}
    assert set(faults) == {"subject", "blocks[0].text", "blocks[1].url"}
    tag = faults["blocks[0].text"]
    assert (tag["code"], tag["at"], tag["length"], tag["suggestion"]) == ("unknown_tag", 5, 29, "contact.first_name")
    assert (faults["subject"]["code"], faults["blocks[1].url"]["code"]) == ("bad_tag", "bad_link")
    told = (await people.http.post(f"{PATH}/check", json={"subject": "{{ nothing }}"})).json()
    assert [fault["code"] for fault in told["faults"]] == ["unknown_tag"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("{{ contact.first_name }}", "link_needed"),
        ("https://{{ contact.first_name }}/", "bad_link"),
        ("https://shop.example{{ contact.first_name }}", "bad_link"),
        ("{{ contact.first_name }}://shop.example", "bad_link"),
        ("https://a@{{ contact.first_name }}/x", "bad_link"),
        ("mailto:{{ contact.email }}", "bad_link"),
        ("data:text/html,x", "bad_link"),
        ("{{ mail.unsubscribe_url | javascript:alert(1) }}", "bad_link"),
        ("https://shop.example/?{{ contact.custom_fields }}", "unknown_tag"),
        ("https://shop.example/?a={{ contact.email }}", ""),
        ("{{ mail.unsubscribe_url }}", ""),
        ("tel:+46-8-123", ""),
    ],
)
async def test_a_tag_never_says_which_server_is_asked(people: People, url: str, code: str) -> None:
    for blocks in ([{"type": "button", "label": "Go", "url": url}], [{"type": "text", "text": f"[Go]({url})"}]):
        told = (await people.http.post(f"{PATH}/check", json={"blocks": blocks})).json()
        assert [fault["code"] for fault in told["faults"]] == ([code] if code else [])


async def test_a_preview_is_what_a_contact_would_get(people: People) -> None:
    template = await saved(people)
    contact = await a_contact(people.admin, first_name="Åsa <b>", custom_fields={"shoe size": 41})
    for contact_id, name, size in ((None, "Ida", "unknown"), (contact.id, "Åsa <b>", "41")):
        query = {} if contact_id is None else {"contact_id": contact_id}
        shown = (await people.http.get(f"{PATH}/{template['id']}/preview", params=query)).json()
        assert shown["subject"] == f"Hello {name}"
        assert f"your size is {size}." in shown["text"]
        assert shown["size"] == len(shown["html"].encode())
        assert "<b>" not in shown["html"]
        unsaved = {"content": {key: HELLO[key] for key in ("subject", "blocks")}, "contact_id": contact_id}
        assert (await people.http.post(f"{PATH}/preview", json=unsaved)).json() == shown
    assert ("You have **0** orders".replace("*", "")) in shown["text"]
    assert people.admin.organization_id
    assert "Harbour Lights" in shown["text"]
    nobody = await people.http.get(f"{PATH}/{template['id']}/preview", params={"contact_id": contact.id + 1000})
    assert nobody.status_code == 404


async def test_what_is_in_use_is_not_deleted(people: People) -> None:
    template = await saved(people)
    await pool().execute(
        """CREATE TABLE IF NOT EXISTS tests_uses (organization_id bigint NOT NULL, template_id bigint NOT NULL,
           FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id))"""
    )
    try:
        await pool().execute("INSERT INTO tests_uses VALUES ($1, $2)", people.admin.organization_id, template["id"])
        refused = await people.http.delete(f"{PATH}/{template['id']}")
        assert (refused.status_code, refused.json()["code"]) == (409, "template_in_use")
        assert (await people.http.get(f"{PATH}/{template['id']}")).json() == template
    finally:
        await pool().execute("DROP TABLE tests_uses")
    assert (await people.http.delete(f"{PATH}/{template['id']}")).status_code == 204
    assert (await people.http.get(f"{PATH}/{template['id']}")).status_code == 404
    assert not await pool().fetchval("SELECT count(*) FROM template_versions WHERE template_id = $1", template["id"])


async def test_agents_have_nothing_to_do_with_templates(people: People) -> None:
    template = await saved(people)
    for path in (
        PATH,
        f"{PATH}/fields",
        f"{PATH}/{template['id']}",
        f"{PATH}/{template['id']}/preview",
        f"{PATH}/{template['id']}/versions",
    ):
        assert (await people.agent.get(path)).status_code == 403
        assert (await people.stranger.get(path)).status_code == (200 if path in (PATH, f"{PATH}/fields") else 404)


async def test_a_template_has_an_end(people: People) -> None:
    blocks = [{"type": "text", "text": "a" * 10_000}] * 27
    answer = await people.http.post(PATH, json=HELLO | {"blocks": blocks})
    assert (answer.status_code, answer.json()["code"]) == (400, "template_too_large")


async def test_fields_are_listed_with_what_they_are(people: People) -> None:
    listed = {one["name"]: one["kind"] for one in (await people.http.get(f"{PATH}/fields")).json()}
    assert listed["contact.first_name"] == "text"
    assert (listed["mail.unsubscribe_url"], listed["contact.custom_fields"], listed["contact.order_count"]) == (
        "url",
        "map",
        "number",
    )


async def test_tags_and_what_they_become_are_bounded(people: People) -> None:
    tag = "{{contact.custom_fields.story|x}} "
    words = [{"type": "text", "text": tag * 100}, {"type": "html", "html": f"<p>{tag * 100}</p>"}]
    columns = {"type": "columns", "columns": [{"blocks": [words[0]]}, {"blocks": [words[0]]}]}
    most = {"name": "Many", "blocks": [*words, columns, words[0]]}
    assert (await people.http.post(PATH, json=most)).status_code == 201
    for more in ({"subject": tag}, {"blocks": [*most["blocks"], {"type": "html", "html": f"<p>{tag}</p>"}]}):
        refused = await people.http.post(PATH, json=most | more)
        assert (refused.status_code, refused.json()["code"]) == (400, "faulty_template"), refused.text
        assert refused.json()["faults"][0]["code"] == "too_many_tags"
    content = {"blocks": most["blocks"]}
    contact = await a_contact(people.admin, custom_fields={"story": "<" * 1000})
    long = await people.http.post(f"{PATH}/preview", json={"content": content, "contact_id": contact.id})
    assert (long.status_code, long.json()["code"], long.json()["limit_letters"]) == (400, "mail_too_long", 1_000_000)
    assert (await people.http.post(f"{PATH}/preview", json={"content": content})).status_code == 200
