"""Outbox, clock and log. Plain SQL: the log is partitioned by day, and all three want storage settings of their own."""

TABLES = """
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id bigint NOT NULL,
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
    CHECK (NOT (staff_only AND public IS NOT NULL))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = -1);

CREATE TABLE event_clock (
    organization_id bigint PRIMARY KEY,
    position bigint NOT NULL,
    epoch bigint NOT NULL DEFAULT (extract(epoch FROM now()))::bigint
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE event_log (
    organization_id bigint NOT NULL,
    position bigint NOT NULL,
    epoch bigint NOT NULL,
    id bigint NOT NULL,
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
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, position, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX event_log_conversation ON event_log (organization_id, conversation_id, position);
"""
