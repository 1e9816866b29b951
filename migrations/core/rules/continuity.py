"""Whose chats that go on by mail are, and the indexes by which mails of the last hour are counted."""

from migrations.support import belongs, refers, tenant

ALL = (
    belongs("continuity_settings")
    + refers("continuity_settings", "mail_inbox_id", "inboxes")
    + refers("continuity_settings", "inbox_id", "inboxes")
    + """
        ALTER TABLE continuity_settings ADD CONSTRAINT continuity_settings_inbox_key UNIQUE (inbox_id);
        ALTER TABLE continuity_settings ADD CONSTRAINT continuity_settings_delay_check CHECK (delay_s >= 0);
    """
    + tenant("continuity_settings")
    + belongs("continuity_mails")
    + refers("continuity_mails", "conversation_id", "conversations")
    + refers("continuity_mails", "mail_id", "outbound_mails")
    + """
        ALTER TABLE continuity_mails ADD CONSTRAINT continuity_mails_mail_key UNIQUE (mail_id);
        ALTER TABLE continuity_mails ADD CONSTRAINT continuity_mails_range_check CHECK (first_seq <= last_seq);
        ALTER TABLE continuity_mails ADD CONSTRAINT continuity_mails_inbox_id_fk FOREIGN KEY (organization_id, inbox_id)
            REFERENCES inboxes (organization_id, id) ON DELETE CASCADE;
        CREATE INDEX continuity_mails_to ON continuity_mails (organization_id, address, created_at);
        CREATE INDEX continuity_mails_from ON continuity_mails (organization_id, inbox_id, created_at);
    """
    + tenant("continuity_mails")
    + belongs("continuity_stops")
    + refers("continuity_stops", "conversation_id", "conversations")
    + "ALTER TABLE continuity_stops ADD CONSTRAINT continuity_stops_conversation_key UNIQUE (conversation_id);"
    + tenant("continuity_stops")
    + "CREATE INDEX outbound_mails_recent ON outbound_mails (organization_id, inbox_id, created_at);"
)
STOPS = """
    ALTER TABLE continuity_stops DROP CONSTRAINT continuity_stops_conversation_key;
    ALTER TABLE continuity_stops ADD CONSTRAINT continuity_stops_conversation_key UNIQUE (conversation_id, address);
"""
"""One for each address that wants no more."""
