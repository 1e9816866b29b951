"""What crosses the edge about files."""

from typing import Annotated

import msgspec
from litestar.params import QueryParameter

FileName = Annotated[str, QueryParameter(max_length=1000, description="As on the sender's disk; cleaned before it is kept.")]


class FileView(msgspec.Struct):
    """An uploaded file. `token` names it when it is attached to a message; `url` serves it as a download."""

    token: str
    name: str
    content_type: str
    size: int
    url: str


def url_of(token: str) -> str:
    return f"/files/{token}"
