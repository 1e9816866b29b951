"""Client reducer(old state, events) is what a refetch brings: for every type of event."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.client.equality import CASES, EVERYTHING, IN_DOUBT, LOST, Script, Stage, scripts
from tests.contracts.golden import events


def test_every_type_of_event_has_a_case() -> None:
    assert set(CASES) == set(events())


async def test_after_every_type_of_event_the_screens_hold_what_would_be_fetched(stage: Stage) -> None:
    await stage.play(EVERYTHING, ai_enabled=True, watched=True)
    heard, refetched = await stage.seen()
    assert set(heard) == set(CASES)
    fetches = {
        kind: set(refetched.get(kind, ()))
        - (LOST if kind.startswith(("conversation.", "message.")) else set())
        - IN_DOUBT.get(kind, set())
        for kind in CASES
    }
    assert fetches == CASES, "an event has other queries fetched anew than its case says"


async def test_what_is_lost_from_sight_while_it_is_not_known_who_sees_what_is_gone(stage: Stage) -> None:
    """The agent's list of inboxes is to be fetched anew when he gives back what he had in an inbox of others."""
    script = [("assign", 130), ("change_organization", 208), ("hand_back", 39)]
    before = stage.refused
    await stage.play(script, ai_enabled=False)
    assert stage.refused == before


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
@given(script=scripts(), ai_enabled=st.booleans())
async def test_after_any_actions_the_screens_hold_what_would_be_fetched(stage: Stage, script: Script, ai_enabled: bool) -> None:
    await stage.play(script, ai_enabled=ai_enabled)
