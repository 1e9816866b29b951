"""How many passages hold each word, kept by triggers: a search that counts them would read half of them."""

from migrations.support import tenant

WORDS = (
    """
ALTER TABLE passage_words ADD CONSTRAINT passage_words_key UNIQUE (organization_id, word);
ALTER TABLE passage_words ADD CONSTRAINT passage_words_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE;
ALTER TABLE passage_words SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
"""
    + tenant("passage_words", rights="SELECT, INSERT, UPDATE")
    + """
CREATE FUNCTION count_passage_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO passage_words AS w (organization_id, word, passages)
    SELECT c.organization_id, said.word, (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END) * count(*)
    FROM changed c, LATERAL (SELECT '' AS word UNION ALL SELECT unnest(tsvector_to_array(c.words))) said
    WHERE EXISTS (SELECT FROM organizations o WHERE o.id = c.organization_id) GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (organization_id, word) DO UPDATE SET passages = w.passages + EXCLUDED.passages;
    RETURN NULL;
END $$;
CREATE TRIGGER passages_written AFTER INSERT ON passages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_passage_words();
CREATE TRIGGER passages_gone AFTER DELETE ON passages REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_passage_words();

INSERT INTO passage_words (organization_id, word, passages)
SELECT p.organization_id, said.word, count(*) FROM passages p, LATERAL (SELECT '' AS word UNION ALL SELECT unnest(tsvector_to_array(p.words))) said
GROUP BY 1, 2 ORDER BY 1, 2;

DROP FUNCTION search_passages(text, text[], int);
DROP FUNCTION word_weights(text);
"""
)
"""The word '' stands in every passage: how many there are.

The words of one statement are counted in one order, so that writers never wait for each other in a circle.
"""
