"""What crosses the edge about files."""

import msgspec


class FileView(msgspec.Struct):
    """An uploaded file. `token` names it when it is attached to a message; `url` serves it as a download."""

    token: str
    name: str
    content_type: str
    size: int
    url: str


def url_of(token: str) -> str:
    return f"/files/{token}"
