"""Whatever is sent, in whatever place: it is refused, or kept as it is. It is never a defect, and never slow."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from msgspec import inspect

from core.edge import DEPTH_MAX, too_deep
from core.settings import settings
from tests.contracts.routes import Route, routes
from tests.security.call import Call, say
from tests.security.calls import BY_ROUTE, CALLS
from tests.security.test_strangers import credentials
from tests.security.world import World, a_fresh, a_world
from tests.stack import Stack

TEXTS = [
    "", " ", "\t\n", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\ufffe\uffff", "\ufeff", "\u202egnp.exe", "\u2028\u2029", "\x1b[31m", "\x7f\x85",
    "😀👩‍👩‍👧", "Z͑ͫ̓a̴l͓g̸o", "ﷺ", "İıſ", "𝔘𝔫𝔦", "' OR 1=1; --", "\\'; DROP TABLE users; --", "%s%n%d{0}", "{{7*7}}${7*7}<%= 7*7 %>",
    "<script>alert(1)</script>", "javascript:alert(1)", "../../../etc/passwd", "\r\nSet-Cookie: a=b", "=cmd|' /C calc'!A0", "null", "NaN", "1e309",
    "x" * 300, "x" * 100_001, "é" * 9_999,
]  # fmt: skip
NUMBERS = [0, -1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30, 1.5, True, "1", None, [], {}]
IN_ADDRESSES = [
    "0", "-1", str(2**63 - 1), str(2**63), "9" * 400, "9" * 5000, "1.5", "٣", "½", "\x00", "a\x00b", "\r\n", "../..", "..%2f..", "%", "%zz",
    "x" * 3000, "'", ";--", "😀", "\u202e",
]  # fmt: skip
PAGES = {**dict.fromkeys(("name", "page", "path", "signature"), "x"), "until": "1"}
RAW = ["%ff", "%c3%28", "%ed%a0%80", "%00"]
SLOW = {"POST /api/users", "POST /api/auth/login", "POST /api/auth/signup", "POST /api/auth/password"}
"""A password is hashed there: a few samples have to do."""
AT_ONCE = 12


@pytest.fixture(autouse=True)
async def no_defect(stack: Stack) -> AsyncIterator[None]:
    before = len(stack.log("web"))
    yield
    written = stack.log("web")[before:]
    assert "Traceback" not in written, written[-3000:]


@pytest.fixture(scope="module")
async def shop(stack: Stack) -> World:
    assert stack.url
    return await a_world()


async def each(requests: Iterable[Any]) -> None:
    """Run many checks, a few at a time."""
    waiting = iter(requests)

    async def take() -> None:
        for request in waiting:
            await request

    await asyncio.gather(*(take() for _ in range(AT_ONCE)))


def _fields(call: Call) -> Iterator[tuple[str, Any]]:
    route = next(route for route in routes() if route.name == call.route)
    kind = inspect.type_info(route.body)
    assert isinstance(kind, inspect.StructType)
    yield from ((field.name, field.type) for field in kind.fields)


def _hostile(kind: Any) -> Iterator[Any]:
    """Values that fit, or nearly fit, a field of this type."""
    match kind:
        case inspect.StrType():
            yield from TEXTS
        case inspect.IntType() | inspect.FloatType():
            yield from NUMBERS
        case inspect.ListType():
            yield from ([value] for value in _hostile(kind.item_type))
            yield from ([], [1] * 100_000, ["a" * 16] * 1000)
        case inspect.DictType():
            yield from ({"key": text} for text in TEXTS)
            yield from ({text: 1} for text in TEXTS)
            yield from ({"key": number} for number in NUMBERS)
            yield {f"key {number}": 1 for number in range(1000)}
        case inspect.UnionType():
            for part in kind.types:
                yield from _hostile(part)
        case _:
            yield from ("", "no such value", 1, None, [], {})


def _is_text(kind: Any) -> bool:
    return isinstance(kind, inspect.StrType) or any(map(_is_text, getattr(kind, "types", ())))


def _found(document: Any, name: str) -> Iterator[Any]:
    if isinstance(document, dict):
        if name in document:
            yield document[name]
        for value in document.values():
            yield from _found(value, name)
    elif isinstance(document, list):
        for value in document:
            yield from _found(value, name)


@pytest.mark.parametrize("call", [call for call in CALLS if next((True for route in routes() if route.name == call.route and route.body), False)],
                         ids=lambda call: call.route)  # fmt: skip
async def test_every_field_refuses_or_keeps_what_it_is_sent(call: Call, shop: World, http: httpx.AsyncClient) -> None:
    headers = await credentials(shop, "visitor" if call.is_widget else "admin")

    async def send(name: str, value: Any) -> None:
        body = call.body(shop.names) | {name: value} if call.body else {name: value}
        content = json.dumps(body, allow_nan=False)
        answer = await http.request(
            call.method, call.address(shop.names), content=content, headers=headers | {"Content-Type": "application/json"}
        )
        told = f"{name}={str(value)[:60]!r}: {answer.status_code} {answer.text[:200]}"
        assert answer.status_code < 500, told
        if answer.status_code < 300 and isinstance(value, str) and name in texts and answer.content:
            kept = list(_found(answer.json(), name))
            assert not kept or value in kept, told

    texts = {name for name, kind in _fields(call) if _is_text(kind) and name != "token"}  # a token is answered by a better one
    for name, kind in _fields(call):
        values = list(_hostile(kind))
        await each(send(name, value) for value in (values[:6] if call.route in SLOW else values))


async def test_naughty_strings_come_back_as_they_were_sent(corpora: Path, shop: World, http: httpx.AsyncClient) -> None:
    strings = json.loads((corpora / "blns" / "blns.json").read_text())
    headers = await credentials(shop, "admin")

    places = [
        (f"/api/conversations/{shop.names['conversation']}/note", lambda text: say(content=text)(shop.names), "content"),
        ("/api/contacts", lambda text: {"first_name": text}, "first_name"),
    ]

    async def send(number: int, text: str) -> None:
        path, body, name = places[number % 2]
        answer = await http.post(path, json=body(text), headers=headers)
        assert answer.status_code in {201, 400}, f"{text!r}: {answer.status_code}"
        if answer.status_code == 201:
            assert next(_found(answer.json(), name)) == text

    await each(send(number, text) for number, text in enumerate(strings))


def _known(route: Route) -> Call:
    return BY_ROUTE.get(route.name, Call(route.name, "anybody"))


def _in_query(route: Route) -> list[str]:
    given = route.parameters - {"actor", "visitor", "widget", "request", "data", "socket"}
    return sorted(name for name in given if f"{{{name}:" not in route.name)


@pytest.mark.parametrize("route", [route for route in routes() if _in_query(route)], ids=lambda route: route.name)
async def test_every_parameter_of_a_query_refuses_or_answers(route: Route, shop: World, http: httpx.AsyncClient) -> None:
    call = _known(route)
    headers = await credentials(shop, "visitor" if call.is_widget else "admin")
    path = call._replace(query="").address(PAGES | shop.names)

    async def send(name: str, value: str) -> None:
        content = b"bytes" if call.method == "POST" else None
        answer = await http.request(call.method, f"{path}?{name}={value}", headers=headers, content=content)
        assert answer.status_code < 500, f"{name}={value[:60]}: {answer.status_code} {answer.text[:200]}"

    for name in _in_query(route):
        texts = [text for text in (*TEXTS, *IN_ADDRESSES) if (len(text) < 10_000 and text.isprintable()) or "\x00" in text]
        await each(send(name, value) for value in [*(quote(text, safe="") for text in texts), *RAW])


@pytest.mark.parametrize("route", [route for route in routes() if "limit" in route.parameters], ids=lambda route: route.name)
async def test_no_list_gives_more_than_a_page(route: Route, shop: World, http: httpx.AsyncClient) -> None:
    call = BY_ROUTE[route.name]
    headers = await credentials(shop, "visitor" if call.is_widget else "admin")
    path = call.address(shop.names | (await a_fresh(shop, call.fresh) if call.fresh else {}))
    path += "&" if "?" in path else "?"
    for limit in (-1, 0, 101, 10**6, 2**63):
        assert (await http.get(f"{path}limit={limit}", headers=headers)).status_code == 400, limit
    assert (await http.get(f"{path}limit=100", headers=headers)).status_code == 200


@pytest.mark.parametrize("route", [route for route in routes() if "{" in route.name], ids=lambda route: route.name)
async def test_every_part_of_an_address_is_found_or_not(route: Route, shop: World, http: httpx.AsyncClient) -> None:
    call = _known(route)
    headers = await credentials(shop, "visitor" if call.is_widget else "admin")
    names = PAGES | shop.names

    async def send(name: str, value: str) -> None:
        address = call.address(names | {name: value})
        body = call.body(shop.names) if call.body else None
        if isinstance(body, bytes):
            answer = await http.request(call.method, address, content=body, headers=headers)
        else:
            answer = await http.request(call.method, address, json=body, headers=headers)
        assert answer.status_code < 500 or address.startswith("/app"), (
            f"{name}={value[:60]}: {answer.status_code} {answer.text[:200]}"
        )

    for name in {name.removesuffix("_id") for name in call.names}:
        key = {"user": "member", "token": "token" if call.is_widget else "attached"}.get(name, name)
        await each(
            send(key, value)
            for value in [*(quote(text, safe="") for text in IN_ADDRESSES), *RAW, ".well-known", "a.b", "%2e%2e%2f" * 9]
        )


# Bodies as a whole -----------------------------------------------------------------------------------------------

LOGIN = "/api/auth/login"
JSON = {"Content-Type": "application/json"}


async def test_a_body_that_is_too_large_is_refused_before_anything_reads_it(http: httpx.AsyncClient) -> None:
    limit = settings().body_max_kb * 1024
    answer = await http.post(LOGIN, content=b'{"email":"' + b"a" * limit + b'"}', headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(limit // 1024 + 1):
            yield b"[" * 1024

    assert (await http.post(LOGIN, content=in_pieces(), headers=JSON)).status_code == 413
    assert (await http.post(LOGIN, content=b" " * limit, headers=JSON)).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 50_000,
        b"[" * (DEPTH_MAX + 1) + b"]" * (DEPTH_MAX + 1),
        b'{"email":' + b"[" * 70 + b"]" * 70 + b"}",
        b'["\\"]",' * 70 + b"[" * 80,
    ],
)
async def test_a_body_that_nests_too_deep_is_refused(body: bytes, http: httpx.AsyncClient) -> None:
    assert (await http.post(LOGIN, content=body, headers=JSON)).status_code == 400


async def test_brackets_in_text_are_no_nesting(shop: World, http: httpx.AsyncClient) -> None:
    body = say(content='[{"' * 1000 + "\\")(shop.names)
    answer = await http.post(
        f"/api/conversations/{shop.names['conversation']}/note", json=body, headers=await credentials(shop, "admin")
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 65 + b'\\"' * 250_000,
        b"[" * 65 + b'"' + b"\\" * 499_999,
        b"[" * 65 + b'"\\' * 200_000,
        b"[" * 65 + b'"a' * 200_000,
        b"[]" * 250_000,
        b'"' * 500_000,
    ],
)
async def test_looking_at_a_body_takes_time_in_proportion_to_its_size(body: bytes) -> None:
    """Nobody needs an account to send this: it must not occupy a processor."""
    began = time.process_time()
    too_deep(body)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"\xff\xfe{}", "application/json"),
        (b'{"email":"\xff"}', "application/json"),
        (b'{"email":"a@b.cd","email":1}', "application/json"),
        (b"null", "application/json"),
        (b'"text"', "application/json"),
        (b'{"a":1', "application/json"),
        (b"{}", "text/plain"),
        (b"email=a", "application/x-www-form-urlencoded"),
        (b"--x\r\n\r\n", "multipart/form-data"),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
        (b"\x81\xa1a\x01", "application/x-msgpack"),
        (b"{}", "application/json; charset=utf-7"),
        (b"{}", "x" * 2000),
        (b"{}", "text/\xff"),
    ],
)
async def test_a_body_that_is_none_is_refused(content: bytes, kind: str, http: httpx.AsyncClient, shop: World) -> None:
    headers = {"Content-Type": kind.encode("latin-1")}
    for path, method in ((LOGIN, "POST"), ("/api/organization", "PATCH"), (f"/api/widget/{shop.names['key']}/messages", "POST")):
        mine = await credentials(shop, "visitor" if "widget" in path else "admin")
        answer = await http.request(
            method, path, content=content, headers=headers | {name: value.encode() for name, value in mine.items()}
        )
        assert 400 <= answer.status_code < 500 or (answer.status_code == 200 and path == "/api/organization"), answer.text[:200]


async def test_a_value_of_another_type_is_refused_with_its_place(http: httpx.AsyncClient, shop: World) -> None:
    """Query strings are text and may say `1`; in JSON "1" is no number and "true" no truth."""
    headers = await credentials(shop, "admin")
    conversation, inbox = shop.names["conversation"], shop.names["inbox"]
    for method, path, body, place in (
        ("POST", f"/api/conversations/{conversation}/read", {"seq": "1"}, "$.seq"),
        ("POST", f"/api/conversations/{conversation}/snooze", {"wait_s": 60.5}, "$.wait_s"),
        ("POST", f"/api/conversations/{conversation}/assign", {"assignee_id": "null"}, "$.assignee_id"),
        ("PATCH", f"/api/inboxes/{inbox}", {"ai_enabled": "true"}, "$.ai_enabled"),
    ):
        answer = await http.request(method, path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["errors"][0]["key"]) == (400, place), answer.text


async def test_every_refusal_is_a_problem_document(http: httpx.AsyncClient, shop: World) -> None:
    asked = [
        ("GET", "/nowhere", 404), ("DELETE", LOGIN, 405), ("GET", "/api/conversations", 401), ("GET", "/api/conversations/abc", 404),
        ("POST", LOGIN, 400), ("GET", f"/api/widget/{shop.names['key']}/articles/nothing", 404), ("GET", "/api/widget/none/articles", 401),
    ]  # fmt: skip
    for method, path, status in asked:
        answer = await http.request(method, path, content=b"{}" if method == "POST" else None)
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/problem+json", path
        assert {"type", "title", "status", "code", "detail"} <= answer.json().keys(), path


async def test_odd_headers_harm_nobody(http: httpx.AsyncClient, shop: World) -> None:
    key = shop.names["key"]
    for value in (
        b"\xff\xfe",
        b"Bearer",
        b"Bearer \xe2\x82\xac",
        b"Bearer " + b"A" * 5000,
        b"Bearer ====",
        b"Basic eDp5",
    ):
        answer = await http.get(f"/api/widget/{key}/conversations", headers={b"Authorization": value})
        assert answer.status_code == 401, value
    for cookie in (
        b"lacasa_session=",
        b"lacasa_session=\xff",
        b"lacasa_session=a.b.c",
        b"=;=;;",
        b"lacasa_session=" + b"A" * 6000,
        b'lacasa_session="',
    ):
        assert (await http.get("/api/auth/me", headers={b"Cookie": cookie})).status_code == 401, cookie
    for origin in (b"http://[", b"null", b"\xff", b"://", b"x" * 5000):
        answer = await http.post(LOGIN, json={}, headers={b"Origin": origin})
        assert answer.status_code in {400, 403}, origin
        answer = await http.get(f"/api/widget/{key}/articles", headers={b"Origin": origin})
        assert answer.status_code == 403, origin
