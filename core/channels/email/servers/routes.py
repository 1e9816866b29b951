"""The server by which an inbox sends, over HTTP."""

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.channels.email.servers import actions, queries
from core.channels.email.servers.structs import SendingView, SmtpServerInput, SmtpTest, SmtpTestInput


@get("/", summary="The mail server of an inbox", operation_id="get_smtp_server")
async def get_server(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> SendingView:
    return await queries.view(actor, inbox_id)


@put("/", summary="Have an inbox send by a server of its own", operation_id="save_smtp_server")
async def save_server(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[SmtpServerInput]) -> SendingView:
    return await actions.save(actor, inbox_id, data)


@delete("/", summary="Have an inbox send by the installation's server", operation_id="remove_smtp_server")
async def remove_server(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> None:
    await actions.remove(actor, inbox_id)


@post("/test", status_code=200, summary="Try a mail server", operation_id="test_smtp_server")
async def test_server(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[SmtpTestInput]) -> SmtpTest:
    return await actions.test(actor, inbox_id, data)


router = Router(
    "/api/inboxes/{inbox_id:int}/email/server", route_handlers=[get_server, save_server, remove_server, test_server], tags=["email"]
)
