"""The role of all requests, and what it may see and touch."""

from migrations.support import CURRENT_ORGANIZATION, tenant

ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lacasa_app') THEN
        CREATE ROLE lacasa_app NOLOGIN NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, 'lacasa_app', 'MEMBER') OR current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE format('GRANT lacasa_app TO %I', current_user);
    END IF;
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lacasa_app;
"""

WHOLE = ("memberships", "teams", "team_members", "inboxes", "inbox_members", "contacts", "visitors", "read_marks", "articles",
         "passages", "timers", "files")  # fmt: skip
UNDELETABLE = ("conversations", "timeline_entries", "messages", "jobs")

POLICIES = (
    "".join(tenant(table) for table in WHOLE)
    + "".join(tenant(table, rights="SELECT, INSERT, UPDATE") for table in UNDELETABLE)
    + tenant("audit_log", rights="SELECT, INSERT")
    + tenant("outbox", rights="INSERT")
    + tenant("event_clock", rights="SELECT")
    + tenant("event_log", rights="SELECT")
    + tenant("organizations", rights="SELECT, UPDATE", column="id")
    + f"""
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY organization ON users TO lacasa_app USING (EXISTS (
    SELECT FROM memberships m WHERE m.user_id = users.id AND m.organization_id = {CURRENT_ORGANIZATION}));
GRANT SELECT (id, name, email, last_signed_in, created_at), UPDATE (name) ON users TO lacasa_app;
"""
)
