"""Sums of conversations. Rows are only added, by a trigger that runs when what is counted changes, which a message alone does not."""

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
