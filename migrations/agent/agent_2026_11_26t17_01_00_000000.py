"""References, checks, indexes and row-level security of unanswered questions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-26T17:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of unanswered questions"

RULES = (
    belongs("ai_gaps")
    + refers("ai_gaps", "article_id", "articles", on_delete="SET NULL")
    + one_of("ai_gaps", "status", "open", "written", "assigned", "dismissed")
    + tenant("ai_gaps")
    + belongs("ai_unanswered")
    + """
    ALTER TABLE ai_unanswered ADD CONSTRAINT ai_unanswered_decision_id_fk FOREIGN KEY (organization_id, decision_id)
        REFERENCES ai_decisions (organization_id, id) ON DELETE CASCADE;
    ALTER TABLE ai_unanswered ADD CONSTRAINT ai_unanswered_gap_id_fk FOREIGN KEY (organization_id, gap_id)
        REFERENCES ai_gaps (organization_id, id) ON DELETE CASCADE;
    ALTER TABLE ai_unanswered ADD CONSTRAINT ai_unanswered_once UNIQUE (organization_id, decision_id);
    CREATE INDEX ai_unanswered_of_gap ON ai_unanswered (organization_id, gap_id, decision_id);
    CREATE INDEX ai_unanswered_asked ON ai_unanswered (organization_id, asked_at);
    CREATE INDEX ai_decisions_unanswered ON ai_decisions (organization_id, id)
        WHERE outcome = 'handed_off' AND reason IN ('no_knowledge', 'low_confidence');
    """
    + tenant("ai_unanswered")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
