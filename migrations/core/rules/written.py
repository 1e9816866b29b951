"""Search through messages and subjects. An index of an expression: the words of a message stand nowhere but in the index.

Words are taken as they are, in any language, and each vector carries a token of its organization
that no text can hold: the index is selective per organization (see `search`).
"""

from migrations.support import belongs, refers, tenant

ALL = f"""
CREATE FUNCTION message_words(organization bigint, content text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', left(content, 10000)) || array_to_tsvector(ARRAY['@' || organization])
$$;
CREATE INDEX messages_words ON messages USING gin (message_words(organization_id, content));

CREATE FUNCTION every_word(typed text) RETURNS tsquery LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(quote_literal(word) || ':*', ' & '), '')::tsquery
    FROM unnest(tsvector_to_array(to_tsvector('simple', left(typed, 300)))) AS word
$$;

{belongs("conversation_subjects")}
{refers("conversation_subjects", "conversation_id", "conversations")}
ALTER TABLE conversation_subjects ADD CONSTRAINT conversation_subjects_one UNIQUE (conversation_id),
    ADD COLUMN words tsvector GENERATED ALWAYS AS (message_words(organization_id, subject)) STORED;
CREATE INDEX conversation_subjects_words ON conversation_subjects USING gin (words);

-- Beside the conversation: that row is written with every message, and its text index would be too.
CREATE FUNCTION note_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_subjects (organization_id, conversation_id, subject) VALUES (NEW.organization_id, NEW.id, NEW.subject)
    ON CONFLICT (conversation_id) DO UPDATE SET subject = excluded.subject;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_subject AFTER INSERT OR UPDATE OF subject ON conversations
    FOR EACH ROW EXECUTE FUNCTION note_subject();
INSERT INTO conversation_subjects (organization_id, conversation_id, subject) SELECT organization_id, id, subject FROM conversations;
""" + tenant("conversation_subjects", rights="SELECT, INSERT, UPDATE")
