"""Whose mail servers and keys are."""

from migrations.support import belongs, one_of, refers, tenant

ALL = (
    belongs("email_servers")
    + refers("email_servers", "inbox_id", "inboxes")
    + "ALTER TABLE email_servers ADD CONSTRAINT email_servers_inbox_key UNIQUE (inbox_id);"
    + one_of("email_servers", "security", "starttls", "tls", "none")
    + "ALTER TABLE email_servers ADD CONSTRAINT email_servers_port_check CHECK (port BETWEEN 1 AND 65535);"
    + tenant("email_servers")
    + belongs("dkim_keys")
    + "ALTER TABLE dkim_keys ADD CONSTRAINT dkim_keys_domain_key UNIQUE (organization_id, domain);"
    + "ALTER TABLE dkim_keys ADD CONSTRAINT dkim_keys_domain_check CHECK (domain = lower(domain));"
    + tenant("dkim_keys")
)
