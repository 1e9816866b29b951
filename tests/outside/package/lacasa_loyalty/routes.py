"""The panel beside a contact."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from core.access import STAFF, Actor
from core.contacts import queries as contacts
from core.extend.panels import Fact, Facts, PanelDocument
from lacasa_loyalty import queries


@get("/panels/contact", summary="A contact's points", operation_id="show_loyalty_points")
async def of_contact(actor: NamedDependency[Actor], contact_id: FromQuery[int]) -> PanelDocument:
    actor.require(*STAFF)
    contact = await contacts.get(actor, contact_id)
    return PanelDocument("Points", [Facts([Fact("Points", str(await queries.points(actor, contact.id)))])], "neutral")


router = Router("/api/loyalty", route_handlers=[of_contact], tags=["loyalty"])
