"""Whose mailboxes are, and that an inbox has one."""

from migrations.support import belongs, one_of, refers, tenant

ALL = (
    belongs("email_mailboxes")
    + refers("email_mailboxes", "inbox_id", "inboxes")
    + "ALTER TABLE email_mailboxes ADD CONSTRAINT email_mailboxes_inbox_key UNIQUE (inbox_id);"
    + "CREATE INDEX email_mailboxes_due ON email_mailboxes (next_at);"
    + one_of("email_mailboxes", "security", "tls", "starttls", "none")
    + one_of("email_mailboxes", "sign_in", "password", "oauth2")
    + one_of("email_mailboxes", "start", "new", "all")
    + one_of("email_mailboxes", "state", "waiting", "well", "failing")
    + tenant("email_mailboxes")
)
