"""The SQL of a tree chooses exactly those contacts that plain Python chooses; counts, pages and explanations say the same."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access import Actor
from core.database import read
from core.segments import actions, audience
from core.segments.structs import MemberChanges, SegmentInput
from tests.factories import an_organization
from tests.segments.oracle import Village
from tests.segments.people import people
from tests.segments.trees import Tree, trees

INNER: Tree = {
    "any": [{"field": "contact.order_count", "op": "gte", "value": 1}, {"field": "village.wrote", "op": "did", "times": 2}]
}


@dataclass
class Place:
    """`ids` are what trees call the segments 0, 1 and 2: a list, one that names nothing, and one that names both."""

    admin: Actor
    village: Village
    ids: list[int]

    def real(self, tree: Tree) -> Tree:
        """The tree with the ids of what it names."""
        if "segment" in tree:
            return {"segment": self.ids[tree["segment"]]}
        if "not" in tree:
            return {"not": self.real(tree["not"])}
        return {name: [self.real(part) for part in value] if name in {"all", "any"} else value for name, value in tree.items()}


@pytest.fixture(scope="module")
async def place(facts: None) -> Place:
    """An organization with a list, and a segment that names another which names the list. Another organization has the same people."""
    now = datetime.now(UTC)
    admin, stranger = await an_organization(), await an_organization()
    contacts = await people(admin, now)
    await people(stranger, now)
    listed = await actions.create(admin, SegmentInput("A list"))
    on_it = {contact.id for contact in contacts[::3]}
    await actions.change_members(admin, listed.id, MemberChanges(add=sorted(on_it)))
    inner = await actions.create(admin, SegmentInput("Inner", tree=INNER))
    both = {"all": [{"segment": inner.id}, {"not": {"segment": listed.id}}]}
    outer = await actions.create(admin, SegmentInput("Outer", tree=both))
    village = Village(contacts, {listed.id: on_it, inner.id: INNER, outer.id: both}, now)
    return Place(admin, village, [listed.id, inner.id, outer.id])


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """And time enough, on a busy machine too."""
    monkeypatch.setattr(audience, "SHORT", 7)
    monkeypatch.setattr(audience, "LONG", 20)
    monkeypatch.setattr(audience, "COUNT_S", 60.0)
    monkeypatch.setattr(audience, "PREVIEW_S", 60.0)


async def chosen(place: Place, tree: Tree) -> set[int]:
    async with read(place.admin) as db:
        selection = await audience.select(db, place.admin, tree, place.village.now)
        rows = await db.fetch_rows(selection.rows("k.id"), *selection.arguments())
    ids = [row[0] for row in rows]
    assert len(ids) == len(set(ids)), "nobody is chosen twice"
    return set(ids)


PLENTY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@PLENTY
@given(tree=trees(0, 1, 2))
async def test_sql_and_python_choose_the_same_contacts(place: Place, tree: Tree) -> None:
    tree = place.real(tree)
    assert await chosen(place, tree) == place.village.chosen(tree)


@settings(PLENTY, max_examples=60)
@given(tree=trees(0, 2), limit=st.integers(1, 30), which=st.integers(0, 79))
async def test_count_pages_and_explanations_tell_of_the_same_contacts(place: Place, tree: Tree, limit: int, which: int) -> None:
    tree = place.real(tree)
    expected = place.village.chosen(tree)
    counted = await audience.count(place.admin, tree)
    assert (counted.count, counted.exact) == (len(expected), True)
    assert await paged(place, tree, limit) == sorted(expected, reverse=True)
    contact = place.village.contacts[which]
    explained = await audience.explain(place.admin, tree, contact.id)
    assert explained.holds == (contact.id in expected)
    told = {clause.path: clause.holds for clause in explained.clauses}
    assert told == {path: place.village.holds(part, contact) for path, part in parts(tree, "$")}


async def paged(place: Place, which: Tree | int, limit: int) -> list[int]:
    found, after = [], None
    while True:
        page = await audience.preview(place.admin, which, after, limit)
        assert page.exact
        assert len(page.items) == limit or page.next is None
        found += [contact.id for contact in page.items]
        if page.next is None:
            return found
        after = page.next


def parts(tree: Tree, path: str) -> list[tuple[str, Tree]]:
    """Every part of a tree by its path."""
    found = [(path, tree)]
    for head in ("all", "any"):
        for number, part in enumerate(tree.get(head, [])):
            found += parts(part, f"{path}.{head}[{number}]")
    return found + (parts(tree["not"], f"{path}.not") if "not" in tree else [])


async def test_a_saved_segment_and_a_list_are_counted_as_their_trees_are(place: Place) -> None:
    for segment_id in place.ids:
        expected = place.village.chosen({"segment": segment_id})
        assert expected
        assert (await audience.count(place.admin, segment_id)).count == len(expected)
        assert await paged(place, segment_id, 9) == sorted(expected, reverse=True)


async def test_everybody_is_an_empty_all(place: Place) -> None:
    assert await chosen(place, {"all": []}) == {contact.id for contact in place.village.contacts}
    assert (await audience.count(place.admin, {"all": []})).count == len(place.village.contacts)


async def test_an_explanation_says_what_was_found(place: Place) -> None:
    contact = max(place.village.contacts, key=lambda known: len(known.did))
    city = {"field": "contact.custom", "key": "city", "op": "is_set"}
    tree: Tree = {"all": [{"field": "village.wrote", "op": "did"}, {"field": "contact.tags", "op": "is_set"}, city]}
    found = [clause.found for clause in (await audience.explain(place.admin, tree, contact.id)).clauses]
    wrote = sum(kind == "wrote" and at <= place.village.now for kind, at, _ in contact.did)
    assert found == [None, wrote, contact.row["tags"], contact.row["custom_fields"].get("city")]


async def test_where_time_runs_out_the_answer_says_at_least(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = {"all": []}
    monkeypatch.setattr(audience, "COUNT_S", 0.0)
    monkeypatch.setattr(audience, "PREVIEW_S", 0.0)
    assert await audience.count(place.admin, everybody) == audience.CountView(0, exact=False)
    page = await audience.preview(place.admin, everybody, None, 10)
    assert (page.items, page.exact, page.next is None) == ([], False, False)


async def test_a_statement_that_is_cut_off_leaves_what_was_found_before(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL ends a statement in its middle: the second stretch's is made to sleep."""
    monkeypatch.setattr(audience, "COUNT_S", 2.0)
    calls = []
    rows = audience.Selection.rows

    def slow(selection: audience.Selection, columns: str) -> str:
        calls.append(columns)
        return f"{rows(selection, columns)}{' AND pg_sleep(5) IS NOT NULL' if len(calls) == 2 else ''}"

    monkeypatch.setattr(audience.Selection, "rows", slow)
    began = time.monotonic()
    assert await audience.count(place.admin, {"all": []}) == audience.CountView(7, exact=False)
    assert time.monotonic() - began < 15, "that was the limit of every statement, not ours"


async def test_one_organization_does_not_take_all_connections(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audience._looking, place.admin.organization_id, audience.LOOKING_MAX)
    with pytest.raises(audience.TooManyRequests):
        await audience.count(place.admin, {"all": []})


async def test_nobody_is_looked_for_who_is_not_waited_for(place: Place) -> None:
    """Whoever changes a tree hangs up on the count of the one before."""
    answers = iter([True, True, False])
    counted = await audience.count(place.admin, {"all": []}, lambda: next(answers))
    assert 0 < counted.count < len(place.village.contacts)
    assert not counted.exact
    page = await audience.preview(place.admin, {"all": []}, None, 25, lambda: False)
    assert (page.items, page.exact, page.next is None) == ([], False, False)
