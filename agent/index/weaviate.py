"""Weaviate as a knowledge index: one collection for each model, one tenant for each organization, vectors of our own.

It holds copies. What it finds is looked up in PostgreSQL before anybody sees it, which also knows what it holds (`core.knowledge.copies`). A
search is two requests: a hybrid one, which fuses words and meaning by their places, and the distances of what that found. The score
of a hybrid search says nothing of how good its best hit is, so it is not even asked for. Without a meaning there is nothing that it
does better: PostgreSQL answers by words.

The client is slow to import; only workers come here.
"""

import asyncio
import hashlib
import logging
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from weaviate import WeaviateAsyncClient, use_async_with_custom
from weaviate.classes.config import Configure, DataType, Property, Tokenization, VectorDistances
from weaviate.classes.data import DataObject
from weaviate.classes.init import AdditionalConfig, Auth, Timeout
from weaviate.classes.query import Filter, HybridFusion, MetadataQuery

from agent import settings
from core.access import Actor
from core.errors import LacasaError, Misconfigured
from core.extend.knowledge import Audience, Embedded, Found, IndexUnavailable, Lacking, Meaning
from core.knowledge import copies, search
from core.knowledge.copies import Hit

NAME = "weaviate"
SEARCH_S = 3.0
"""So long may a customer's question wait for it; then PostgreSQL answers by words."""
WRITE_S = 30.0
AT_ONCE = 100
"""Objects of one request."""
FOUND_MAX = 100
SENTENCE_MAX = 2000
ALPHA = 0.5
"""Words and meaning count alike."""
SEARCHED = ["title^2", "heading", "text"]
ANY_LANGUAGE = "any"
"""For an empty language, which Weaviate's filters do not find."""
SPACE = uuid.UUID("0b7e3f0e-6f0c-5d1b-9a4e-0f5a3c9d2e71")
"""Of our ids: the same passage of the same organization has the same one each time."""
HOLDINGS = copies.holdings(NAME)

logging.getLogger("weaviate-client").setLevel(
    logging.CRITICAL
)  # it logs whole objects that could not be stored, and so what people wrote


def tenant_of(actor: Actor) -> str:
    return f"organization-{actor.organization_id}"


def id_of(actor: Actor, passage_id: int) -> uuid.UUID:
    return uuid.uuid5(SPACE, f"{actor.organization_id}/{passage_id}")


