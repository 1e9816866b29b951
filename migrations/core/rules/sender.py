"""Whose the rates of mail to many are, and which mailings somebody has to look after."""

from migrations.support import belongs, refers, tenant

ALL = (
    belongs("mail_senders")
    + refers("mail_senders", "inbox_id", "inboxes")
    + """
        ALTER TABLE mail_senders ADD CONSTRAINT mail_senders_inbox_key UNIQUE (inbox_id);
        ALTER TABLE mail_senders ADD CONSTRAINT mail_senders_limits_check CHECK (per_hour > 0 AND domain_per_hour > 0);
    """
    + tenant("mail_senders")
    + belongs("mail_rates")
    + """
        ALTER TABLE mail_rates ADD CONSTRAINT mail_rates_inbox_id_fk FOREIGN KEY (organization_id, inbox_id)
            REFERENCES inboxes (organization_id, id) ON DELETE CASCADE;
        ALTER TABLE mail_rates ADD CONSTRAINT mail_rates_domain_key UNIQUE (organization_id, inbox_id, domain);
    """
    + tenant("mail_rates")
    + belongs("conversation_mailings")
    + refers("conversation_mailings", "conversation_id", "conversations")
    + refers("conversation_mailings", "mailing_id", "mailings")
    + refers("conversation_mailings", "send_id", "mailing_sends")
    + "ALTER TABLE conversation_mailings ADD CONSTRAINT conversation_mailings_conversation_key UNIQUE (conversation_id);"
    + tenant("conversation_mailings")
    + refers("mailings", "inbox_id", "inboxes", on_delete="SET NULL")
    + """
        CREATE INDEX mailings_unfinished ON mailings (organization_id, id)
            WHERE released_at IS NOT NULL AND finished_at IS NULL AND state = 'active';
    """
)
