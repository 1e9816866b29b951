"""What campaigns are called, for whoever may see them."""

from modules.campaigns import naming
from tests.campaigns.desk import Desk
from tests.factories import a_member, an_organization


async def test_names_are_told_to_marketers_of_the_same_organization(desk: Desk) -> None:
    made = (await desk.ask("POST", "/campaigns", {"name": "Lamps"}, 201))["id"]
    assert await naming.called(desk.admin, [made, 10**9]) == {made: "Lamps"}
    for stranger in (await an_organization(), await a_member(desk.admin, "agent")):
        assert await naming.called(stranger, [made]) == {}
