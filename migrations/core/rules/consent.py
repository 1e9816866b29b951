"""Whose topics, consents and suppressions are. Nothing here refers to a contact: what an address said outlives it. Who of the staff said
something stays said, so that refers to nobody either. `contacts_at`: row-level security keeps requests from the index of addresses."""

from migrations.support import CURRENT_ORGANIZATION, belongs, one_of, refers, tenant


def points(table: str, column: str, to: str) -> str:
    """As `refers`, where another index begins with the column."""
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_fk FOREIGN KEY (organization_id, {column})
            REFERENCES {to} (organization_id, id) ON DELETE CASCADE;
    """


STATES = ("pending", "subscribed", "unsubscribed")
SOURCES = ("staff", "form", "confirmation", "one_click", "preferences")
ALL = (
    belongs("topics")
    + refers("topics", "inbox_id", "inboxes", on_delete="SET NULL")
    + one_of("topics", "kind", "marketing", "transactional")
    + one_of("topics", "opt_in", "single", "double")
    + "CREATE UNIQUE INDEX topics_name ON topics (organization_id, lower(name)) WHERE archived_at IS NULL;"
    + tenant("topics", rights="SELECT, INSERT, UPDATE")
    + belongs("topic_texts")
    + points("topic_texts", "topic_id", "topics")
    + "ALTER TABLE topic_texts ADD CONSTRAINT topic_texts_version_key UNIQUE (organization_id, topic_id, version);"
    + tenant("topic_texts", rights="SELECT, INSERT")
    + f"""
        CREATE FUNCTION contacts_at(addresses text[]) RETURNS TABLE (address text, contact_id bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT w.address, k.id FROM unnest(addresses) AS w (address)
            JOIN contacts k ON k.organization_id = {CURRENT_ORGANIZATION} AND lower(k.email) = w.address
        $$;
        REVOKE ALL ON FUNCTION contacts_at FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION contacts_at TO lacasa_app;
    """
    + belongs("mail_addresses")
    + """
        ALTER TABLE mail_addresses ALTER COLUMN nonce SET DEFAULT replace(gen_random_uuid()::text, '-', '');
        ALTER TABLE mail_addresses ADD CONSTRAINT mail_addresses_digest_key UNIQUE (organization_id, digest);
        ALTER TABLE mail_addresses ADD CONSTRAINT mail_addresses_erased_check CHECK ((address = '') = (erased_at IS NOT NULL));
        CREATE UNIQUE INDEX mail_addresses_address ON mail_addresses (organization_id, address) WHERE address <> '';
        CREATE INDEX mail_addresses_erased ON mail_addresses (organization_id, digest) WHERE address = '';
    """
    + tenant("mail_addresses", rights="SELECT, INSERT, UPDATE")
    + belongs("consents")
    + points("consents", "address_id", "mail_addresses")
    + refers("consents", "topic_id", "topics")
    + "ALTER TABLE consents ADD CONSTRAINT consents_address_key UNIQUE (organization_id, address_id, topic_id);"
    + one_of("consents", "state", *STATES)
    + one_of("consents", "source", *SOURCES)
    + tenant("consents")
    + belongs("consent_entries")
    + points("consent_entries", "address_id", "mail_addresses")
    + refers("consent_entries", "topic_id", "topics")
    + "CREATE INDEX consent_entries_of_address ON consent_entries (organization_id, address_id, id);"
    + one_of("consent_entries", "state", *STATES)
    + one_of("consent_entries", "source", *SOURCES)
    + tenant("consent_entries", rights="SELECT, INSERT, UPDATE")
    + belongs("suppressions")
    + points("suppressions", "address_id", "mail_addresses")
    + """
        ALTER TABLE suppressions ADD CONSTRAINT suppressions_reason_key UNIQUE (organization_id, address_id, reason);
        CREATE INDEX suppressions_listed ON suppressions (organization_id, id);
        CREATE INDEX suppressions_of_reason ON suppressions (organization_id, reason, id);
    """
    + one_of("suppressions", "reason", "bounced", "complained", "manual", "unsubscribed", "imported")
    + one_of("suppressions", "source", "staff", "person", "report", "import")
    + tenant("suppressions")
)
