"""A training keeps the key that it began with until it ended here and at the provider."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import one_of, run

ID = "2026-11-27T00:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what becomes of trainings at the provider"

RULES = (
    one_of("ai_fine_tunings", "at_provider", "", "asking", "cancelled", "succeeded", "failed", "unreached")
    + """
    ALTER TABLE ai_fine_tunings ADD CONSTRAINT ai_fine_tunings_sealed_key_check
        CHECK (sealed_key = '' OR status IN ('preparing', 'training') OR at_provider = 'asking');
    """
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
