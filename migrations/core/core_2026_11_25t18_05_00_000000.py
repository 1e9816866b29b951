"""Lanes of the job ledger (class, era, organization), dead letters of events, the rule by which a schedule's next time was found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod

from migrations.support import run, tenant

ID = "2026-11-25T18:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "fair claims of jobs, dead letters of events, schedules by cron"

LANES = """
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (
    class, date_bin('10 seconds', run_at, '2000-01-01 00:00:00+00'), coalesce(organization_id, 0), run_at, id
) WHERE status = 0;
CREATE INDEX jobs_dead ON jobs (finished_at) WHERE status = 3;
"""

DEAD_LETTERS = """
CREATE TABLE event_dead_letters (
    id bigint PRIMARY KEY,
    organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type text NOT NULL,
    version bigint NOT NULL,
    conversation_id bigint,
    contact_ids bigint[] NOT NULL,
    inbox_ids bigint[] NOT NULL,
    team_ids bigint[] NOT NULL,
    assignee_ids bigint[] NOT NULL,
    user_id bigint,
    staff_only boolean NOT NULL,
    body text NOT NULL,
    public text,
    error text NOT NULL,
    died_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX event_dead_letters_shown ON event_dead_letters (organization_id, id);
CREATE INDEX event_dead_letters_died ON event_dead_letters (died_at);
""" + tenant("event_dead_letters", rights="SELECT, DELETE")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    manager.add_column(
        table_class_name="ScheduleRow",
        tablename="schedules",
        column_name="rule",
        db_column_name="rule",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    async def apply() -> None:
        await run(LANES)
        await run(DEAD_LETTERS)

    manager.add_raw(apply)
    return manager
