"""References, checks, indexes and row-level security of reviews and calibrators; which decisions people are asked to look at."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-26T15:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of reviews; the audit sample"

LOT = "('x' || substr(md5('audit ' || id::text), 1, 8))::bit(32)::bigint % 10 = 0"
"""A tenth of all decisions, the same whenever it is asked."""
RULES = (
    f"""
    ALTER TABLE ai_decisions ADD COLUMN distance real GENERATED ALWAYS AS (abs(confidence - threshold)) STORED,
                             ADD COLUMN audited boolean GENERATED ALWAYS AS ({LOT}) STORED;
    CREATE INDEX ai_decisions_to_review ON ai_decisions (organization_id, distance, id) WHERE distance IS NOT NULL AND draft <> '';
    """
    + belongs("ai_reviews")
    + refers("ai_reviews", "decision_id", "ai_decisions")
    + one_of("ai_reviews", "verdict", "approve", "edit", "reject")
    + one_of("ai_reviews", "reason", "wrong", "incomplete", "tone", "outdated", "should_hand_over", "other")
    + """
    ALTER TABLE ai_reviews ADD CONSTRAINT ai_reviews_once UNIQUE (organization_id, decision_id, user_id);
    CREATE INDEX ai_reviews_fresh ON ai_reviews (organization_id, updated_at DESC);
    """
    + tenant("ai_reviews", rights="SELECT, INSERT, UPDATE")
    + belongs("ai_calibrators")
    + """
    CREATE INDEX ai_calibrators_newest ON ai_calibrators (organization_id, mode, model, prompt_version, head, id DESC);
    CREATE INDEX ai_calibrators_made ON ai_calibrators (organization_id, created_at DESC);
    """
    + tenant("ai_calibrators", rights="SELECT, INSERT")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
