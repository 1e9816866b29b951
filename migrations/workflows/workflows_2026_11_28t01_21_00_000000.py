"""References, indexes and row-level security of what versions refer to. A template or a segment that is in use cannot be deleted."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-28T01:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of uses and watches"

INDEXES = """
ALTER TABLE workflow_uses ADD CONSTRAINT workflow_uses_step_key UNIQUE (organization_id, workflow_id, version, step_id);
ALTER TABLE workflow_uses ADD CONSTRAINT workflow_uses_version_fk FOREIGN KEY (organization_id, workflow_id, version)
    REFERENCES workflow_versions (organization_id, workflow_id, version) ON DELETE CASCADE;
ALTER TABLE workflow_watches ADD CONSTRAINT workflow_watches_segment_key UNIQUE (organization_id, segment_id);
ALTER TABLE workflow_watches ADD CONSTRAINT workflow_watches_segment_id_fk FOREIGN KEY (organization_id, segment_id)
    REFERENCES segments (organization_id, id) ON DELETE CASCADE;
ALTER TABLE workflow_watch_members ADD CONSTRAINT workflow_watch_members_contact_key UNIQUE (organization_id, segment_id, contact_id);
ALTER TABLE workflow_watch_members ADD CONSTRAINT workflow_watch_members_segment_id_fk FOREIGN KEY (organization_id, segment_id)
    REFERENCES workflow_watches (organization_id, segment_id) ON DELETE CASCADE;
"""
RULES = (
    "".join(belongs(table) for table in ("workflow_uses", "workflow_watches", "workflow_watch_members"))
    + refers("workflow_uses", "workflow_id", "workflows")
    + refers("workflow_uses", "template_id", "templates", on_delete="NO ACTION")
    + refers("workflow_uses", "inbox_id", "inboxes", on_delete="NO ACTION")
    + refers("workflow_uses", "topic_id", "topics", on_delete="NO ACTION")
    + refers("workflow_uses", "segment_id", "segments", on_delete="NO ACTION")
    + refers("workflow_watch_members", "contact_id", "contacts")
    + INDEXES
    + tenant("workflow_uses", rights="SELECT, INSERT, UPDATE")
    + tenant("workflow_watches", rights="SELECT, INSERT, UPDATE")
    + tenant("workflow_watch_members", rights="SELECT, INSERT, DELETE")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="workflows", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
