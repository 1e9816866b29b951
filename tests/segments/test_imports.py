"""Files of contacts onto a list: what a dry run says is what happens, and it happens once."""

import asyncio
from typing import Any

import httpx
import pytest

from core.access import Actor
from core.database import pool
from core.segments.imports import actions, sheets
from tests.factories import a_contact
from tests.segments.support import made, told

FILE = """First name;E-mail;Tags;Town;Points
Ida;ida@example.com;vip, early;Graz;12
Theo;THEO@example.com;;;
;no address;;;
Una;;;;
Ida again;Ida@Example.com;;;

Jon;jon@example.com;;Linz;many
"""
COLUMNS = ["first_name", "email", "tags", "custom.town", "number.points"]


@pytest.fixture
async def listed(shop: httpx.AsyncClient) -> str:
    return f"/api/segments/{(await made(shop, tree=None))['id']}"


async def imported(client: httpx.AsyncClient, path: str, content: str | bytes = FILE, **query: Any) -> httpx.Response:
    query = {name: value for name, value in ({"dry_run": False, "columns": COLUMNS} | query).items() if value is not None}
    content = content.encode() if isinstance(content, str) else content
    return await client.post(f"{path}/import", content=content, params=query, headers={"Content-Type": "text/csv"})


async def on(client: httpx.AsyncClient, path: str) -> dict[str, dict[str, Any]]:
    return {contact["email"]: contact for contact in (await client.get(f"{path}/contacts")).json()["items"]}


def summed(report: dict[str, Any]) -> dict[str, Any]:
    """What is told, after the promise that it adds up."""
    assert report["rows"] == report["created"] + report["matched"] + sum(each["count"] for each in report["skipped"])
    assert report["created"] + report["matched"] == report["added"] + report["already"]
    return {name: value for name, value in report.items() if name not in {"dry_run", "columns", "skipped", "sample", "wrong"}}


async def test_a_dry_run_tells_what_then_happens(shop: httpx.AsyncClient, admin: Actor, listed: str) -> None:
    theo = await a_contact(admin, first_name="T.", email="theo@example.com")
    tried = (await imported(shop, listed, dry_run=True, existing="update")).json()
    assert await on(shop, listed) == {}
    assert await pool().fetchval("SELECT count(*) FROM contacts WHERE organization_id = $1", admin.organization_id) == 1
    done = (await imported(shop, listed, existing="update")).json()
    assert tried | {"dry_run": False} == done
    assert summed(done) == {"rows": 6, "created": 1, "matched": 1, "updated": 1, "added": 2, "already": 0}
    assert [(each["reason"], each["lines"]) for each in done["skipped"]] == [
        ("bad_address", [4]), ("no_address", [5]), ("twice_in_file", [6]), ("bad_value", [8]),
    ]  # fmt: skip
    assert done["skipped"][-1]["detail"] == "'many' is no number"
    assert [(each["line"], each["reason"]) for each in done["wrong"]] == [
        (4, "bad_address"), (5, "no_address"), (6, "twice_in_file"), (8, "bad_value"),
    ]  # fmt: skip
    assert done["wrong"][-1]["detail"] == "'many' is no number"
    found = await on(shop, listed)
    assert found["theo@example.com"]["id"] == theo.id
    assert found["theo@example.com"]["first_name"] == "Theo"
    ida = found["ida@example.com"]
    assert (ida["tags"], ida["custom_fields"], ida["source"]) == (["vip", "early"], {"town": "Graz", "points": 12}, "import")


async def test_an_import_is_safe_to_repeat(shop: httpx.AsyncClient, listed: str, admin: Actor) -> None:
    await imported(shop, listed)
    again = (await imported(shop, listed)).json()
    assert summed(again) == {"rows": 6, "created": 0, "matched": 2, "updated": 0, "added": 0, "already": 2}
    assert await pool().fetchval("SELECT contacts_used FROM organizations WHERE id = $1", admin.organization_id) == 2
    events = "SELECT count(*) FROM event_log WHERE organization_id = $1 AND type = 'contact.created'"
    waiting = "SELECT count(*) FROM outbox WHERE organization_id = $1 AND type = 'contact.created'"
    assert await pool().fetchval(events, admin.organization_id) + await pool().fetchval(waiting, admin.organization_id) == 2


async def test_known_contacts_keep_what_is_known_unless_told_otherwise(shop: httpx.AsyncClient, admin: Actor, listed: str) -> None:
    values: dict[str, Any] = {"tags": ["late"], "custom_fields": {"town": "Wels", "shoe": 42}}
    ida = await a_contact(admin, first_name="Ada", email="IDA@example.com", **values)
    await pool().execute("UPDATE contacts SET subscription_status = 'unsubscribed' WHERE id = $1", ida.id)
    await imported(shop, listed)
    kept = (await shop.get(f"/api/contacts/{ida.id}")).json()
    assert (kept["first_name"], kept["tags"], kept["custom_fields"]) == ("Ada", ["late"], values["custom_fields"])
    await imported(shop, listed, existing="update")
    told = (await shop.get(f"/api/contacts/{ida.id}")).json()
    assert (told["first_name"], told["tags"]) == ("Ida", ["late", "vip", "early"])
    assert told["custom_fields"] == {"town": "Graz", "shoe": 42, "points": 12}
    assert told["subscription_status"] == "unsubscribed", "who wants no mail still wants none"
    assert told["email"] == "IDA@example.com"


