"""Text search. Row-level security would disable the text indexes, so it goes through functions that filter by themselves.

Each text vector carries a token of its organization (`o17x`), which makes the index selective per tenant without any extension.
The query ORs its words: a customer's sentence must find what shares some of them.
"""

from migrations.support import CURRENT_ORGANIZATION

ALL = f"""
ALTER TABLE passages ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', heading), 'B')
    || to_tsvector('english', text) || to_tsvector('simple', 'o' || organization_id || 'x')) STORED;
CREATE INDEX passages_words ON passages USING gin (words);

CREATE FUNCTION any_word(sentence text) RETURNS tsquery LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(quote_literal(word), ' | '), '')::tsquery
    FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 4000)))) AS word
$$;

CREATE FUNCTION search_passages(sentence text, audiences text[], most int)
RETURNS TABLE (id bigint, article_id bigint, ordinal int, title text, heading text, body text, audience text, rank real, matched text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH query AS (SELECT any_word(sentence) AS words, to_tsquery('simple', 'o' || {CURRENT_ORGANIZATION} || 'x') AS tenant)
    SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, ts_rank(p.words, query.words, 1),
           ARRAY(SELECT unnest(tsvector_to_array(p.words)) INTERSECT SELECT unnest(tsvector_to_array(to_tsvector('english', left(sentence, 4000)))))
    FROM passages p, query
    WHERE p.organization_id = {CURRENT_ORGANIZATION} AND p.audience = ANY (audiences)
      AND p.words @@ (query.words && query.tenant)
    ORDER BY 8 DESC, p.id LIMIT least(most, 200)
$$;
REVOKE ALL ON FUNCTION search_passages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_passages TO lacasa_app;

CREATE FUNCTION word_weights(sentence text)
RETURNS TABLE (word text, passages bigint, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.word,
           (SELECT count(*) FROM passages p WHERE p.organization_id = {CURRENT_ORGANIZATION}
              AND p.words @@ (quote_literal(w.word)::tsquery && to_tsquery('simple', 'o' || {CURRENT_ORGANIZATION} || 'x'))),
           (SELECT count(*) FROM passages p WHERE p.organization_id = {CURRENT_ORGANIZATION})
    FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 2000)))) AS w (word) LIMIT 60
$$;
REVOKE ALL ON FUNCTION word_weights FROM PUBLIC;
GRANT EXECUTE ON FUNCTION word_weights TO lacasa_app;

CREATE FUNCTION search_contacts(typed text, most int) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH pattern AS (SELECT replace(replace(replace(lower(typed), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' AS starts)
    SELECT id FROM contacts, pattern
    WHERE organization_id = {CURRENT_ORGANIZATION}
      AND (lower(email) LIKE starts OR lower(first_name || ' ' || last_name) LIKE starts OR lower(last_name) LIKE starts)
    ORDER BY id DESC LIMIT least(most, 500)
$$;
REVOKE ALL ON FUNCTION search_contacts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_contacts TO lacasa_app;
"""
