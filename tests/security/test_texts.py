"""Names, addresses and origins that look like something else."""

import httpx
import pytest

from core.access import Actor
from core.auth import sessions, tickets
from core.settings import settings
from tests.factories import PASSWORD, an_address, an_organization

UNSEEN = ["\n", "\r\n", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\u202d", "\u2066", "\u2069"]


def _as(actor: Actor) -> dict[str, str]:
    return {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(actor.session_id or 0)}"}


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
async def test_no_name_holds_what_is_not_seen(unseen: str, app: httpx.AsyncClient) -> None:
    admin = await an_organization()
    for name in (f"Ada{unseen}", f"{unseen}Ada", f"A{unseen}da"):
        asked = [
            await app.patch("/api/profile", json={"name": name}, headers=_as(admin)),
            await app.patch("/api/organization", json={"name": name}, headers=_as(admin)),
            await app.post("/api/contacts", json={"first_name": name}, headers=_as(admin)),
            await app.post("/api/teams", json={"name": name, "member_ids": []}, headers=_as(admin)),
            await app.post("/api/inboxes", json={"name": name}, headers=_as(admin)),
            await app.post("/api/articles", json={"title": name}, headers=_as(admin)),
        ]
        assert [answer.status_code for answer in asked] == [400] * 6, [answer.text for answer in asked]


@pytest.mark.parametrize("name", ["José", "Зоя", "محمد", "名前", "O'Neil-Smith, Jr.", "👩\u200d🚀", "a\u200fb"])
async def test_names_of_all_the_world_are_kept(name: str, app: httpx.AsyncClient) -> None:
    answer = await app.post("/api/contacts", json={"first_name": name}, headers=_as(await an_organization()))
    assert (answer.status_code, answer.json()["first_name"]) == (201, name)


@pytest.mark.parametrize("tail", ["\n", "\r\nBcc: all@example.com", "\u202e", " ", "\x00", "é.example", "@b.example", "."])
async def test_an_address_is_one_line_of_ascii(tail: str, app: httpx.AsyncClient) -> None:
    email = an_address() + tail
    body = {"organization_name": "New", "name": "New", "email": email, "password": PASSWORD}
    assert (await app.post("/api/auth/signup", json=body)).status_code == 400
    asked = await app.post("/api/contacts", json={"email": email}, headers=_as(await an_organization()))
    assert asked.status_code == 400


async def test_own_fields_hold_numbers_that_every_client_reads_alike(app: httpx.AsyncClient) -> None:
    headers = _as(await an_organization()) | {"Content-Type": "application/json"}
    for number, status in (
        ("9" * 4000, 400),
        (str(2**53 + 1), 400),
        (str(-(2**53) - 1), 400),
        ("1e999", 400),
        (str(2**53), 201),
        ("0.5", 201),
    ):
        answer = await app.post("/api/contacts", content=f'{{"custom_fields": {{"size": {number}}}}}', headers=headers)
        assert answer.status_code == status, (number[:20], answer.text)


@pytest.mark.parametrize(
    ("public", "host", "origin", "is_own"),
    [
        ("http://help.example", "help.example", "http://help.example", True),
        ("http://help.example", "help.example", "https://help.example", True),
        ("http://help.example", "help.example", "http://help.example:80", True),
        ("http://help.example", "help.example:8080", "http://help.example:8080", True),
        ("http://help.example", "10.0.0.1:8600", "http://10.0.0.1:8600", True),
        ("http://help.example", "10.0.0.1:8600", "https://10.0.0.1:8600", True),
        ("https://help.example", "help.example", "https://help.example", True),
        ("https://help.example", "help.example", "http://help.example", False),
        ("https://help.example", "help.example:80", "http://help.example:80", False),
        ("https://help.example", "inside:8600", "http://inside:8600", True),
        ("https://help.example", "help.example", "https://help.example:8443", False),
        ("https://help.example", "help.example", "ftp://help.example", False),
        ("https://help.example", "help.example", "chrome-extension://help.example", False),
        ("https://help.example", "help.example", "//help.example", False),
        ("https://help.example", "help.example", "help.example", False),
        ("https://help.example", "help.example", "https://user@help.example", False),
        ("https://help.example", "help.example", "https://help.example/", False),
        ("https://help.example", "help.example", "https://help.example:x", False),
        ("https://help.example", "help.example", "https://evil.example", False),
        ("https://help.example", None, "http://none", False),
        ("https://help.example", "evil.example@help.example", "https://evil.example", False),
        ("https://help.example", "help.example", "null", False),
        ("https://help.example", "help.example", None, False),
    ],
)
def test_an_origin_is_own_by_scheme_host_and_port(
    public: str, host: str | None, origin: str | None, is_own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LACASA_PUBLIC_URL", public)
    settings.cache_clear()
    try:
        assert tickets.is_own_origin(origin, host) is is_own
    finally:
        monkeypatch.undo()
        settings.cache_clear()
