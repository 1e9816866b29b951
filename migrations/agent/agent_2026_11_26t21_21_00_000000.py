"""Checks of replays: an article belongs to those of articles, and a key stands only while one runs. How many questions came out the same."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import one_of, run

ID = "2026-11-26T21:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "checks of replays of language models"

RULES = (
    one_of("ai_replays", "kind", "article", "writing")
    + one_of("ai_replays", "reason", "", "tokens_used_up", "model_failed", "no_model")
    + """
    ALTER TABLE ai_replays ADD CONSTRAINT ai_replays_article_check CHECK ((kind = 'article') = (article_id IS NOT NULL));
    ALTER TABLE ai_replays ADD CONSTRAINT ai_replays_sealed_key_check CHECK (sealed_key = '' OR status = 'running');
    UPDATE ai_replays r SET same = (
        SELECT count(*) FROM ai_replay_cases k
        WHERE k.organization_id = r.organization_id AND k.replay_id = r.id AND k.after IS NOT NULL AND k.answer = '' AND k.escalation = '');
    """
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
