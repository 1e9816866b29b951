"""What the loaded modules add to the pages, over HTTP."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from core.access import STAFF, Actor
from core.extend import registry
from core.extend.panels import PanelView, Place


@get("/", summary="Panels of the loaded modules, of one place or of all", operation_id="list_panels")
async def list_panels(actor: NamedDependency[Actor], place: FromQuery[Place | None] = None) -> list[PanelView]:
    actor.require(*STAFF)
    found = registry.panels()
    return [PanelView(panel.name, panel.title, panel.place, panel.path) for panel in found if place in (None, panel.place)]


router = Router("/api/panels", route_handlers=[list_panels], tags=["panels"])
