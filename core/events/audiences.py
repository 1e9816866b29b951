"""Who may hear of a conversation right now, for what is not an event: typing, viewers."""

from core.access import Actor, Audience, visible
from core.database import read

SELECT = "SELECT c.id, c.token, c.contact_id, c.inbox_id, c.team_id, c.assignee_id FROM conversations c WHERE c.organization_id = $1 AND "


async def of_conversation(actor: Actor, name: int | str) -> tuple[Audience, str] | None:
    """The audience of a conversation and its outside token, if the actor may see it. `name`: its id for staff, its token for visitors."""
    if isinstance(name, int) != actor.is_staff:
        return None
    column = "c.id" if isinstance(name, int) else "c.token"
    rule, held = visible(actor, 3)
    async with read(actor) as db:
        rows = await db.fetch_rows(f"{SELECT}{column} = $2 AND {rule}", actor.organization_id, name, *held)
    if not rows:
        return None
    conversation_id, token, contact_id, inbox_id, team_id, assignee_id = rows[0]
    audience = Audience(
        conversation_id=conversation_id,
        contact_ids=() if contact_id is None else (contact_id,),
        inbox_ids=(inbox_id,),
        team_ids=() if team_id is None else (team_id,),
        assignee_ids=() if assignee_id is None else (assignee_id,),
        staff_only=False,
    )
    return audience, token
