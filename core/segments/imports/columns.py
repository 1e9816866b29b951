"""Which column is what, and what a row says of a contact."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from core.contacts.structs import CUSTOM_FIELDS_MAX, ContactChanges, ContactInput, ContactView
from core.errors import Invalid
from core.segments.imports import sheets
from core.segments.imports.sheets import Row, Sheet
from core.segments.imports.structs import ColumnView

PLAIN = ("email", "first_name", "last_name", "phone", "tags")
OWN = ("custom.", "number.")
KEY_MAX = 60
NOT_WORD = re.compile(r"[^a-z]+")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?\Z")
SEPARATORS = re.compile(r"[,;|]")
GUESSES = {
    "email": {"email", "emailaddress", "mail", "address", "adresse", "adressemail", "correo"},
    "first_name": {"firstname", "first", "givenname", "vorname", "prenom", "nombre"},
    "last_name": {"lastname", "last", "surname", "familyname", "nachname", "nom", "apellidos"},
    "phone": {"phone", "phonenumber", "telephone", "telefon", "mobile", "tel"},
    "tags": {"tags", "tag", "labels"},
}


class BadRowError(Exception):
    """Nothing can be done with a row. `is_address`: for its address."""

    def __init__(self, detail: str, *, is_address: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.is_address = detail, is_address


def of(sheet: Sheet, targets: Sequence[str] | None) -> list[ColumnView]:
    """What each column is: as said, else as its heading lets guess; an address is known by its looks.

    Raises:
        Invalid: `bad_columns`, with the `path` of the one that cannot be: a name that is none, one twice, too many, or no `email`; `heading` and
            `sample` are what to choose by.
    """
    chosen = list(targets) if targets is not None else _guessed(sheet)
    if len(chosen) > len(sheet.heading):
        raise _bad(sheet, "columns", f"there are {len(sheet.heading)} columns in this file")
    chosen += [""] * (len(sheet.heading) - len(chosen))
    taken: set[str] = set()
    for place, target in enumerate(chosen):
        if target and not _is_target(target):
            raise _bad(
                sheet, f"columns[{place}]", "a column is email, first_name, last_name, phone, tags, custom.<name> or number.<name>"
            )
        if target and _goes_to(target) in taken:
            raise _bad(sheet, f"columns[{place}]", "two columns are the same")
        taken |= {_goes_to(target)} if target else set()
    if "email" not in chosen:
        raise _bad(sheet, "columns", "no column is the address")
    return [ColumnView(heading, target) for heading, target in zip(sheet.heading, chosen, strict=True)]


def _bad(sheet: Sheet, path: str, detail: str) -> Invalid:
    shown = {"heading": sheets.shown(sheet.heading), "sample": sheets.sample(sheet)}
    return Invalid(f"{path}: {detail}", code="bad_columns", path=path, **shown)


def _is_target(target: str) -> bool:
    return target in PLAIN or (target.startswith(OWN) and 0 < len(target.partition(".")[2]) <= KEY_MAX)


def _goes_to(target: str) -> str:
    """The same for two that would be one and the same field."""
    return target if target in PLAIN else f".{target.partition('.')[2]}"


def _guessed(sheet: Sheet) -> list[str]:
    found: list[str] = []
    for place, heading in enumerate(sheet.heading):
        word = NOT_WORD.sub("", heading.lower())
        guess = next((target for target, words in GUESSES.items() if word in words), "")
        if not heading and sheet.rows and place < len(sheet.rows[0].cells) and "@" in sheet.rows[0].cells[place]:
            guess = "email"
        found.append("" if guess in found else guess)
    return found


def contact(row: Row, columns: Sequence[ColumnView]) -> ContactInput:
    """What a row says: cells that are empty say nothing.

    Raises:
        BadRowError: there is something in it that no contact can have.
    """
    said: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for column, cell in zip(columns, row.cells, strict=False):
        if not cell or not column.target:
            continue
        kind, _, key = column.target.partition(".")
        if key:
            own[key] = cell if kind == "custom" else _number(cell)
        else:
            said[kind] = tags(cell) if kind == "tags" else cell
    try:
        return msgspec.convert(said | ({"custom_fields": own} if own else {}), ContactInput)
    except msgspec.ValidationError as error:
        raise _bad_row(error) from None


def _bad_row(error: msgspec.ValidationError) -> BadRowError:
    """Its place is of use to people, the rule that it breaks is written for programs."""
    place = str(error).rpartition("`$.")[2].rstrip("`")
    return BadRowError(f"{place}: this cannot stand there", is_address=place == "email")


def tags(cell: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (tag.strip() for tag in SEPARATORS.split(cell)))))


def _number(cell: str) -> int | float:
    if not NUMBER.match(cell):
        raise BadRowError(f"{cell[:40]!r} is no number")
    return float(cell) if "." in cell else int(cell)


def changes(before: ContactView, said: ContactInput) -> ContactChanges | None:
    """What a row would change in a contact that is known: its tags and own fields come to those that are there. None: nothing.

    Raises:
        BadRowError: it would have too many of them.
    """
    values: dict[str, Any] = {
        name: value for name in ("first_name", "last_name", "phone") if (value := getattr(said, name)) and value != getattr(before, name)
    }  # fmt: skip
    together = list(dict.fromkeys([*before.tags, *said.tags]))
    if together != before.tags:
        values["tags"] = together
    own = before.custom_fields | said.custom_fields
    if own != before.custom_fields:
        values["custom_fields"] = own
    if len(own) > CUSTOM_FIELDS_MAX:
        raise BadRowError(f"a contact has at most {CUSTOM_FIELDS_MAX} own fields")
    if not values:
        return None
    try:
        return msgspec.convert(values, ContactChanges)
    except msgspec.ValidationError as error:
        raise _bad_row(error) from None
