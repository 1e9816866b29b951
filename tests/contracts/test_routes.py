"""What holds for every route and everything that can be sent to one."""

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import inspect

from core.access import Actor
from core.extend import registry
from tests.contracts.routes import Route, routes

PUBLIC = {
    "GET /",
    "GET /app",
    "GET /app/assets/{name:str}",
    "GET /app/{page:path}",
    "GET /chat/{name:str}",
    "GET /demo",
    "GET /favicon.ico",
    "GET /files/{token:str}",
    "GET /health/live",
    "GET /health/ready",
    "GET /mail-images/{organization_id:int}/{message_id:int}/{until:int}/{signature:str}",
    "GET /schema/asyncapi.json",
    "GET /widget.js",
    "GET /api/realtime/stats",
    "GET /api/widget/{key:str}/articles",
    "GET /api/widget/{key:str}/articles/{slug:str}",
    "POST /api/auth/login",
    "POST /api/auth/signup",
    "POST /api/widget/{key:str}/session",
    "POST /inbound/email",
    "GET /mail/stop/{stop:str}",
    "POST /mail/stop/{stop:str}",
    "GET /mail/confirm/{confirm:str}",
    "POST /mail/confirm/{confirm:str}",
    "GET /mail/unsubscribe/{unsubscribe:str}",
    "POST /mail/unsubscribe/{unsubscribe:str}",
    "GET /mail/preferences/{preferences:str}",
    "POST /mail/preferences/{preferences:str}",
    "GET /mail/subscribe/{form:str}",
    "POST /mail/subscribe/{form:str}",
    "GET /mail/click/{signature:str}",
    "HEAD /mail/click/{signature:str}",
    "GET /mail/open/{signature:str}",
    "HEAD /mail/open/{signature:str}",
    "POST /connect/woocommerce",
    "POST /webhooks/{platform:str}/{event:str}",
    "WEBSOCKET /ws",
}
"""THE reviewed list: whoever adds to it says in the commit why nobody needs to be known there.

Files: the 128 random bits of the address are the permission. Widget: the key in the path is public by design, and shows
what the help center shows. The socket authenticates in its first frame. Mail is signed with a key of the installation, and so is
what a link names by which somebody ends mails about a conversation, or confirms, ends or chooses what mail comes to an address.
Anybody may sign up for a topic.
Links of mails and the image that tells of their opening are sealed with where they lead.
Shops sign what they deliver, and the address has a key of the shop. A WooCommerce shop that brings keys names a random invitation, once.
Images of mails: the frame that shows a mail is of no origin and sends no cookie; the address is signed for one image of one mail.
"""
FRAMEWORK = {"GET /schema", "GET /schema/openapi.json", "GET /schema/{path:str}"}
"""The description of the API, served by the framework: names of routes and fields, no data."""
INPUT_LIMITS = ("str", "bytes", "list", "set", "dict")


def test_every_route_knows_who_asks_or_is_reviewed_as_public() -> None:
    strangers = {route.name for route in routes() if not {"actor", "visitor"} & route.parameters}
    assert strangers - FRAMEWORK == PUBLIC


def test_the_manifests_list_exactly_the_reviewed_public_routes() -> None:
    listed = [name for module in registry.installed().values() for name in module.public_routes]
    assert len(listed) == len(set(listed))
    assert set(listed) == PUBLIC


def test_whoever_is_asked_for_as_actor_is_an_actor() -> None:
    for route in routes():
        for name in {"actor", "visitor"} & route.parameters:
            parameter = route.handler.parsed_fn_signature.parameters[name]
            assert parameter.annotation is Actor, route.name
            assert not parameter.has_default, f"{route.name}: a dependency that may be missing is no guard"


def test_every_route_of_the_api_has_an_operation_id_of_its_own() -> None:
    described = [
        route
        for route in routes()
        if route.handler.__class__.__name__ == "HTTPRouteHandler" or hasattr(route.handler, "operation_id")
    ]
    described = [
        route
        for route in described
        if getattr(route.handler, "include_in_schema", False) is not False and route.name not in FRAMEWORK
    ]
    names = [route.handler.operation_id for route in described]
    assert all(isinstance(name, str) for name in names), [route.name for route in described if not route.handler.operation_id]
    assert len(set(names)) == len(names)


BODIES = [route for route in routes() if route.body is not None]


@pytest.mark.parametrize("route", BODIES, ids=lambda route: route.name)
def test_a_body_forbids_what_it_does_not_know_and_limits_what_it_takes(route: Route) -> None:
    assert list(_faults(inspect.type_info(route.body), "body")) == []


def _faults(kind: Any, path: str) -> Any:
    """Where the type takes unknown fields or text and lists without an end. JSON of any form says what else it is `limited_by`."""
    if isinstance(kind, inspect.Metadata):
        if (kind.extra or {}).get("limited_by"):
            return
        kind = kind.type
    name = type(kind).__name__
    if isinstance(kind, inspect.StructType):
        if not msgspec.structs.fields(kind.cls) or not kind.forbid_unknown_fields:
            yield f"{path}: {kind.cls.__name__} does not forbid unknown fields"
        for field in kind.fields:
            yield from _faults(field.type, f"{path}.{field.name}")
        return
    if name.removesuffix("Type").lower() in INPUT_LIMITS and getattr(kind, "max_length", None) is None:
        yield f"{path}: {name} without max_length"
    if name in {"AnyType", "RawType"}:
        yield f"{path}: takes anything"
    for part in (
        *getattr(kind, "types", ()),
        *filter(None, (getattr(kind, side, None) for side in ("item_type", "key_type", "value_type"))),
    ):
        yield from _faults(part, f"{path}[]")


def test_the_check_of_bodies_sees_what_it_must() -> None:
    class Loose(msgspec.Struct):
        text: str
        many: list[int]
        more: dict[str, Any]
        read: Annotated[dict[str, Any], msgspec.Meta(extra={"limited_by": "a reader of its own"})]

    assert len(list(_faults(inspect.type_info(Loose), "body"))) == 6
