"""Sums of conversations; `BY_ASSIGNEE` holds today, the rest is history: add, never edit.

Rows are only added, by a trigger that runs when what is counted changes, which a message alone does not."""

from migrations.support import tenant

ALL = """
CREATE INDEX conversation_counts_summed ON conversation_counts (organization_id);
ALTER TABLE conversation_counts SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_threshold = -1);

CREATE FUNCTION count_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status = 'open' AND OLD.snoozed_until IS NULL THEN
        INSERT INTO conversation_counts (organization_id, inbox_id, team_id, assignee_id, handler, n)
        VALUES (OLD.organization_id, OLD.inbox_id, OLD.team_id, OLD.assignee_id, OLD.handler, -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status = 'open' AND NEW.snoozed_until IS NULL THEN
        INSERT INTO conversation_counts (organization_id, inbox_id, team_id, assignee_id, handler, n)
        VALUES (NEW.organization_id, NEW.inbox_id, NEW.team_id, NEW.assignee_id, NEW.handler, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_counted AFTER INSERT OR DELETE ON conversations FOR EACH ROW EXECUTE FUNCTION count_conversation();
CREATE TRIGGER conversations_recounted
    AFTER UPDATE OF organization_id, status, snoozed_until, inbox_id, team_id, assignee_id, handler ON conversations FOR EACH ROW
    WHEN ((OLD.status = 'open' AND OLD.snoozed_until IS NULL, OLD.inbox_id, OLD.team_id, OLD.assignee_id, OLD.handler)
          IS DISTINCT FROM (NEW.status = 'open' AND NEW.snoozed_until IS NULL, NEW.inbox_id, NEW.team_id, NEW.assignee_id, NEW.handler))
    EXECUTE FUNCTION count_conversation();

INSERT INTO conversation_counts (organization_id, inbox_id, team_id, assignee_id, handler, n, folded)
SELECT organization_id, inbox_id, team_id, assignee_id, handler, count(*), true FROM conversations
WHERE status = 'open' AND snoozed_until IS NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
""" + tenant("conversation_counts", rights="SELECT, INSERT")

ACTIVE = """
DROP TRIGGER conversations_recounted ON conversations;
CREATE OR REPLACE FUNCTION count_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status IN ('open', 'pending') AND OLD.snoozed_until IS NULL THEN
        INSERT INTO conversation_counts (organization_id, inbox_id, team_id, assignee_id, handler, n)
        VALUES (OLD.organization_id, OLD.inbox_id, OLD.team_id, OLD.assignee_id, OLD.handler, -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status IN ('open', 'pending') AND NEW.snoozed_until IS NULL THEN
        INSERT INTO conversation_counts (organization_id, inbox_id, team_id, assignee_id, handler, n)
        VALUES (NEW.organization_id, NEW.inbox_id, NEW.team_id, NEW.assignee_id, NEW.handler, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_recounted
    AFTER UPDATE OF organization_id, status, snoozed_until, inbox_id, team_id, assignee_id, handler ON conversations FOR EACH ROW
    WHEN ((OLD.status IN ('open', 'pending') AND OLD.snoozed_until IS NULL, OLD.inbox_id, OLD.team_id, OLD.assignee_id, OLD.handler)
          IS DISTINCT FROM
          (NEW.status IN ('open', 'pending') AND NEW.snoozed_until IS NULL, NEW.inbox_id, NEW.team_id, NEW.assignee_id, NEW.handler))
    EXECUTE FUNCTION count_conversation();

DELETE FROM conversation_counts;
INSERT INTO conversation_counts (organization_id, inbox_id, team_id, assignee_id, handler, n, folded)
SELECT organization_id, inbox_id, team_id, assignee_id, handler, count(*), true FROM conversations
WHERE status IN ('open', 'pending') AND snoozed_until IS NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
"""
"""Counts what is pending too: an agent's list shows it until it is resolved. Dropping the trigger waits for whoever writes and keeps others out."""

UNCOUNTED = """
DROP TRIGGER conversations_recounted ON conversations;
DROP TRIGGER conversations_counted ON conversations;
DROP FUNCTION count_conversation;
DELETE FROM conversation_counts;
DROP INDEX conversation_counts_summed;
"""
_ADD = """
        INSERT INTO conversation_counts (organization_id, assignee_id, inbox_id, team_id, holder, n)
        SELECT {of}.organization_id, sums.of, {of}.inbox_id, {of}.team_id,
               CASE WHEN {of}.assignee_id IS NOT NULL THEN 'user' WHEN {of}.handler = 'ai' THEN 'ai' ELSE 'nobody' END, {n}
        FROM (SELECT NULL::bigint AS of UNION SELECT {of}.assignee_id) sums;
"""
BY_ASSIGNEE = f"""
CREATE FUNCTION count_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status IN ('open', 'pending') AND OLD.snoozed_until IS NULL THEN {_ADD.format(of="OLD", n=-1)}
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status IN ('open', 'pending') AND NEW.snoozed_until IS NULL THEN {_ADD.format(of="NEW", n=1)}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_counted AFTER INSERT OR DELETE ON conversations FOR EACH ROW EXECUTE FUNCTION count_conversation();
CREATE TRIGGER conversations_recounted
    AFTER UPDATE OF organization_id, status, snoozed_until, inbox_id, team_id, assignee_id, handler ON conversations FOR EACH ROW
    WHEN ((OLD.status IN ('open', 'pending') AND OLD.snoozed_until IS NULL, OLD.inbox_id, OLD.team_id, OLD.assignee_id, OLD.handler)
          IS DISTINCT FROM
          (NEW.status IN ('open', 'pending') AND NEW.snoozed_until IS NULL, NEW.inbox_id, NEW.team_id, NEW.assignee_id, NEW.handler))
    EXECUTE FUNCTION count_conversation();

CREATE INDEX conversation_counts_summed ON conversation_counts (organization_id, assignee_id);
INSERT INTO conversation_counts (organization_id, assignee_id, inbox_id, team_id, holder, n, folded)
SELECT c.organization_id, sums.of, c.inbox_id, c.team_id,
       CASE WHEN c.assignee_id IS NOT NULL THEN 'user' WHEN c.handler = 'ai' THEN 'ai' ELSE 'nobody' END, count(*), true
FROM conversations c, LATERAL (SELECT NULL::bigint AS of UNION SELECT c.assignee_id) sums
WHERE c.status IN ('open', 'pending') AND c.snoozed_until IS NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
"""
"""Everybody's sums and each assignee's: an agent reads a few rows of their own, and not those of everyone else."""
