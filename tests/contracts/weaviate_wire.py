"""What stands on Weaviate's side of the wire in a contract test: it keeps what it is sent, answers as told, and fails as told.

It is no Weaviate: it ranks nothing, filters nothing and keeps no tenant from another. It speaks the client's own protocol.
"""

import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import grpc
from weaviate.proto.v1 import batch_delete_pb2, batch_pb2, properties_pb2, search_get_pb2, weaviate_pb2_grpc


class Peer(weaviate_pb2_grpc.WeaviateServicer):
    """`schema`: tenants by collection. `hits`: (uuid, passage id, distance) of each search to come, in order."""

    def __init__(self) -> None:
        self.schema: dict[str, set[str]] = {}
        self.created: list[dict[str, Any]] = []
        self.searches: list[Any] = []
        self.batches: list[Any] = []
        self.deletions: list[Any] = []
        self.hits: list[list[tuple[str, int, float]]] = []
        self.refuse: set[int] = set()
        """Places in the next batch that fail."""
        self.is_away = False

    async def Search(self, request: Any, context: Any) -> Any:  # noqa: N802 - the names of the service
        await self._or_away(context)
        self.searches.append(request)
        found = self.hits.pop(0) if self.hits else []
        return search_get_pb2.SearchReply(results=[_result(*hit) for hit in found])

    async def BatchObjects(self, request: Any, context: Any) -> Any:  # noqa: N802 - the names of the service
        await self._or_away(context)
        self.batches.append(request)
        errors = [batch_pb2.BatchObjectsReply.BatchError(index=place, error="no room") for place in self.refuse]
        return batch_pb2.BatchObjectsReply(errors=errors)

    async def BatchDelete(self, request: Any, context: Any) -> Any:  # noqa: N802 - the names of the service
        await self._or_away(context)
        self.deletions.append(request)
        return batch_delete_pb2.BatchDeleteReply(successful=1, matches=1)

    async def _or_away(self, context: Any) -> None:
        if self.is_away:
            await context.abort(grpc.StatusCode.UNAVAILABLE, "gone fishing")


def _result(uuid: str, passage_id: int, distance: float) -> Any:
    fields = {"passage_id": properties_pb2.Value(int_value=passage_id)}
    return search_get_pb2.SearchResult(
        metadata=search_get_pb2.MetadataResult(
            id=uuid, id_as_bytes=bytes.fromhex(uuid.replace("-", "")), distance=distance, distance_present=True
        ),
        properties=search_get_pb2.PropertiesResult(non_ref_props=properties_pb2.Properties(fields=fields)),
    )


def _handler(peer: Peer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, status: int, body: object = None) -> None:
            text = b"" if self.command == "HEAD" or body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def _body(self) -> Any:
            return json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")

        def do_GET(self) -> None:
            name = self.path.removeprefix("/v1/schema/")
            if self.path == "/v1/meta":
                self._answer(200, {"version": "1.34.0", "hostname": "http://localhost", "modules": {}})
            else:
                self._answer(200 if name in peer.schema else 404, {"class": name})

        def do_HEAD(self) -> None:
            _, _, _, name, _, tenant = self.path.split("/")
            self._answer(200 if tenant in peer.schema.get(name, ()) else 404)

        def do_POST(self) -> None:
            sent = self._body()
            if self.path == "/v1/schema":
                peer.created.append(sent)
                peer.schema[sent["class"]] = set()
            else:
                peer.schema[self.path.split("/")[3]].update(tenant["name"] for tenant in sent)
            self._answer(200, sent)

        def do_DELETE(self) -> None:
            peer.schema[self.path.split("/")[3]].difference_update(self._body())
            self._answer(200)

    return Handler


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Peer, int, int]]:
    """The peer, its REST port and its gRPC port."""
    peer = Peer()
    rest = ThreadingHTTPServer(("127.0.0.1", 0), _handler(peer))
    rest.daemon_threads = True
    thread = threading.Thread(target=rest.serve_forever, daemon=True)
    thread.start()
    server = grpc.aio.server()
    weaviate_pb2_grpc.add_WeaviateServicer_to_server(peer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield peer, rest.server_port, port
    finally:
        await server.stop(None)
        rest.shutdown()
        rest.server_close()
        thread.join()
