"""What campaigns are called, for figures about them."""

from collections.abc import Mapping, Sequence

from core.access import MARKETERS, Actor
from core.database import read
from core.extend.naming import Names
from modules.campaigns import keys

CALLED = "SELECT c.id, c.name FROM campaigns c WHERE c.organization_id = $1 AND c.id = ANY ($2::bigint[])"


async def called(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """None to whoever may see no campaigns."""
    if actor.role not in MARKETERS:
        return {}
    async with read(actor) as db:
        return dict(await db.fetch_rows(CALLED, actor.organization_id, list(ids)))


NAMES = Names(kind=keys.KIND, called=called)
