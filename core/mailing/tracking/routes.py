"""Where links and images of mails lead. Without cookies; whatever else a request says is only evidence of who asks."""

from contextlib import suppress
from typing import Annotated, Literal

from litestar import Response, Router, route
from litestar.params import FromPath, QueryParameter

from core.auth import limits
from core.auth.edge import Incoming, address_of, user_agent_of
from core.errors import TooManyRequests, Unavailable
from core.mailing.tracking import actions, links
from core.mailing.tracking.actions import Seen
from core.mailing.tracking.judging import agent_of
from core.networks import coarse

PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A GIF of one transparent point."""
NOT_KEPT = {"Cache-Control": "no-store, private", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
BOTH: list[Literal["GET", "HEAD"]] = ["GET", "HEAD"]
To = Annotated[str, QueryParameter(max_length=links.URL_MAX, description="Where the link leads; sealed in it.")]


@route("/mail/click/{signature:str}", http_method=BOTH, include_in_schema=False, status_code=302)
async def follow_link(request: Incoming, signature: FromPath[str], to: To = "") -> Response[bytes]:
    """Leads on even where it cannot be written down: whoever clicks wants to get there."""
    found = links.clicked(signature, to)
    if _is_kept(found.organization_id, found.send_id):
        with suppress(Unavailable):  # it is in the log; the click is lost, the person is not
            await actions.follow(signature, to, _seen(request))
    return Response(b"", status_code=302, headers={**NOT_KEPT, "Location": to})


@route("/mail/open/{signature:str}", http_method=BOTH, include_in_schema=False, status_code=200)
async def show_pixel(request: Incoming, signature: FromPath[str]) -> Response[bytes]:
    found = links.opened(signature)
    if _is_kept(found.organization_id, found.send_id):
        await actions.open_mail(signature, _seen(request))
    return Response(PIXEL, media_type="image/gif", headers=NOT_KEPT)


def _is_kept(organization_id: int, send_id: int) -> bool:
    """Whether it is written down; if not, too many of this mail were of late. Counted by the mail: a provider's proxies ask for all from few
    addresses."""
    try:
        limits.of_visitors().read(f"mail {send_id} of {organization_id}")
    except TooManyRequests:
        return False
    return True


def _seen(request: Incoming) -> Seen:
    method: Literal["GET", "HEAD"] = "HEAD" if request.method == "HEAD" else "GET"
    return Seen(method, agent_of(user_agent_of(request)), coarse(address_of(request)))


router = Router("/", route_handlers=[follow_link, show_pixel])
PUBLIC = tuple(f"{method} /mail/{page}/{{signature:str}}" for page in ("click", "open") for method in BOTH)
