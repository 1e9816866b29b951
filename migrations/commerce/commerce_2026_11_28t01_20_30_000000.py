"""References, indexes and row-level security of what was made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-28T01:20:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of order actions"
BY = """
ALTER TABLE order_actions ADD CONSTRAINT order_actions_{column}_fk FOREIGN KEY (organization_id, {column})
    REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL ({column});
CREATE INDEX order_actions_{column} ON order_actions (organization_id, {column});
"""
RULES = (
    belongs("order_actions")
    + refers("order_actions", "order_id", "orders")
    + refers("order_actions", "conversation_id", "conversations", on_delete="SET NULL")
    + "".join(BY.format(column=column) for column in ("asked_by", "decided_by"))
    + "CREATE UNIQUE INDEX order_actions_key ON order_actions (organization_id, key);"
    + one_of("order_actions", "kind", "refund", "cancel", "resend")
    + one_of("order_actions", "state", "waiting", "running", "done", "failed", "rejected", "uncertain")
    + tenant("order_actions")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
