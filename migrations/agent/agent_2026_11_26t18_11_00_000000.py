"""References, checks, indexes and row-level security of replays."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-26T18:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of replays"

RULES = (
    belongs("ai_replays")
    + refers("ai_replays", "article_id", "articles")
    + one_of("ai_replays", "status", "running", "done", "stopped", "failed")
    + """
    CREATE UNIQUE INDEX ai_replays_running ON ai_replays (organization_id) WHERE status = 'running';
    """
    + tenant("ai_replays")
    + belongs("ai_replay_cases")
    + refers("ai_replay_cases", "decision_id", "ai_decisions")
    + one_of("ai_replay_cases", "answer", "", "gained", "lost", "changed")
    + one_of("ai_replay_cases", "escalation", "", "gained", "lost")
    + """
    ALTER TABLE ai_replay_cases ADD CONSTRAINT ai_replay_cases_replay_id_fk FOREIGN KEY (organization_id, replay_id)
        REFERENCES ai_replays (organization_id, id) ON DELETE CASCADE;
    ALTER TABLE ai_replay_cases ADD CONSTRAINT ai_replay_cases_once UNIQUE (organization_id, replay_id, decision_id);
    CREATE INDEX ai_replay_cases_waiting ON ai_replay_cases (organization_id, replay_id, id) WHERE after IS NULL;
    """
    + tenant("ai_replay_cases", rights="SELECT, INSERT, UPDATE")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
