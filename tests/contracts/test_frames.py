"""The document of the socket's protocol is complete, and says what the server does."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from realtime import asyncapi, protocol
from realtime.protocol import ClientFrame, Close, ServerFrame

CLIENTS, SERVERS = get_args(ClientFrame), get_args(ServerFrame)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def document(connected: object) -> dict[str, Any]:
    asyncapi.document.cache_clear()
    found: dict[str, Any] = json.loads(json.dumps(asyncapi.document()))
    return found


def _frames() -> list[type[msgspec.Struct]]:
    """Every struct of the protocol that has an `op`."""
    return [
        found
        for found in vars(protocol).values()
        if isinstance(found, type) and issubclass(found, msgspec.Struct) and found.__struct_config__.tag_field == "op"
    ]


def test_every_frame_is_of_one_side_and_described(document: dict[str, Any]) -> None:
    assert set(_frames()) == {*CLIENTS, *SERVERS}
    messages = document["components"]["messages"]
    assert set(messages) == {frame.__name__ for frame in _frames()}
    for frame in _frames():
        assert messages[frame.__name__]["name"] == frame.__struct_config__.tag
        assert messages[frame.__name__]["summary"], f"{frame.__name__} says nothing of itself"
    sides = {name: [ref["$ref"] for ref in operation["messages"]] for name, operation in document["operations"].items()}
    assert sides["hear"] == [f"#/channels/socket/messages/{frame.__name__}" for frame in CLIENTS]
    assert sides["tell"] == [f"#/channels/socket/messages/{frame.__name__}" for frame in SERVERS]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        found = document
        for step in reference.split("/"):
            found = found[step]
        assert found


def test_the_op_of_a_frame_is_in_its_schema(document: dict[str, Any]) -> None:
    for frame in _frames():
        schema = document["components"]["schemas"][frame.__name__]
        assert schema["properties"]["op"]["enum"] == [frame.__struct_config__.tag]
        assert set(schema["properties"]) == {"op", *frame.__struct_fields__}


def test_every_close_code_is_described_and_of_a_class(document: dict[str, Any]) -> None:
    told = document["channels"]["socket"]["x-close-codes"]
    assert {str(int(code)) for code in Close} <= set(told)
    assert all(int(code) // 100 in {41, 42, 44} for code in Close)
    readme = (ROOT / "realtime/README.md").read_text()
    assert [code for code in Close if str(int(code)) not in readme] == []


def test_every_op_stands_in_the_readme() -> None:
    readme = (ROOT / "realtime/README.md").read_text()
    assert [frame.__struct_config__.tag for frame in _frames() if f"`{frame.__struct_config__.tag}`" not in readme] == []
