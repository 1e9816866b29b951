"""Indexes and storage settings of the job ledger, timers and counters."""

from migrations.support import one_of

INDEXES = """
ALTER TABLE jobs SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE jobs ADD CONSTRAINT jobs_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE;
ALTER TABLE jobs ADD CONSTRAINT jobs_status_check CHECK (status BETWEEN 0 AND 3);
CREATE INDEX jobs_due ON jobs (class, run_at, id) WHERE status = 0;
CREATE INDEX jobs_running ON jobs (worker_id) WHERE status = 1;
CREATE INDEX jobs_shown ON jobs (organization_id, status, id);
CREATE INDEX jobs_done ON jobs (finished_at) WHERE status = 2;
CREATE UNIQUE INDEX jobs_key ON jobs (organization_id, key) NULLS NOT DISTINCT WHERE status < 2 AND key IS NOT NULL;
ALTER TABLE timers ADD CONSTRAINT timers_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX timers_key ON timers (organization_id, key);
CREATE INDEX timers_due ON timers (due_at);
CREATE UNIQUE INDEX throttles_key ON throttles (key, window_start);
CREATE INDEX throttles_window ON throttles (window_start);
""" + one_of("jobs", "class", "interactive", "bulk", "ai", "channel-io")