@pytest.mark.parametrize("dry_run", [True, False])
async def test_what_the_plan_does_not_allow_is_told(dry_run: bool, shop: httpx.AsyncClient, admin: Actor, listed: str) -> None:
    await pool().execute("UPDATE organizations SET contacts_limit = 3 WHERE id = $1", admin.organization_id)
    rows = "email\n" + "".join(f"c{number}@example.com\n" for number in range(5))
    report = (await imported(shop, listed, rows, columns=["email"], dry_run=dry_run)).json()
    assert summed(report) == {"rows": 5, "created": 3, "matched": 0, "updated": 0, "added": 3, "already": 0}
    assert report["skipped"] == [{"reason": "plan_limit", "count": 2, "lines": [5, 6], "detail": ""}]


async def test_columns_are_guessed_from_the_heading(shop: httpx.AsyncClient, listed: str) -> None:
    report = (await imported(shop, listed, columns=None)).json()
    assert [column["target"] for column in report["columns"]] == ["first_name", "email", "tags", "", ""]
    bare = (await imported(shop, listed, "1,una@example.com\n2,jon@example.com\n", columns=None, dry_run=True)).json()
    assert [column["target"] for column in bare["columns"]] == ["", "email"]
    assert bare["rows"] == 2, "the first row is no heading"


async def test_many_rows_go_in_pieces(shop: httpx.AsyncClient, listed: str) -> None:
    rows = "email\n" + "".join(f"c{number}@example.com\n" for number in range(600))
    assert summed((await imported(shop, listed, rows, columns=["email"])).json())["added"] == 600
    assert (await shop.get(f"{listed}/count")).json()["count"] == 600


async def test_an_import_that_nobody_waits_for_ends(shop: httpx.AsyncClient, listed: str) -> None:
    """What went onto the list by then stays there."""
    rows = "email\n" + "".join(f"c{number}@example.com\n" for number in range(sheets.ROWS_MAX))
    under_way = asyncio.create_task(imported(shop, listed, rows, columns=["email"]))
    while not (await shop.get(f"{listed}/count")).json()["count"]:
        pass  # asking is waiting enough
    under_way.cancel()
    while not any(entry["action"] == "segment.imported" for entry in (await shop.get("/api/audit")).json()):
        pass  # it is noted when it ends
    count = (await shop.get(f"{listed}/count")).json()["count"]
    assert 0 < count < sheets.ROWS_MAX
    assert count % actions.PIECE == 0


@pytest.mark.parametrize(
    ("columns", "path"),
    [
        (["first_name"], "columns"),
        (["email", "shoe"], "columns[1]"),
        (["email", "custom."], "columns[1]"),
        (["email", "email"], "columns[1]"),
        (["email", "custom.a", "number.a"], "columns[2]"),
        (["email", *[""] * 5], "columns"),
    ],
)
async def test_columns_that_cannot_be_are_told_by_their_place(
    columns: list[str], path: str, shop: httpx.AsyncClient, listed: str
) -> None:
    refused = await imported(shop, listed, columns=columns)
    assert (*told(refused), refused.json()["path"]) == (400, "bad_columns", path)
    assert refused.json()["heading"][:2] == ["First name", "E-mail"], "what to choose by"
    assert refused.json()["sample"][0][:2] == ["Ida", "ida@example.com"]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "no_sheet"),
        (b"\n \n,,\n", 400, "no_sheet"),
        (b"email\na\0b@example.com", 400, "no_sheet"),
        (b"email," * 101, 400, "too_many_columns"),
        (b"email\n" + b"a@example.com\n" * (sheets.ROWS_MAX + 1), 400, "too_many_rows"),
        (b"email\n" + b"x" * 2001, 400, "too_long"),
        (b'email\n"' + b"x" * 200_000, 400, "no_sheet"),
        (b"email\n" * (sheets.BYTES_MAX // 6 + 2), 413, "too_large"),
    ],
    ids=["empty", "blank", "binary", "wide", "long", "cell", "unclosed", "large"],
)
async def test_what_is_no_sheet_is_refused(content: bytes, status: int, code: str, shop: httpx.AsyncClient, listed: str) -> None:
    assert told(await imported(shop, listed, content, columns=["email"])) == (status, code)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sheets_are_read_as_spreadsheets_write_them(charset: str, delimiter: str) -> None:
    text = f'Name{delimiter}E-Mail\r\n"Öde, ""Ida"";\r\nof Graz"{delimiter}ida@example.com\r\n\r\nÜna{delimiter}una@example.com\r\n'
    sheet = sheets.read(text.encode(charset))
    assert sheet.heading == ["Name", "E-Mail"]
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (2, ['Öde, "Ida";\r\nof Graz', "ida@example.com"]),
        (5, ["Üna", "una@example.com"]),
    ]


async def test_only_lists_take_imports(shop: httpx.AsyncClient) -> None:
    chosen = await made(shop)
    assert told(await imported(shop, f"/api/segments/{chosen['id']}")) == (409, "not_a_list")
