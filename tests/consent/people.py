"""What tests of consent share: staff over HTTP, topics, readers, and what is known of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx

from core.access import Actor
from core.auth import sessions
from core.consent import addresses, links, standing
from core.consent.links import Owner
from core.database import pool, transaction
from tests.factories import an_address, an_organization
from tests.security.conftest import in_process


class Shop(NamedTuple):
    """An organization, and a client that is signed in as its admin where it sends `staff` along."""

    admin: Actor
    http: httpx.AsyncClient

    @property
    def staff(self) -> dict[str, str]:
        return as_staff(self.admin)

    async def ask(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """What staff gets; fails where it is not answered with `status`."""
        answer = await self.http.request(method, path, json=body, headers=self.staff)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def topic(self, **values: Any) -> Any:
        return await self.ask("POST", "/api/topics", {"name": f"News {an_address()}"} | values, 201)

    async def contact(self, email: str | None = None) -> Any:
        return await self.ask("POST", "/api/contacts", {"email": email or an_address()}, 201)

    async def say(self, contact: Any, topic: Any, state: str = "subscribed", status: int = 200) -> Any:
        body = {"state": state, "note": "Told us on the phone"}
        return await self.ask("PUT", f"/api/contacts/{contact['id']}/consents/{topic['id']}", body, status)

    async def why_not(self, email: str, topic: Any = None, kind: str = "marketing") -> str | None:
        return await standing.may_get(self.admin, email, topic and topic["id"], kind)

    async def owner(self, email: str) -> Owner:
        """Whoever reads mail there, as links name him."""
        async with transaction(self.admin) as db:
            return await addresses.owner(db, self.admin, await addresses.keep(db, self.admin, email))

    async def asked(self, email: str) -> str:
        """The path of the page that confirms what the address was asked last."""
        owner = await self.owner(email)
        sql = "SELECT max(id) FROM consent_entries WHERE organization_id = $1 AND address_id = $2 AND state = 'pending'"
        return path(links.confirm(owner, await pool().fetchval(sql, self.admin.organization_id, owner.address_id)))

    async def confirmed(self, email: str, topic: Any) -> None:
        """Somebody signs up for a topic, and confirms it."""
        assert (await self.http.post(path(topic["form"]), data={"email": email})).status_code == 200
        assert (await self.http.post(await self.asked(email))).status_code == 200


def path(link: str) -> str:
    return "/mail/" + link.partition("/mail/")[2]


def as_staff(actor: Actor) -> dict[str, str]:
    return {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(actor.session_id or 0)}"}


@asynccontextmanager
async def a_shop() -> AsyncIterator[Shop]:
    async with in_process() as http:
        yield Shop(await an_organization(), http)


async def entries(shop: Shop, email: str) -> list[tuple[str, str, str]]:
    """State, source and network of everything that was said, oldest first."""
    owner = await shop.owner(email)
    sql = "SELECT state, source, network FROM consent_entries WHERE organization_id = $1 AND address_id = $2 ORDER BY id"
    return [tuple(row) for row in await pool().fetch(sql, owner.organization_id, owner.address_id)]
