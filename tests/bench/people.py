"""Many members of an organization, with sessions, put straight into the tables: what benches need before they begin, in a second."""

import math

import msgspec

from core.access import Actor
from core.auth import tickets
from core.database import system_transaction
from core.inboxes.structs import InboxView
from tests.factories import an_inbox, an_organization

PER_AGENT = 25
ADD = """
WITH person AS (
    INSERT INTO users (email, name, password_hash)
    SELECT format('agent-%s-%s@example.com', $1::bigint, n), format('Agent %s', n), 'none' FROM generate_series($2::int, $2 + $3 - 1) n
    RETURNING id
), member AS (
    INSERT INTO memberships (organization_id, user_id, role) SELECT $1, id, 'agent' FROM person RETURNING user_id
)
INSERT INTO sessions (user_id, organization_id, expires_at, user_agent, address)
SELECT user_id, $1, now() + interval '1 day', 'bench', '' FROM member RETURNING id, user_id
"""


class Scene(msgspec.Struct, frozen=True):
    """An organization, its inbox that everybody may see, and the sessions of its agents."""

    admin: Actor
    inbox: InboxView
    session_ids: list[int]
    user_ids: list[int]

    def logins(self) -> list[str]:
        """What a staff socket says first, one line for each session: good for a minute."""
        return [login_of(session_id) for session_id in self.session_ids]


async def a_scene(sockets: int) -> Scene:
    """With as many agents as it takes for so many sockets: the hub lets one person have 30."""
    agents = math.ceil(sockets / PER_AGENT)
    admin = await an_organization()
    inbox = await an_inbox(admin)
    async with system_transaction("colleagues of a bench are made at once") as db:
        rows = await db.fetch_rows(ADD, admin.organization_id, 1, agents)
    return Scene(admin, inbox, [row[0] for row in rows], [row[1] for row in rows])


def login_of(session_id: int) -> str:
    """Authenticate by ticket, subscribe from now on: an answer to each of the server's first frames, tab-separated as the load client takes them."""
    ticket = tickets.ticket_for(session_id)
    return f'{{"op":"auth","ticket":"{ticket}"}}\t{{"op":"subscribe","cursor":null}}'
