"""Whose e-mail inboxes and mails are, and what messages were as mails. What came is kept as it is: compressing it takes longer than writing it."""

from migrations.support import belongs, one_of, refers, tenant


def became(column: str, to: str) -> str:
    """What a mail became, if it did: as `refers`, but what became of nothing stands in no index."""
    return f"""
        ALTER TABLE inbound_mails ADD CONSTRAINT inbound_mails_{column}_fk FOREIGN KEY (organization_id, {column})
            REFERENCES {to} (organization_id, id) ON DELETE SET NULL ({column});
        CREATE INDEX inbound_mails_{column} ON inbound_mails (organization_id, {column}) WHERE {column} IS NOT NULL;
    """


ALL = (
    belongs("email_inboxes")
    + refers("email_inboxes", "inbox_id", "inboxes")
    + "ALTER TABLE email_inboxes ADD CONSTRAINT email_inboxes_inbox_key UNIQUE (inbox_id);"
    + "ALTER TABLE email_inboxes ADD CONSTRAINT email_inboxes_address_key UNIQUE (address);"
    + "ALTER TABLE email_inboxes ADD CONSTRAINT email_inboxes_address_check CHECK (address = lower(address));"
    + tenant("email_inboxes")
    + belongs("inbound_mails")
    + """
        ALTER TABLE inbound_mails ADD CONSTRAINT inbound_mails_inbox_id_fk FOREIGN KEY (organization_id, inbox_id)
            REFERENCES inboxes (organization_id, id) ON DELETE CASCADE;
        ALTER TABLE inbound_mails ADD CONSTRAINT inbound_mails_same_key UNIQUE (inbox_id, internet_message_id, digest);
        CREATE INDEX inbound_mails_newest ON inbound_mails (organization_id, inbox_id, id);
        CREATE INDEX inbound_mails_state ON inbound_mails (organization_id, inbox_id, state, id);
        ALTER TABLE inbound_mails ALTER COLUMN content SET STORAGE EXTERNAL;
    """
    + one_of("inbound_mails", "way", "pipe", "lmtp", "smtp", "http", "imap")
    + one_of("inbound_mails", "state", "received", "threaded", "created", "ignored", "quarantined")
    + became("conversation_id", "conversations")
    + became("message_id", "messages")
    + tenant("inbound_mails")
)
THREADS = (
    belongs("contact_addresses")
    + refers("contact_addresses", "contact_id", "contacts")
    + "ALTER TABLE contact_addresses ADD CONSTRAINT contact_addresses_address_key UNIQUE (organization_id, address);"
    + tenant("contact_addresses")
    + belongs("conversation_participants")
    + refers("conversation_participants", "conversation_id", "conversations")
    + "ALTER TABLE conversation_participants ADD CONSTRAINT conversation_participants_address_key UNIQUE (organization_id, conversation_id, address);"
    + tenant("conversation_participants")
    + belongs("message_mails")
    + refers("message_mails", "conversation_id", "conversations")
    + refers("message_mails", "message_id", "messages")
    + """
        ALTER TABLE message_mails ADD CONSTRAINT message_mails_message_key UNIQUE (message_id);
        CREATE INDEX message_mails_said ON message_mails (organization_id, internet_message_id) WHERE internet_message_id <> '';
        CREATE INDEX message_mails_from ON message_mails (organization_id, from_address, created_at);
    """
    + tenant("message_mails")
    + belongs("outbound_mails")
    + refers("outbound_mails", "conversation_id", "conversations")
    + refers("outbound_mails", "message_id", "messages")
    + refers("outbound_mails", "inbox_id", "inboxes")
    + "ALTER TABLE outbound_mails ADD CONSTRAINT outbound_mails_message_key UNIQUE (message_id);"
    + one_of("outbound_mails", "state", "queued", "sending", "sent", "failed", "uncertain", "bounced")
    + tenant("outbound_mails")
)
SAFE = (
    belongs("email_image_senders")
    + "ALTER TABLE email_image_senders ADD CONSTRAINT email_image_senders_address_key UNIQUE (organization_id, address);"
    + tenant("email_image_senders")
    + belongs("email_images")
    + """
        ALTER TABLE email_images ADD CONSTRAINT email_images_digest_key UNIQUE (organization_id, digest);
        ALTER TABLE email_images ALTER COLUMN content SET STORAGE EXTERNAL;
    """
    + tenant("email_images")
    + """
        CREATE INDEX inbound_mails_received ON inbound_mails (organization_id, inbox_id, received_at);
        CREATE INDEX inbound_mails_failed ON inbound_mails (organization_id, inbox_id, processed_at)
            WHERE state = 'quarantined' AND reason = 'failed';
        CREATE INDEX outbound_mails_waiting ON outbound_mails (organization_id, inbox_id, created_at) WHERE state IN ('queued', 'sending');
        CREATE INDEX outbound_mails_uncertain ON outbound_mails (organization_id, inbox_id, created_at) WHERE state = 'uncertain';
        CREATE INDEX outbound_mails_settled ON outbound_mails (organization_id, inbox_id, id)
            WHERE state IN ('sent', 'failed', 'bounced', 'uncertain');
    """
)
"""Images from elsewhere, and what is asked about an inbox that is silent or failing."""
CHOICES = (
    belongs("mail_choices")
    + refers("mail_choices", "conversation_id", "conversations")
    + """
        ALTER TABLE mail_choices ADD CONSTRAINT mail_choices_user_id_fk FOREIGN KEY (organization_id, user_id)
            REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE;
        ALTER TABLE mail_choices ADD CONSTRAINT mail_choices_reply_key UNIQUE (organization_id, user_id, conversation_id, client_id);
    """
    + tenant("mail_choices")
    + belongs("mail_preferences")
    + """
        ALTER TABLE mail_preferences ADD CONSTRAINT mail_preferences_user_id_fk FOREIGN KEY (organization_id, user_id)
            REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE;
        ALTER TABLE mail_preferences ADD CONSTRAINT mail_preferences_user_key UNIQUE (organization_id, user_id);
        ALTER TABLE mail_preferences ADD CONSTRAINT mail_preferences_undo_s_check CHECK (undo_s BETWEEN 0 AND 30);
    """
    + tenant("mail_preferences")
    + "ALTER TABLE outbound_mails DROP CONSTRAINT outbound_mails_state_check;"
    + one_of("outbound_mails", "state", "queued", "sending", "sent", "failed", "uncertain", "bounced", "withdrawn")
)
FORWARDS = """
    ALTER TABLE outbound_mails ADD CONSTRAINT outbound_mails_forwards_id_fk FOREIGN KEY (organization_id, forwards_id)
        REFERENCES messages (organization_id, id) ON DELETE CASCADE;
    CREATE INDEX outbound_mails_forwards_id ON outbound_mails (organization_id, forwards_id) WHERE forwards_id IS NOT NULL;
    ALTER TABLE message_mails ADD CONSTRAINT message_mails_related_id_fk FOREIGN KEY (organization_id, related_id)
        REFERENCES conversations (organization_id, id) ON DELETE SET NULL (related_id);
    CREATE INDEX message_mails_related_id ON message_mails (organization_id, related_id) WHERE related_id IS NOT NULL;
"""
"""A forward without the message would go out as if its note were a reply: it goes with it."""
DECLARED = """
    UPDATE conversation_participants p SET is_declared = true FROM conversations c
    WHERE c.organization_id = p.organization_id AND c.id = p.conversation_id AND (
        EXISTS (SELECT FROM contacts k WHERE k.organization_id = c.organization_id AND k.id = c.contact_id AND lower(k.email) = p.address)
        OR EXISTS (SELECT FROM continuity_mails m
                   WHERE m.organization_id = c.organization_id AND m.conversation_id = c.id AND m.address = p.address));
"""
"""Those that took part already."""