class Weaviate:
    """A connection that is made when it is first needed, and again after it failed."""

    def __init__(self, place: settings.Weaviate) -> None:
        """
        Raises:
            Misconfigured: no address is set, or none that is one.
        """
        self._place = place
        self._address = urlsplit(place.url or "")
        if self._address.scheme not in {"http", "https"} or not self._address.hostname:
            raise Misconfigured("LACASA_WEAVIATE_URL is to be Weaviate's REST address, http://… or https://…")
        self._client: WeaviateAsyncClient | None = None
        self._connecting = asyncio.Lock()
        self.in_use = HOLDINGS.in_use
        self.adopt = HOLDINGS.adopt

    async def search(
        self,
        actor: Actor,
        sentence: str,
        audiences: Sequence[Audience],
        limit: int,
        *,
        language: str = "",
        meaning: Meaning | None = None,
    ) -> list[Found]:
        kept = await HOLDINGS.kept(actor, meaning.model) if meaning else None
        if meaning is None or kept is None:
            return await search.search(actor, sentence, audiences, limit, language=language)
        await HOLDINGS.fitting(actor, meaning.model, {len(meaning.vector)})
        async with self._asking(SEARCH_S) as client:
            collection = client.collections.use(self.collection_of(meaning.model)).with_tenant(tenant_of(actor))
            hits = await _found(collection, sentence[:SENTENCE_MAX], meaning, _filter(audiences, language), min(limit, FOUND_MAX))
        return await copies.current(actor, sentence, hits, audiences, language)

    async def is_there(self, actor: Actor) -> bool:
        return True

    async def lacking(self, actor: Actor, model: str, limit: int) -> list[Lacking]:
        async with self._asking(WRITE_S) as client:
            await self._prepare(client, actor, model)
        return await HOLDINGS.lacking(actor, model, limit)

    async def store(self, actor: Actor, model: str, embedded: Sequence[Embedded]) -> None:
        dimension = await HOLDINGS.fitting(actor, model, {len(vector) for _, vector in embedded})
        for start in range(0, len(embedded), AT_ONCE):
            part = embedded[start : start + AT_ONCE]
            async with self._asking(WRITE_S) as client:
                await self._prepare(client, actor, model)
                collection = client.collections.use(self.collection_of(model)).with_tenant(tenant_of(actor))
                answer = await collection.data.insert_many([_object(actor, *one) for one in part])
            kept = [passage.id for place, (passage, _) in enumerate(part) if place not in answer.errors]
            await copies.note(actor, NAME, model, dimension, kept)
            if answer.errors:
                raise IndexUnavailable(f"Weaviate refused {len(answer.errors)} of {len(part)} passages")

    async def forget(self, actor: Actor, article_id: int) -> None:
        current = await copies.published_version(actor, article_id)
        old = Filter.by_property("article_id").equal(article_id)
        if current is not None:
            old &= Filter.by_property("version").less_than(current)
        known = {*await copies.models(actor, NAME), settings.settings().model}
        async with self._asking(WRITE_S) as client:
            for collection in await self._there(client, actor, known):
                answer = await collection.data.delete_many(where=old)
                if answer.failed:
                    raise IndexUnavailable(f"Weaviate could not drop {answer.failed} passages")

    async def retire(self, actor: Actor, keep: str, limit: int) -> int:
        used = await self.in_use(actor)
        retired = {*await copies.models(actor, NAME)} - {keep, used.model if used else keep}
        async with self._asking(WRITE_S) as client:
            for collection in await self._there(client, actor, retired):
                await collection.tenants.remove(tenant_of(actor))
        return await HOLDINGS.retire(actor, keep, limit)

    async def behind(self, model: str) -> list[int]:
        async with self._asking(WRITE_S) as client:
            is_empty = not await client.collections.exists(self.collection_of(model))
        if is_empty:
            await copies.lost_by_all(NAME, model)
        return await HOLDINGS.behind(model)

    async def close(self) -> None:
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    def collection_of(self, model: str) -> str:
        """Embeddings of two models have nothing to do with each other, and often not even the same length."""
        return f"{self._place.collection}Passages{hashlib.sha256(model.encode()).hexdigest()[:8]}"

    async def _prepare(self, client: WeaviateAsyncClient, actor: Actor, model: str) -> None:
        """Make collection and tenant where they are not (any more); what the books say of a lost tenant is struck out."""
        name = self.collection_of(model)
        if not await client.collections.exists(name):
            await client.collections.create(
                name,
                description="Passages of articles, embedded by one model",
                properties=PROPERTIES,
                vector_config=Configure.Vectors.self_provided(
                    vector_index_config=Configure.VectorIndex.hnsw(distance_metric=VectorDistances.COSINE)
                ),
                multi_tenancy_config=Configure.multi_tenancy(enabled=True),
            )
        tenants = client.collections.use(name).tenants
        if not await tenants.exists(tenant_of(actor)):
            await copies.lost(actor, NAME, model)
            await tenants.create(tenant_of(actor))

    async def _there(self, client: WeaviateAsyncClient, actor: Actor, known: set[str]) -> list[Any]:
        """Of these models' collections those that exist and have this organization."""
        found = []
        for name in sorted(map(self.collection_of, known)):
            if await client.collections.exists(name):
                collection = client.collections.use(name)
                if await collection.tenants.exists(tenant_of(actor)):
                    found.append(collection.with_tenant(tenant_of(actor)))
        return found

    @asynccontextmanager
    async def _asking(self, seconds: float) -> AsyncIterator[WeaviateAsyncClient]:
        """The client, for requests that take so long together at most (it would try again for half a minute by itself).

        Raises:
            IndexUnavailable: whatever went wrong.
        """
        try:
            async with asyncio.timeout(seconds):
                yield await self._connected()
        except LacasaError:
            raise
        except TimeoutError as error:
            raise IndexUnavailable("Weaviate does not answer in time") from error
        except Exception as error:  # the client's own, its HTTP client's and gRPC's: they have nothing in common
            raise IndexUnavailable(f"Weaviate does not answer: {type(error).__name__}") from error

    async def _connected(self) -> WeaviateAsyncClient:
        async with self._connecting:
            if self._client is None:
                client = self._new()
                try:
                    await client.connect()
                except BaseException:
                    await client.close()
                    raise
                self._client = client
            return self._client

    def _new(self) -> WeaviateAsyncClient:
        """Without its checks at the start, one of which asks a public server for its own newest version."""
        secure, host = self._address.scheme == "https", self._address.hostname or ""
        return use_async_with_custom(
            http_host=host,
            http_port=self._address.port or (443 if secure else 80),
            http_secure=secure,
            grpc_host=host,
            grpc_port=self._place.grpc,
            grpc_secure=secure,
            auth_credentials=Auth.api_key(self._place.key) if self._place.key else None,
            additional_config=AdditionalConfig(timeout=Timeout(init=SEARCH_S, query=SEARCH_S, insert=WRITE_S)),
            skip_init_checks=True,
        )


