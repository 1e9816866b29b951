"""Whose mailings are. A mail in the ledger refers to an address and to no contact: it outlives one, and is counted as long as its mailing is."""

from migrations.support import belongs, one_of, refers, tenant

ALL = (
    belongs("mailings")
    + refers("mailings", "topic_id", "topics")
    + "ALTER TABLE mailings ADD CONSTRAINT mailings_source_key UNIQUE (organization_id, kind, source_id);"
    + one_of("mailings", "mail_kind", "marketing", "transactional")
    + one_of("mailings", "state", "active", "paused", "canceled")
    + tenant("mailings")
    + belongs("mailing_sends")
    + refers("mailing_sends", "address_id", "mail_addresses")
    + """
        ALTER TABLE mailing_sends ADD CONSTRAINT mailing_sends_mailing_id_fk FOREIGN KEY (organization_id, mailing_id)
            REFERENCES mailings (organization_id, id) ON DELETE CASCADE;
        ALTER TABLE mailing_sends ADD CONSTRAINT mailing_sends_once_key UNIQUE (organization_id, mailing_id, contact_id, entry);
        CREATE INDEX mailing_sends_tally ON mailing_sends (organization_id, mailing_id, state, reason);
        CREATE INDEX mailing_sends_due ON mailing_sends (organization_id, mailing_id, due_at, id) WHERE state = 'queued';
        CREATE INDEX mailing_sends_claimed ON mailing_sends (organization_id, mailing_id) WHERE state = 'sending';
    """
    + one_of("mailing_sends", "state", "queued", "sending", "sent", "failed", "uncertain", "skipped")
    + tenant("mailing_sends")
    + belongs("mailing_touches")
    + refers("mailing_touches", "send_id", "mailing_sends")
    + one_of("mailing_touches", "touch", "open", "click")
    + one_of("mailing_touches", "label", "human", "proxy", "bot", "unknown")
    + tenant("mailing_touches")
)
