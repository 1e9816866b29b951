"""Teams: who works together. Reads stand here too, there are only two."""

import asyncpg

from core.access import ADMINS, Actor, Audience
from core.audit import log as audit
from core.database import Unit, read, transaction
from core.errors import Invalid, NotFound
from core.events.log import record
from core.teams.events import TeamDeleted, TeamSaved
from core.teams.structs import TeamInput, TeamView
from core.teams.tables import Team, TeamMember
from core.users.rights import widened

SELECT = """
SELECT t.id, t.name, ARRAY(SELECT n.user_id FROM team_members n WHERE n.organization_id = t.organization_id AND n.team_id = t.id ORDER BY 1)
FROM teams t WHERE t.organization_id = $1
"""


async def all_of(actor: Actor) -> list[TeamView]:
    async with read(actor) as db:
        return await db.fetch(TeamView, f"{SELECT} ORDER BY lower(t.name), t.id", actor.organization_id)


async def create(actor: Actor, data: TeamInput) -> TeamView:
    """Admins only."""
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        row = Team.new(actor, name=data.name)
        await row.save()
        return await _saved(db, actor, row.id, data.member_ids)


async def update(actor: Actor, team_id: int, data: TeamInput) -> TeamView:
    """Set name and members. Admins only.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        if not await Team.of(actor).exists().where(Team.id == team_id):
            raise NotFound("this team does not exist")
        await Team.of(actor).update({Team.name: data.name}).where(Team.id == team_id)
        return await _saved(db, actor, team_id, data.member_ids)


async def delete(actor: Actor, team_id: int) -> None:
    """Remove a team; its conversations keep their assignees. Admins only."""
    actor.require(*ADMINS)
    async with transaction(actor):
        if not await Team.of(actor).exists().where(Team.id == team_id):
            raise NotFound("this team does not exist")
        await Team.of(actor).delete().where(Team.id == team_id)
        await audit.note(actor, "team.deleted", subject=str(team_id))
        await record(TeamDeleted(organization_id=actor.organization_id, team_id=team_id, by=actor.ref), Audience())


async def _saved(db: Unit, actor: Actor, team_id: int, member_ids: list[int]) -> TeamView:
    before = await TeamMember.of(actor).delete().where(TeamMember.team_id == team_id).returning(TeamMember.user_id)
    sql = "INSERT INTO team_members (organization_id, team_id, user_id) SELECT $1, $2, unnest($3::bigint[])"
    try:
        await db.execute(sql, actor.organization_id, team_id, sorted(set(member_ids)))
    except asyncpg.ForeignKeyViolationError:
        raise Invalid("a member of a team must belong to the organization", code="unknown_member") from None
    await widened(db, actor.organization_id, set(member_ids) - {row["user_id"] for row in before})
    saved = (await db.fetch(TeamView, f"{SELECT} AND t.id = $2", actor.organization_id, team_id))[0]
    await audit.note(actor, "team.saved", subject=saved.name)
    event = TeamSaved(
        organization_id=actor.organization_id, team_id=team_id, name=saved.name, member_ids=saved.member_ids, by=actor.ref
    )
    await record(event, Audience())
    return saved