PROPERTIES = [
    *(Property(name=name, data_type=DataType.TEXT) for name in ("title", "heading", "text")),
    *(
        Property(name=name, data_type=DataType.TEXT, tokenization=Tokenization.FIELD, index_searchable=False)
        for name in ("audience", "language")
    ),
    *(Property(name=name, data_type=DataType.INT) for name in ("passage_id", "article_id", "version")),
]


def _object(actor: Actor, passage: Lacking, vector: Sequence[float]) -> DataObject[Any, Any]:
    return DataObject(
        uuid=id_of(actor, passage.id),
        vector=[float(number) for number in vector],
        properties={
            "passage_id": passage.id,
            "article_id": passage.article_id,
            "version": passage.version,
            "title": passage.title,
            "heading": passage.heading,
            "text": passage.text,
            "audience": passage.audience,
            "language": passage.language or ANY_LANGUAGE,
        },
    )


def _filter(audiences: Sequence[Audience], language: str) -> Any:
    wanted = Filter.by_property("audience").contains_any(list(audiences))
    return wanted & Filter.by_property("language").contains_any([language, ANY_LANGUAGE]) if language else wanted


async def _found(collection: Any, sentence: str, meaning: Meaning, wanted: Any, limit: int) -> list[Hit]:
    """Best first. The second request is for the distance of each: fused ranks tell nothing of how near the nearest is."""
    vector = list(meaning.vector)
    if sentence.strip():
        fused = await collection.query.hybrid(
            query=sentence,
            vector=vector,
            alpha=ALPHA,
            fusion_type=HybridFusion.RANKED,
            query_properties=SEARCHED,
            filters=wanted,
            limit=limit,
            return_properties=["passage_id"],
        )
        if not fused.objects:
            return []
        order = [int(one.properties["passage_id"]) for one in fused.objects]
        wanted = Filter.by_id().contains_any([one.uuid for one in fused.objects])
        limit = len(order)
    else:
        order = []
    near = await collection.query.near_vector(
        near_vector=vector,
        filters=wanted,
        limit=limit,
        return_metadata=MetadataQuery(distance=True),
        return_properties=["passage_id"],
    )
    cosines = {int(one.properties["passage_id"]): 1.0 - one.metadata.distance for one in near.objects}
    return [Hit(passage_id, cosines.get(passage_id)) for passage_id in order or cosines]
