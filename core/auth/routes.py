"""Accounts over HTTP."""

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.auth import accounts, tickets
from core.auth.edge import Incoming, address_of, check_same_origin, no_cookie, session_cookie, user_agent_of
from core.auth.structs import LoginInput, Me, PasswordInput, SessionView, SignUpInput, SwitchInput, TicketView


def _signed_in(result: accounts.SignedIn, status: int) -> Response[Me]:
    return Response(result.me, status_code=status, cookies=[session_cookie(result.session_id)])


@post("/signup", status_code=201, summary="Found an organization and sign in", operation_id="sign_up")
async def sign_up(request: Incoming, data: JSONBody[SignUpInput]) -> Response[Me]:
    check_same_origin(request)
    return _signed_in(await accounts.sign_up(data, user_agent=user_agent_of(request), address=address_of(request)), 201)


@post("/login", status_code=200, summary="Sign in", operation_id="log_in")
async def log_in(request: Incoming, data: JSONBody[LoginInput]) -> Response[Me]:
    check_same_origin(request)
    return _signed_in(await accounts.log_in(data, user_agent=user_agent_of(request), address=address_of(request)), 200)


@post("/logout", status_code=204, summary="Sign out", operation_id="log_out")
async def log_out(actor: NamedDependency[Actor]) -> Response[None]:
    await accounts.log_out(actor)
    return Response(None, status_code=204, cookies=[no_cookie()])


@get("/me", summary="Who is signed in", operation_id="get_me")
async def get_me(actor: NamedDependency[Actor]) -> Me:
    return await accounts.me(actor)


@post("/switch", status_code=200, summary="Enter another organization", operation_id="switch_organization")
async def switch(actor: NamedDependency[Actor], request: Incoming, data: JSONBody[SwitchInput]) -> Response[Me]:
    entered = await accounts.switch(actor, data.organization_id, user_agent=user_agent_of(request), address=address_of(request))
    return _signed_in(entered, 200)


@post("/password", status_code=204, summary="Change the password; ends all other sessions", operation_id="change_password")
async def change_password(actor: NamedDependency[Actor], data: JSONBody[PasswordInput]) -> None:
    await accounts.change_password(actor, data)


@get("/sessions", summary="Own sessions", operation_id="list_sessions")
async def list_sessions(actor: NamedDependency[Actor]) -> list[SessionView]:
    return await accounts.list_sessions(actor)


@delete("/sessions/{session_id:int}", summary="End one of your sessions", operation_id="end_session")
async def end_session(actor: NamedDependency[Actor], session_id: FromPath[int]) -> None:
    await accounts.end_session(actor, session_id)


@post("/ticket", status_code=200, summary="A ticket that opens the socket", operation_id="get_ticket")
async def get_ticket(actor: NamedDependency[Actor]) -> TicketView:
    return TicketView(tickets.ticket_for(actor.session_id or 0), tickets.TICKET_S)


router = Router(
    "/api/auth",
    route_handlers=[sign_up, log_in, log_out, get_me, switch, change_password, list_sessions, end_session, get_ticket],
    tags=["auth"],
)
PUBLIC = ("POST /api/auth/signup", "POST /api/auth/login")
