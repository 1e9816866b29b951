"""References, indexes and row-level security of workflows. Nobody in a run can be deleted, and no run ends without a reason."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-28T00:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security"

TABLES = (
    "workflows", "workflow_versions", "workflow_enrollments", "workflow_effects", "workflow_waits", "workflow_refusals", "workflow_tallies",
)  # fmt: skip
OF_WORKFLOW = ("workflow_versions", "workflow_enrollments", "workflow_refusals", "workflow_tallies")


def member(table: str, column: str) -> str:
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_fk FOREIGN KEY (organization_id, {column})
            REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL ({column});
        CREATE INDEX {table}_{column} ON {table} (organization_id, {column});
    """


INDEXES = """
CREATE UNIQUE INDEX workflows_client_id ON workflows (organization_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX workflows_starts_on ON workflows (organization_id, starts_on) WHERE status = 'active';
ALTER TABLE workflow_versions ADD CONSTRAINT workflow_versions_version_key UNIQUE (organization_id, workflow_id, version);
ALTER TABLE workflow_enrollments ADD CONSTRAINT workflow_enrollments_version_fk FOREIGN KEY (organization_id, workflow_id, version)
    REFERENCES workflow_versions (organization_id, workflow_id, version) ON DELETE CASCADE;
ALTER TABLE workflow_enrollments ADD CONSTRAINT workflow_enrollments_run_key UNIQUE (organization_id, workflow_id, contact_id, entry_key, rotation);
ALTER TABLE workflow_enrollments ADD CONSTRAINT workflow_enrollments_ended_check
    CHECK ((status = 'active') = (reason = '') AND (status = 'active') = (ended_at IS NULL));
CREATE UNIQUE INDEX workflow_enrollments_client_id ON workflow_enrollments (organization_id, workflow_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX workflow_enrollments_version ON workflow_enrollments (organization_id, workflow_id, version);
CREATE INDEX workflow_enrollments_heads ON workflow_enrollments (organization_id, workflow_id, version, step_id) WHERE status = 'active';
CREATE INDEX workflow_enrollments_page ON workflow_enrollments (organization_id, workflow_id, id);
CREATE INDEX workflow_enrollments_inside ON workflow_enrollments (organization_id, contact_id) WHERE status = 'active';
ALTER TABLE workflow_effects ADD CONSTRAINT workflow_effects_step_key UNIQUE (organization_id, enrollment_id, step_id);
CREATE INDEX workflow_effects_reached ON workflow_effects (organization_id, contact_id, at) WHERE reached;
ALTER TABLE workflow_waits ADD CONSTRAINT workflow_waits_enrollment_key UNIQUE (organization_id, enrollment_id);
CREATE INDEX workflow_waits_event ON workflow_waits (organization_id, contact_id, event);
ALTER TABLE workflow_refusals ADD CONSTRAINT workflow_refusals_contact_key UNIQUE (organization_id, workflow_id, contact_id);
ALTER TABLE workflow_tallies ADD CONSTRAINT workflow_tallies_slot_key UNIQUE (organization_id, workflow_id, slot);
"""
RULES = (
    "".join(belongs(table) for table in TABLES)
    + "".join(refers(table, "workflow_id", "workflows") for table in OF_WORKFLOW)
    + refers("workflow_enrollments", "contact_id", "contacts", on_delete="SET NULL")
    + refers("workflow_effects", "enrollment_id", "workflow_enrollments")
    + refers("workflow_effects", "contact_id", "contacts", on_delete="SET NULL")
    + refers("workflow_waits", "enrollment_id", "workflow_enrollments")
    + refers("workflow_waits", "contact_id", "contacts")
    + refers("workflow_refusals", "contact_id", "contacts")
    + member("workflows", "created_by")
    + member("workflow_versions", "published_by")
    + INDEXES
    + one_of("workflows", "status", "draft", "active", "paused")
    + one_of("workflow_enrollments", "status", "active", "completed", "exited")
    + one_of("workflow_enrollments", "phase", "arriving", "waiting")
    + one_of("workflow_effects", "status", "passed", "begun", "again", "done", "skipped", "failed", "uncertain")
    + tenant("workflows", rights="SELECT, INSERT, UPDATE")
    + tenant("workflow_versions", rights="SELECT, INSERT")
    + tenant("workflow_enrollments", rights="SELECT, INSERT, UPDATE")
    + tenant("workflow_effects", rights="SELECT, INSERT, UPDATE")
    + tenant("workflow_waits")
    + tenant("workflow_refusals", rights="SELECT, INSERT, UPDATE")
    + tenant("workflow_tallies", rights="SELECT, INSERT, UPDATE")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="workflows", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
