"""References, checks, indexes and row-level security of proposals and checks."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-26T17:03:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of proposals and checks"

RULES = (
    belongs("ai_proposals")
    + refers("ai_proposals", "article_id", "articles")
    + one_of("ai_proposals", "status", "open", "accepted", "dismissed")
    + """
    ALTER TABLE ai_proposals ADD CONSTRAINT ai_proposals_review_id_fk FOREIGN KEY (organization_id, review_id)
        REFERENCES ai_reviews (organization_id, id) ON DELETE CASCADE;
    ALTER TABLE ai_proposals ADD CONSTRAINT ai_proposals_once UNIQUE (organization_id, review_id);
    CREATE INDEX ai_proposals_shown ON ai_proposals (organization_id, status, id DESC);
    """
    + tenant("ai_proposals")
    + belongs("ai_checks")
    + refers("ai_checks", "article_id", "articles", on_delete="SET NULL")
    + one_of("ai_checks", "expects", "answer", "handover")
    + one_of("ai_checks", "source", "review", "hand")
    + """
    ALTER TABLE ai_checks ADD CONSTRAINT ai_checks_once UNIQUE (organization_id, question);
    """
    + tenant("ai_checks", rights="SELECT, INSERT, DELETE")
    + belongs("ai_evaluations")
    + one_of("ai_evaluations", "status", "running", "done", "stopped", "failed")
    + """
    CREATE UNIQUE INDEX ai_evaluations_running ON ai_evaluations (organization_id) WHERE status = 'running';
    """
    + tenant("ai_evaluations")
    + belongs("ai_check_results")
    + refers("ai_check_results", "check_id", "ai_checks")
    + one_of("ai_check_results", "outcome", "answered", "asked_back", "handed_over")
    + one_of("ai_check_results", "changed", "", "broken", "mended")
    + """
    ALTER TABLE ai_check_results ADD CONSTRAINT ai_check_results_evaluation_id_fk FOREIGN KEY (organization_id, evaluation_id)
        REFERENCES ai_evaluations (organization_id, id) ON DELETE CASCADE;
    ALTER TABLE ai_check_results ADD CONSTRAINT ai_check_results_once UNIQUE (organization_id, evaluation_id, check_id);
    """
    + tenant("ai_check_results", rights="SELECT, INSERT")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
