"""How much visitors may upload: they need no account, and disks are finite."""

from core.access import Actor
from core.database import transaction
from core.errors import TooManyRequests

DAY_S = 24 * 3600
FILES_MAX = 100
MB = 1024 * 1024
VISITOR_BYTES = 200 * MB
ORGANIZATION_BYTES = 20_000 * MB

USED = """
SELECT count(*) FILTER (WHERE owner_key = $2), coalesce(sum(size) FILTER (WHERE owner_key = $2), 0)::bigint, coalesce(sum(size), 0)::bigint
FROM files WHERE organization_id = $1 AND owner_kind = 'visitor' AND created_at > now() - interval '1 day'
"""


async def left(actor: Actor) -> int | None:
    """How many bytes the visitor may still upload today; None for staff, who are bounded by nothing but the size of a file.

    Raises:
        TooManyRequests: nothing is left for him, or for all visitors of the organization together.
    """
    if actor.is_staff:
        return None
    async with transaction(actor) as db:
        files, own, everybody = (await db.fetch_rows(USED, actor.organization_id, actor.nonce))[0]
    remaining = min(VISITOR_BYTES - int(own), ORGANIZATION_BYTES - int(everybody))
    if files >= FILES_MAX or remaining <= 0:
        raise TooManyRequests("too much was uploaded today; try again tomorrow", retry_after_s=DAY_S)
    return remaining
