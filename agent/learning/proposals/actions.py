"""What becomes of the changes that reviews propose."""

from agent.learning.checks import actions as checks
from agent.learning.checks.structs import CheckInput
from agent.learning.proposals import queries
from agent.learning.proposals.structs import AcceptInput, ProposalView
from agent.learning.proposals.transfer import section
from agent.reviews.structs import ReviewView
from agent.structs import Receipt
from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.knowledge import actions as knowledge
from core.knowledge import queries as articles
from core.knowledge.structs import BODY_MAX, ArticleChanges, ArticleView

WITHDRAW = "DELETE FROM ai_proposals WHERE organization_id = $1 AND review_id = $2 AND status = 'open'"
PROPOSE = """
INSERT INTO ai_proposals (organization_id, review_id, article_id, heading)
SELECT $1, $2, a.id, $4 FROM articles a WHERE a.organization_id = $1 AND a.id = $3 AND a.kind <> 'document'
ON CONFLICT (organization_id, review_id) DO UPDATE
SET article_id = excluded.article_id, heading = excluded.heading, status = 'open', version = NULL, decided_by = '', decided_at = NULL WHERE $5
"""
DECIDE = """
UPDATE ai_proposals SET status = $3, version = $4, decided_by = $5, decided_at = now() WHERE organization_id = $1 AND id = $2
"""


async def propose(db: Unit, actor: Actor, receipt: Receipt, said: ReviewView, *, anew: bool = True) -> None:
    """What a review's better text makes of the article that was quoted; the same review's earlier proposal goes, if nobody has decided on it.

    A document is changed where it was read from: nothing is proposed for it. `anew`: also where somebody has decided on an earlier one.
    """
    await db.execute(WITHDRAW, actor.organization_id, said.id)
    quoted = next((one for one in receipt.passages if one.quoted and one.audience == "public"), None)
    if quoted is not None and said.content.strip() and said.content.strip() != receipt.draft.strip():
        await db.execute(PROPOSE, actor.organization_id, said.id, quoted.article_id, quoted.heading, anew)


async def accept(actor: Actor, proposal_id: int, data: AcceptInput) -> ArticleView:
    """Put the text into the article, of which this makes a new version; the question is asked every night from now on.

    Raises:
        Forbidden: not an admin or user.
        NotFound: unknown, or of an answer that the actor may not see.
        Conflict: somebody decided already; or somebody saved the article meanwhile (`newer_version`); or there are too many checks.
        Invalid: `too_long`, the article would be.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        proposal = await _open(actor, proposal_id)
        article = await articles.get(actor, proposal.article.id, lock=True)
        start, end = section(article.body, proposal.heading)
        body = article.body[:start] + data.text + article.body[end:]
        if len(body) > BODY_MAX:
            raise Invalid(f"an article has {BODY_MAX} characters at most", code="too_long", most=BODY_MAX)
        changed = await knowledge.update(actor, article.id, ArticleChanges(data.version, body=body))
        await db.execute(DECIDE, actor.organization_id, proposal_id, "accepted", changed.version, actor.name)
        if data.question.strip():
            await checks.keep(actor, CheckInput(data.question, "answer", article.id), "review")
    return changed


async def dismiss(actor: Actor, proposal_id: int) -> None:
    """Leave the article as it is.

    Raises:
        Forbidden: not an admin or user.
        NotFound: unknown, or of an answer that the actor may not see.
        Conflict: somebody decided already.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await _open(actor, proposal_id)
        await db.execute(DECIDE, actor.organization_id, proposal_id, "dismissed", None, actor.name)


async def _open(actor: Actor, proposal_id: int) -> ProposalView:
    proposal = await queries.get(actor, proposal_id, lock=True)
    if proposal.status != "open":
        raise Conflict("somebody has decided about this already", code="already_decided")
    return proposal
