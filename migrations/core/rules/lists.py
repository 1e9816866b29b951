"""Indexes of lists and threads; `BY_STAGE` and `MARKS_BY_STAGE` hold today for lists and read marks, `ALL` for the rest: add, never edit.

A list is asked per organization, inbox, team or assignee, so each of these has one index that ends in the order of the list; it also
serves the foreign key, whose own index goes. A message adds fewer index entries than before, though more of them hold the time of
the last activity. `INCLUDE` is what counting the unread needs.

The organization of a message, a read mark and a quiet line follows from their conversation: their own reference to it would lock
the organization's one row for each.
"""

ALL = """
ALTER TABLE conversations ADD CONSTRAINT conversations_ai_check CHECK (handler <> 'ai' OR assignee_id IS NULL);

DROP INDEX conversations_listed, conversations_assigned, conversations_open, conversations_waiting, conversations_inbox_id,
    conversations_team_id, conversations_assignee_id;
CREATE INDEX conversations_listed ON conversations (organization_id, status, last_activity_at DESC, id DESC)
    INCLUDE (snoozed_until, last_seq, inbox_id, team_id, assignee_id);
CREATE INDEX conversations_in_inbox ON conversations (organization_id, inbox_id, status, last_activity_at DESC, id DESC)
    INCLUDE (snoozed_until, last_seq);
CREATE INDEX conversations_in_team ON conversations (organization_id, team_id, status, last_activity_at DESC, id DESC)
    INCLUDE (snoozed_until, last_seq) WHERE team_id IS NOT NULL;
CREATE INDEX conversations_assigned ON conversations (organization_id, assignee_id, status, last_activity_at DESC, id DESC)
    INCLUDE (snoozed_until, last_seq) WHERE assignee_id IS NOT NULL;
CREATE INDEX conversations_unassigned ON conversations (organization_id, handler, status, last_activity_at DESC, id DESC)
    WHERE assignee_id IS NULL;
CREATE INDEX conversations_waiting ON conversations
    (organization_id, status, (CASE WHEN waiting_since IS NULL THEN 'infinity'::timestamptz ELSE waiting_since END), id);
CREATE INDEX conversations_urgent ON conversations
    (organization_id, status, (CASE priority WHEN 'urgent' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END), id);

DROP INDEX messages_conversation_id, timeline_entries_conversation_id, read_marks_conversation_id, read_marks_user_id;
ALTER TABLE read_marks DROP CONSTRAINT read_marks_organization_id_key;
CREATE INDEX read_marks_of_user ON read_marks (organization_id, user_id, conversation_id) INCLUDE (seq);
ALTER TABLE read_marks SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE messages DROP CONSTRAINT messages_organization_fk;
ALTER TABLE read_marks DROP CONSTRAINT read_marks_organization_fk;
ALTER TABLE timeline_entries DROP CONSTRAINT timeline_entries_organization_fk;
"""

_STAGE = """(CASE WHEN status IN ('open', 'pending') THEN CASE WHEN snoozed_until IS NULL THEN 'active' ELSE 'snoozed' END
ELSE status END)"""
_LATEST = f"{_STAGE}, last_activity_at DESC, id DESC, status"
BY_STAGE = f"""
DROP INDEX conversations_listed, conversations_in_inbox, conversations_in_team, conversations_assigned, conversations_unassigned,
    conversations_waiting, conversations_urgent;
CREATE INDEX conversations_listed ON conversations (organization_id, {_LATEST});
CREATE INDEX conversations_in_inbox ON conversations (organization_id, inbox_id, {_LATEST});
CREATE INDEX conversations_in_team ON conversations (organization_id, team_id, {_LATEST}) WHERE team_id IS NOT NULL;
CREATE INDEX conversations_assigned ON conversations (organization_id, assignee_id, {_LATEST}) INCLUDE (snoozed_until, last_seq)
    WHERE assignee_id IS NOT NULL;
CREATE INDEX conversations_unassigned ON conversations (organization_id, handler, {_LATEST}) WHERE assignee_id IS NULL;
CREATE INDEX conversations_waiting ON conversations
    (organization_id, {_STAGE}, (CASE WHEN waiting_since IS NULL THEN 'infinity'::timestamptz ELSE waiting_since END), id, status);
CREATE INDEX conversations_urgent ON conversations
    (organization_id, {_STAGE}, (CASE priority WHEN 'urgent' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END), id, status);
"""
"""What an inbox shows first, all that is active, is one stretch of each index, and nothing that is snoozed lies in it."""

_ACTIVE = "{of}.status IN ('open', 'pending') AND {of}.snoozed_until IS NULL"
_WAS, _IS = _ACTIVE.format(of="OLD"), _ACTIVE.format(of="NEW")
MARKS_BY_STAGE = f"""
UPDATE read_marks r SET active = false FROM conversations c
WHERE c.organization_id = r.organization_id AND c.id = r.conversation_id AND NOT ({_ACTIVE.format(of="c")});
DROP INDEX read_marks_of_user;
CREATE INDEX read_marks_of_user ON read_marks (organization_id, user_id, active, conversation_id) INCLUDE (seq);

CREATE FUNCTION mark_active() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE read_marks SET active = NOT active
    WHERE organization_id = NEW.organization_id AND conversation_id = NEW.id AND active <> ({_IS});
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_marked AFTER UPDATE OF status, snoozed_until ON conversations FOR EACH ROW
    WHEN (({_WAS}) <> ({_IS})) EXECUTE FUNCTION mark_active();
"""
"""Read marks on what is active lie together: whoever has read a hundred thousand conversations has a hundred of them in work."""
