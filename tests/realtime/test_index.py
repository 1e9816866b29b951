"""The index delivers exactly what the access predicate allows, whoever comes, goes and changes."""

from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.access import Actor, Audience, is_narrower, may_see, topics_of, topics_of_audience
from realtime.index import Index
from realtime.link import Link
from realtime.wire import Wire
from tests.contracts.test_access import actors, ids, perhaps
from tests.realtime.ears import Notebook

numbers = st.lists(ids, max_size=3).map(tuple)
audiences = st.builds(
    Audience,
    conversation_id=perhaps,
    contact_ids=numbers,
    inbox_ids=numbers,
    team_ids=numbers,
    assignee_ids=numbers,
    user_id=perhaps,
    staff_only=st.booleans(),
    marketers_only=st.booleans(),
)


def _link(actor: Actor) -> Link:
    link = Link(cast(Wire, Notebook()))
    link.is_of(actor)
    return link


def _heard(index: Index, audience: Audience) -> list[Link]:
    staff, visitors = index.matching(audience)
    return sorted([*staff, *visitors], key=lambda link: link.number)


@settings(max_examples=500, deadline=None)
@given(people=st.lists(actors, max_size=12), events=st.lists(audiences, min_size=1, max_size=8))
def test_an_event_reaches_exactly_those_who_may_see_it_and_each_once(people: list[Actor], events: list[Audience]) -> None:
    index, links = Index(), [_link(actor) for actor in people]
    for link in links:
        index.add(link)
    for audience in events:
        assert _heard(index, audience) == [link for link in links if may_see(link.actor, audience)]
        staff, visitors = index.matching(audience)
        assert all(link.actor.kind != "visitor" for link in staff)
        assert all(link.actor.kind == "visitor" for link in visitors)


@settings(max_examples=300, deadline=None)
@given(actor=actors, audience=audiences)
def test_topics_are_the_predicate_in_another_form(actor: Actor, audience: Audience) -> None:
    meets = not topics_of(actor).isdisjoint(topics_of_audience(audience))
    if is_narrower(audience):
        assert meets or not may_see(actor, audience)
    else:
        assert meets == may_see(actor, audience)


@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(["come", "go", "change"]), actors, st.integers(0, 5)), max_size=30), audience=audiences
)
def test_who_comes_goes_and_changes_leaves_nothing_behind(steps: list[tuple[str, Actor, int]], audience: Audience) -> None:
    index = Index()
    links: list[Link] = []
    for what, actor, which in steps:
        if what == "come":
            links.append(_link(actor))
            index.add(links[-1])
        elif links and what == "go":
            index.discard(links.pop(which % len(links)))
        elif links:
            link = links[which % len(links)]
            index.discard(link)
            link.is_of(replace(actor, name="changed"))
            index.add(link)
    assert _heard(index, audience) == sorted(
        (link for link in links if may_see(link.actor, audience)), key=lambda link: link.number
    )
    for link in links:
        index.discard(link)
    assert len(index) == 0
