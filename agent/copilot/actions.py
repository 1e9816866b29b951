"""What agents do with suggestions, so that the confidence learns from it."""

from agent.copilot.queries import MARK, plain
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.reviews.structs import ReviewInput, ReviewView
from core.access import Actor


async def sent(actor: Actor, decision_id: int, content: str) -> ReviewView:
    """A suggestion was sent to the customer, as it was or as `content`: its review.

    Raises:
        NotFound: unknown, or in a conversation that the actor may not see.
        Conflict: nothing is learned from it.
    """
    actor.require("admin", "agent")
    draft = (await reviewed.reviewable(actor, decision_id)).draft
    if content.strip() == plain(draft):
        return await reviews.review(actor, decision_id, ReviewInput("approve"))
    marked = content.strip() + "".join(MARK.findall(draft))
    return await reviews.review(actor, decision_id, ReviewInput("edit", content=marked))
