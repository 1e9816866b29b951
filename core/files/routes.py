"""Files over HTTP: uploads are raw bodies, streamed; downloads are attachments from unguessable addresses."""

from urllib.parse import quote

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from core.access import Actor
from core.auth.edge import Incoming, announced
from core.files import actions
from core.files.structs import FileName, FileView


@post(
    "/api/files", summary="Upload a file: the body is its bytes", operation_id="upload_file", tags=["files"], opt={"streams": True},
    request_max_body_size=None,
)  # fmt: skip
async def upload_file(actor: NamedDependency[Actor], request: Incoming, name: FileName) -> FileView:
    return await actions.upload(actor, name, request.headers.get("content-type", ""), announced(request), request.stream())


@get("/files/{token:str}", summary="Download a file", operation_id="download_file", tags=["files"])
async def download_file(token: FromPath[str]) -> Stream:
    found = await actions.served(token)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Length": str(found.size),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=86400, immutable",
    }
    return Stream(actions.store().read(found.token), media_type=found.content_type, headers=headers)


router = Router("/", route_handlers=[upload_file, download_file])
PUBLIC = ("GET /files/{token:str}",)
