"""`conversations.contact_name` follows the contact, and messages know how many files they have: lists and threads read no second table."""

ALL = """
CREATE FUNCTION name_of_contact(k contacts) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(nullif(trim(k.first_name || ' ' || k.last_name), ''), k.email, '')
$$;

-- The contact's row is locked, so that a change of its name either is seen here or sees this conversation.
CREATE FUNCTION name_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.contact_name := coalesce((SELECT name_of_contact(k) FROM contacts k
        WHERE k.organization_id = NEW.organization_id AND k.id = NEW.contact_id FOR SHARE), '');
    RETURN NEW;
END $$;
CREATE TRIGGER conversations_named BEFORE INSERT OR UPDATE OF contact_id ON conversations
    FOR EACH ROW EXECUTE FUNCTION name_conversation();

CREATE FUNCTION rename_conversations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE conversations SET contact_name = name_of_contact(NEW) WHERE organization_id = NEW.organization_id AND contact_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER contacts_renamed AFTER UPDATE OF first_name, last_name, email ON contacts
    FOR EACH ROW WHEN (name_of_contact(OLD) <> name_of_contact(NEW)) EXECUTE FUNCTION rename_conversations();

UPDATE conversations c SET contact_name = name_of_contact(k) FROM contacts k
    WHERE k.organization_id = c.organization_id AND k.id = c.contact_id;
UPDATE messages m SET file_count = f.n FROM (SELECT organization_id, message_id, count(*) AS n FROM files
    WHERE message_id IS NOT NULL GROUP BY 1, 2) f WHERE f.organization_id = m.organization_id AND f.message_id = m.id;
"""
