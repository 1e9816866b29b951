-- The schema that all migrations add up to. Made by `python -m migrations.check --write`, never by hand.

-- Of core

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE FUNCTION public.accept_mail(p_tenant bigint, p_inbox bigint, p_address text, p_way text, p_mail_from text, p_recipient text, p_message_id text, p_digest text, p_subject text, p_sender text, p_raw bytea) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE v_answer bigint;
BEGIN
    PERFORM set_config('role', 'lacasa_app', true), set_config('app.organization_id', p_tenant::text, true);

    IF NOT EXISTS (SELECT FROM email_inboxes WHERE organization_id = p_tenant AND inbox_id = p_inbox AND address = p_address) THEN
        RETURN NULL;
    END IF;
    INSERT INTO inbound_mails (organization_id, inbox_id, way, mail_from, recipient, internet_message_id, digest,
                               subject, sender, size_bytes, content)
    VALUES (p_tenant, p_inbox, p_way, p_mail_from, p_recipient, p_message_id, p_digest,
            p_subject, p_sender, length(p_raw), p_raw)
    ON CONFLICT (inbox_id, internet_message_id, digest) DO NOTHING RETURNING id INTO v_answer;
    IF v_answer IS NULL THEN
        SELECT -id INTO v_answer FROM inbound_mails
        WHERE organization_id = p_tenant AND inbox_id = p_inbox AND internet_message_id = p_message_id AND digest = p_digest;
        RETURN v_answer;
    END IF;
    INSERT INTO jobs (organization_id, class, name, arguments, key, run_at, max_attempts)
    VALUES (p_tenant, 'channel-io', 'core.channels.email.understand',
            jsonb_build_object('organization_id', p_tenant, 'mail_id', v_answer), 'mail:' || v_answer, clock_timestamp(),
            5)
    ON CONFLICT (organization_id, key) WHERE status < 2 AND key IS NOT NULL DO NOTHING;
    
    RETURN v_answer;
END $$;

CREATE FUNCTION public.any_word(sentence text) RETURNS tsquery
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(string_agg(quote_literal(word), ' | '), '')::tsquery
    FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 4000)))) AS word
$$;

CREATE FUNCTION public.contacts_at(addresses text[]) RETURNS TABLE(address text, contact_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            SELECT w.address, k.id FROM unnest(addresses) AS w (address)
            JOIN contacts k ON k.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND lower(k.email) = w.address
        $$;

CREATE FUNCTION public.count_conversation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status IN ('open', 'pending') AND OLD.snoozed_until IS NULL THEN 
        INSERT INTO conversation_counts (organization_id, assignee_id, inbox_id, team_id, holder, n)
        SELECT OLD.organization_id, sums.of, OLD.inbox_id, OLD.team_id,
               CASE WHEN OLD.assignee_id IS NOT NULL THEN 'user' WHEN OLD.handler = 'ai' THEN 'ai' ELSE 'nobody' END, -1
        FROM (SELECT NULL::bigint AS of UNION SELECT OLD.assignee_id) sums;

    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status IN ('open', 'pending') AND NEW.snoozed_until IS NULL THEN 
        INSERT INTO conversation_counts (organization_id, assignee_id, inbox_id, team_id, holder, n)
        SELECT NEW.organization_id, sums.of, NEW.inbox_id, NEW.team_id,
               CASE WHEN NEW.assignee_id IS NOT NULL THEN 'user' WHEN NEW.handler = 'ai' THEN 'ai' ELSE 'nobody' END, 1
        FROM (SELECT NULL::bigint AS of UNION SELECT NEW.assignee_id) sums;

    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.count_passage_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO passage_words AS w (organization_id, word, passages)
    SELECT c.organization_id, said.word, (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END) * count(*)
    FROM changed c, LATERAL (SELECT '' AS word UNION ALL SELECT unnest(tsvector_to_array(c.words))) said
    WHERE EXISTS (SELECT FROM organizations o WHERE o.id = c.organization_id) GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (organization_id, word) DO UPDATE SET passages = w.passages + EXCLUDED.passages;
    RETURN NULL;
END $$;

CREATE FUNCTION public.drop_account_of_nobody() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    -- whoever ends another membership of this account waits here, and then sees that this one has ended
    PERFORM FROM users WHERE id = OLD.user_id FOR UPDATE;
    DELETE FROM users u WHERE u.id = OLD.user_id AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = u.id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.every_word(typed text) RETURNS tsquery
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(string_agg(quote_literal(word) || ':*', ' & '), '')::tsquery
    FROM unnest(tsvector_to_array(to_tsvector('simple', left(typed, 300)))) AS word
$$;

CREATE FUNCTION public.mark_active() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE read_marks SET active = NOT active
    WHERE organization_id = NEW.organization_id AND conversation_id = NEW.id AND active <> (NEW.status IN ('open', 'pending') AND NEW.snoozed_until IS NULL);
    RETURN NULL;
END $$;

CREATE FUNCTION public.mark_conversation_read(p_tenant bigint, p_organization bigint, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[], p_conversation bigint, p_user bigint, p_seq bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE v_answer bigint;
BEGIN
    PERFORM set_config('role', 'lacasa_app', true), set_config('app.organization_id', p_tenant::text, true);

    WITH c AS (
        SELECT c.organization_id, c.id, c.inbox_id, c.team_id, c.assignee_id, least(p_seq, c.last_seq) AS reached FROM conversations c
        WHERE c.organization_id = p_organization AND c.id = p_conversation AND (p_all OR c.inbox_id = ANY (p_inbox_ids) OR c.team_id = ANY (p_team_ids) OR c.assignee_id = ANY (p_assignee_ids) OR c.contact_id = ANY (p_contact_ids))
    ), mark AS (
        INSERT INTO read_marks AS r (organization_id, conversation_id, user_id, seq)
        SELECT c.organization_id, c.id, p_user, c.reached FROM c 
ON CONFLICT (organization_id, conversation_id, user_id) DO UPDATE SET seq = excluded.seq WHERE r.seq < excluded.seq RETURNING seq

    ), told AS (
INSERT INTO outbox (type, version, organization_id, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
                    user_id, staff_only, body, public)
 
    SELECT 'conversation.read', 0, c.organization_id, c.id, '{}'::bigint[], ARRAY[c.inbox_id], array_remove(ARRAY[c.team_id], NULL),
           array_remove(ARRAY[c.assignee_id], NULL), p_user, true,
           (SELECT row_to_json(v) FROM (SELECT 'conversation.read' AS type, c.organization_id, c.id AS conversation_id,
                                               p_user AS user_id, mark.seq) v)::text,
           NULL
    FROM c JOIN mark ON true
)
    SELECT c.reached INTO v_answer FROM c;
    
    RETURN v_answer;
END $$;

CREATE FUNCTION public.message_words(organization bigint, content text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT to_tsvector('simple', left(content, 10000)) || array_to_tsvector(ARRAY['@' || organization])
$$;

CREATE FUNCTION public.name_conversation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.contact_name := coalesce((SELECT name_of_contact(k) FROM contacts k
        WHERE k.organization_id = NEW.organization_id AND k.id = NEW.contact_id FOR SHARE), '');
    RETURN NEW;
END $$;

CREATE TABLE public.contacts (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    email character varying(254) DEFAULT NULL::character varying,
    first_name character varying(80) DEFAULT ''::character varying NOT NULL,
    last_name character varying(80) DEFAULT ''::character varying NOT NULL,
    phone character varying(40) DEFAULT NULL::character varying,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    custom_fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    subscription_status character varying(12) DEFAULT 'subscribed'::character varying NOT NULL,
    source character varying(40) DEFAULT ''::character varying NOT NULL,
    external_id character varying(200) DEFAULT NULL::character varying,
    last_order_date timestamp with time zone,
    total_order_value numeric(14,2) DEFAULT 0 NOT NULL,
    order_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    complained_address character varying(254) DEFAULT ''::character varying NOT NULL,
    declared text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT contacts_subscription_status_check CHECK (((subscription_status)::text = ANY ((ARRAY['subscribed'::character varying, 'unsubscribed'::character varying, 'bounced'::character varying])::text[])))
);

CREATE FUNCTION public.name_of_contact(k public.contacts) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(nullif(trim(k.first_name || ' ' || k.last_name), ''), k.email, '')
$$;

CREATE FUNCTION public.nearest_passages(meaning public.vector, by_model text, audiences text[], asked_language text) RETURNS TABLE(id bigint, distance double precision)
    LANGUAGE plpgsql STABLE ROWS 50
    SET search_path TO 'public', 'pg_temp'
    SET "hnsw.iterative_scan" TO 'strict_order'
    SET "hnsw.ef_search" TO '100'
    AS $_$
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT v.passage_id, v.vector::vector(%1$s) <=> $1 FROM passage_vectors v
        WHERE v.organization_id = %2$L AND v.model = %3$L AND v.audience = ANY ($2) %4$s ORDER BY v.vector::vector(%1$s) <=> $1 LIMIT 50
    $query$, vector_dims(meaning), nullif(current_setting('app.organization_id', true), '')::bigint, by_model,
    CASE WHEN asked_language <> '' THEN format($filter$AND v.language IN ('', %L)$filter$, asked_language) END) USING meaning, audiences;
END $_$;

CREATE FUNCTION public.new_account(address text, called text, hash text) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    INSERT INTO users (email, name, password_hash) VALUES (address, called, hash) ON CONFLICT (lower(email)) DO NOTHING RETURNING id
$$;

CREATE FUNCTION public.note_subject() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO conversation_subjects (organization_id, conversation_id, subject) VALUES (NEW.organization_id, NEW.id, NEW.subject)
    ON CONFLICT (conversation_id) DO UPDATE SET subject = excluded.subject;
    RETURN NULL;
END $$;

CREATE FUNCTION public.receive_message(p_tenant bigint, p_organization bigint, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[], p_content text, p_preview text, p_client_id text, p_token text) RETURNS text
    LANGUAGE plpgsql
    AS $$
DECLARE v_answer text;
BEGIN
    PERFORM set_config('role', 'lacasa_app', true), set_config('app.organization_id', p_tenant::text, true);

    WITH c AS (
        UPDATE conversations c SET version = c.version + 1, last_seq = c.last_seq + 1, public_seq = c.last_seq + 1,
               last_activity_at = clock_timestamp(), preview = p_preview, status = 'open', waiting_since = coalesce(c.waiting_since, clock_timestamp()), contact_read_seq = c.last_seq + 1
        WHERE c.organization_id = p_organization AND c.token = p_token AND (p_all OR c.inbox_id = ANY (p_inbox_ids) OR c.team_id = ANY (p_team_ids) OR c.assignee_id = ANY (p_assignee_ids) OR c.contact_id = ANY (p_contact_ids))
          AND c.status IN ('open', 'pending') AND c.snoozed_until IS NULL RETURNING c.*
    ), m AS (
        INSERT INTO messages AS m (organization_id, conversation_id, seq, content, client_id, sender_type, sender_id, sender_name)
        SELECT c.organization_id, c.id, c.last_seq, p_content, p_client_id, 'contact', c.contact_id, (SELECT trim(k.first_name || ' ' || k.last_name) FROM contacts k
                           WHERE k.organization_id = c.organization_id AND k.id = c.contact_id) FROM c RETURNING m.*
    ),  said AS MATERIALIZED (
        SELECT c.*, (SELECT row_to_json(v) FROM (SELECT 'message.created' AS type, c.organization_id,
                                                 (SELECT row_to_json(v) FROM (SELECT c.id AS id, c.number AS number, c.inbox_id AS inbox_id, c.contact_id AS contact_id, c.contact_name AS contact_name, c.channel AS channel, c.subject AS subject, c.status AS status, c.priority AS priority, c.category AS category, c.tags AS tags, c.assignee_id AS assignee_id, c.team_id AS team_id, c.handler AS handler, c.handler_epoch AS handler_epoch, c.snoozed_until AS snoozed_until, c.waiting_since AS waiting_since, c.preview AS preview, c.last_seq AS last_seq, c.public_seq AS public_seq, c.last_activity_at AS last_activity_at, c.contact_read_seq AS contact_read_seq, c.first_response_at AS first_response_at, c.resolved_at AS resolved_at, c.closed_at AS closed_at, c.version AS version, c.created_at AS created_at, c.token AS token) v) AS conversation, (SELECT row_to_json(v) FROM (SELECT m.id AS id, m.conversation_id AS conversation_id, m.seq AS seq, m.sender_type AS sender_type, m.sender_id AS sender_id, m.sender_name AS sender_name, m.content AS content, m.is_internal AS is_internal, m.client_id AS client_id, m.sources AS sources, m.decision_id AS decision_id, m.created_at AS created_at, 
CASE WHEN m.file_count = 0 THEN '[]'::json ELSE coalesce((
    SELECT json_agg((SELECT row_to_json(v) FROM (SELECT f.token AS token, f.name AS name, f.content_type AS content_type, f.size AS size, '/files/' || f.token AS url) v) ORDER BY f.id) FROM files f
    WHERE f.organization_id = m.organization_id AND f.message_id = m.id), '[]'::json) END
 AS files) v) AS message) v)::text AS body,
               (SELECT row_to_json(v) FROM (SELECT 'message.created' AS type, (SELECT row_to_json(v) FROM (SELECT c.token AS token, c.subject AS subject, c.status AS status, c.handler AS handler, c.public_seq AS last_seq, c.contact_read_seq AS read_seq, c.last_activity_at AS last_activity_at, c.version AS version) v) AS conversation,
                                            (SELECT row_to_json(v) FROM (SELECT m.seq AS seq, m.sender_type AS sender_type, m.sender_name AS sender_name, m.content AS content, CASE WHEN m.sender_type = 'contact' THEN m.client_id END AS client_id, m.sources AS sources, 
CASE WHEN m.file_count = 0 THEN '[]'::json ELSE coalesce((
    SELECT json_agg((SELECT row_to_json(v) FROM (SELECT f.token AS token, f.name AS name, f.content_type AS content_type, f.size AS size, '/files/' || f.token AS url) v) ORDER BY f.id) FROM files f
    WHERE f.organization_id = m.organization_id AND f.message_id = m.id), '[]'::json) END
 AS files, m.created_at AS created_at) v) AS message) v)::text AS public
        FROM c JOIN m ON true
    ), told AS (
        
INSERT INTO outbox (type, version, organization_id, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
                    user_id, staff_only, body, public)

        SELECT 'message.created', c.version, c.organization_id, c.id, array_remove(ARRAY[c.contact_id], NULL), ARRAY[c.inbox_id],
               array_remove(ARRAY[c.team_id], NULL), array_remove(ARRAY[c.assignee_id], NULL), NULL, false, c.body, c.public
        FROM said c 
    )
    SELECT said.body INTO v_answer FROM said;
    
    RETURN v_answer;
END $$;

CREATE FUNCTION public.rename_conversations() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE conversations SET contact_name = name_of_contact(NEW) WHERE organization_id = NEW.organization_id AND contact_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.search_contacts(typed text, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH pattern AS (SELECT replace(replace(replace(lower(typed), '\', '\\'), '%', '\%'), '_', '\_') || '%' AS starts)
    SELECT id FROM contacts, pattern
    WHERE organization_id = nullif(current_setting('app.organization_id', true), '')::bigint
      AND (lower(email) LIKE starts OR lower(first_name || ' ' || last_name) LIKE starts OR lower(last_name) LIKE starts)
    ORDER BY id DESC LIMIT least(most, 500)
$$;

CREATE FUNCTION public.search_conversations(typed text, most integer, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[]) RETURNS TABLE(conversation_id bigint, message_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH query AS MATERIALIZED (
        SELECT wanted && quote_literal('@' || nullif(current_setting('app.organization_id', true), '')::bigint)::tsquery AS words FROM every_word(typed) AS wanted WHERE numnode(wanted) > 0
    ), hits AS MATERIALIZED (
        SELECT m.conversation_id, m.id FROM messages m, query
        WHERE m.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND message_words(m.organization_id, m.content) @@ query.words
        ORDER BY m.id DESC LIMIT 5000
    ), found AS (
        SELECT h.conversation_id, max(h.id) AS message_id FROM hits h GROUP BY 1
        UNION ALL
        SELECT s.conversation_id, NULL FROM conversation_subjects s, query WHERE s.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND s.words @@ query.words
    )
    SELECT c.id, max(f.message_id) FROM found f JOIN conversations c ON c.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND c.id = f.conversation_id
    WHERE p_all OR c.inbox_id = ANY (p_inbox_ids) OR c.team_id = ANY (p_team_ids) OR c.assignee_id = ANY (p_assignee_ids) OR c.contact_id = ANY (p_contact_ids) GROUP BY c.id, c.last_activity_at ORDER BY c.last_activity_at DESC, c.id DESC LIMIT least(most, 100)
$$;

CREATE FUNCTION public.search_hybrid(sentence text, meaning public.vector, by_model text, audiences text[], asked_language text, most integer) RETURNS TABLE(id bigint, article_id bigint, ordinal integer, title text, heading text, body text, audience text, rank double precision, matched text[], cosine double precision, middle double precision, alike double precision)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 100
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH 
    asked AS MATERIALIZED (
        SELECT w.word, w.passages, ln(1 + (t.passages - w.passages + 0.5) / (w.passages + 0.5)) AS weight
        FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 4000)))) AS q (word)
        JOIN passage_words w ON w.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND w.word = q.word AND w.passages > 0
        JOIN passage_words t ON t.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND t.word = ''
        ORDER BY w.passages, w.word LIMIT 60
    ), query AS MATERIALIZED (
        SELECT string_agg(CASE WHEN rare.before + rare.passages <= 2000 OR others IS NULL THEN quote_literal(rare.word)
                          ELSE quote_literal(rare.word) || ' & (' || others || ')' END, ' | ')::tsquery AS words,
               to_tsquery('simple', 'o' || nullif(current_setting('app.organization_id', true), '')::bigint || 'x') AS tenant
        FROM (SELECT word, passages, sum(passages) OVER (ORDER BY passages, word) - passages AS before FROM asked) rare,
             LATERAL (SELECT string_agg(quote_literal(word), ' | ') AS others FROM asked WHERE word <> rare.word) beside
        WHERE before < 1000
    ), chosen AS MATERIALIZED (
        SELECT p.id, p.article_id, p.ordinal, p.words FROM passages p, query
        WHERE p.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND p.audience = ANY (audiences) AND (asked_language = '' OR p.language IN ('', asked_language))
          AND p.words @@ (query.words && query.tenant) LIMIT 2000
    ), ranked AS MATERIALIZED (
        SELECT c.id, c.article_id, c.ordinal, c.words, ts_rank(c.words, query.words, 1) AS rank FROM chosen c, query
    ), near AS MATERIALIZED (
        SELECT r.id, r.words, length(r.words) AS length FROM (
            SELECT id, words, rank FROM ranked WHERE ordinal > 0
            UNION ALL
            SELECT q.id, q.words, q.rank FROM (
                SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY rank DESC, id) AS place FROM ranked WHERE ordinal < 0
            ) q WHERE q.place <= 10
        ) r ORDER BY r.rank DESC, r.id LIMIT 100
    ), heard AS (
        SELECT near.id, near.length, said.lexeme, coalesce(cardinality(said.positions), 1) AS times
        FROM near, LATERAL unnest(near.words) said WHERE said.lexeme = ANY (ARRAY(SELECT word FROM asked))
    ), weighed AS MATERIALIZED (
        SELECT heard.id, array_agg(asked.word ORDER BY asked.word) AS matched, sum(asked.weight * heard.times * 2.2 /
               (heard.times + 1.2 * (0.25 + 0.75 * heard.length / usual.length))) AS bm25
        FROM heard JOIN asked ON asked.word = heard.lexeme, (SELECT avg(length) AS length FROM near) usual GROUP BY heard.id
    ), dense AS MATERIALIZED (
        SELECT n.id, n.distance FROM nearest_passages(meaning, by_model, audiences, asked_language) n
    ), places AS (
        SELECT id, row_number() OVER (ORDER BY distance, id) AS place FROM dense
        UNION ALL
        (SELECT id, row_number() OVER (ORDER BY bm25 DESC, id) FROM weighed ORDER BY 2 LIMIT 50)
    ), fused AS (
        SELECT id, sum(1.0 / (60 + place))::float8 AS rank FROM places GROUP BY id ORDER BY 2 DESC, 1 LIMIT least(most, 100)
    ), found AS MATERIALIZED (
        SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, f.rank, coalesce(w.matched, '{}') AS matched
        FROM fused f JOIN passages p ON p.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND p.id = f.id AND p.audience = ANY (audiences)
             LEFT JOIN weighed w ON w.id = f.id
    ), examples AS (
        SELECT e.article_id, avg(v.vector) AS middle, avg(vector_norm(v.vector)) AS length
        FROM (SELECT DISTINCT article_id FROM found WHERE title = '' AND heading = '') s
        CROSS JOIN LATERAL (SELECT p.id, p.article_id FROM passages p WHERE p.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND p.article_id = s.article_id
                            AND p.audience = ANY (audiences) AND title = '' AND heading = '' ORDER BY p.ordinal LIMIT 50) e
        JOIN passage_vectors v ON v.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND v.passage_id = e.id AND v.model = by_model GROUP BY e.article_id
    )
    SELECT f.*, 1 - (v.vector <=> meaning), 1 - (e.middle <=> meaning), vector_norm(e.middle) / nullif(e.length, 0)
    FROM found f LEFT JOIN passage_vectors v ON v.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND v.passage_id = f.id AND v.model = by_model
    LEFT JOIN examples e ON e.article_id = f.article_id AND f.title = '' AND f.heading = ''
    ORDER BY f.rank DESC, f.id
$$;

CREATE FUNCTION public.search_orders(typed text, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH own AS (SELECT nullif(current_setting('app.organization_id', true), '')::bigint AS id)
    SELECT id FROM (
        (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id
            AND lower(o.order_number) ~>=~ lower(typed) AND lower(o.order_number) ~<~ (lower(typed) || U&'\+10FFFF')
            ORDER BY lower(o.order_number) USING ~<~ LIMIT least(most, 500))
        UNION (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id
            AND lower(o.order_number) ~>=~ ('#' || lower(typed)) AND lower(o.order_number) ~<~ ('#' || lower(typed) || U&'\+10FFFF')
            ORDER BY lower(o.order_number) USING ~<~ LIMIT least(most, 500))
        UNION (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id
            AND lower(o.email) ~>=~ lower(typed) AND lower(o.email) ~<~ (lower(typed) || U&'\+10FFFF')
            ORDER BY lower(o.email) USING ~<~ LIMIT least(most, 500))
        UNION (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id AND o.contact_id IN (SELECT search_contacts(typed, most))
            LIMIT least(most, 500))
    ) AS found
$$;

CREATE FUNCTION public.search_passages(sentence text, audiences text[], asked_language text, most integer) RETURNS TABLE(id bigint, article_id bigint, ordinal integer, title text, heading text, body text, audience text, rank double precision, matched text[])
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 100
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH 
    asked AS MATERIALIZED (
        SELECT w.word, w.passages, ln(1 + (t.passages - w.passages + 0.5) / (w.passages + 0.5)) AS weight
        FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 4000)))) AS q (word)
        JOIN passage_words w ON w.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND w.word = q.word AND w.passages > 0
        JOIN passage_words t ON t.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND t.word = ''
        ORDER BY w.passages, w.word LIMIT 60
    ), query AS MATERIALIZED (
        SELECT string_agg(CASE WHEN rare.before + rare.passages <= 2000 OR others IS NULL THEN quote_literal(rare.word)
                          ELSE quote_literal(rare.word) || ' & (' || others || ')' END, ' | ')::tsquery AS words,
               to_tsquery('simple', 'o' || nullif(current_setting('app.organization_id', true), '')::bigint || 'x') AS tenant
        FROM (SELECT word, passages, sum(passages) OVER (ORDER BY passages, word) - passages AS before FROM asked) rare,
             LATERAL (SELECT string_agg(quote_literal(word), ' | ') AS others FROM asked WHERE word <> rare.word) beside
        WHERE before < 1000
    ), chosen AS MATERIALIZED (
        SELECT p.id, p.article_id, p.ordinal, p.words FROM passages p, query
        WHERE p.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND p.audience = ANY (audiences) AND (asked_language = '' OR p.language IN ('', asked_language))
          AND p.words @@ (query.words && query.tenant) LIMIT 2000
    ), ranked AS MATERIALIZED (
        SELECT c.id, c.article_id, c.ordinal, c.words, ts_rank(c.words, query.words, 1) AS rank FROM chosen c, query
    ), near AS MATERIALIZED (
        SELECT r.id, r.words, length(r.words) AS length FROM (
            SELECT id, words, rank FROM ranked WHERE ordinal > 0
            UNION ALL
            SELECT q.id, q.words, q.rank FROM (
                SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY rank DESC, id) AS place FROM ranked WHERE ordinal < 0
            ) q WHERE q.place <= 10
        ) r ORDER BY r.rank DESC, r.id LIMIT 100
    ), heard AS (
        SELECT near.id, near.length, said.lexeme, coalesce(cardinality(said.positions), 1) AS times
        FROM near, LATERAL unnest(near.words) said WHERE said.lexeme = ANY (ARRAY(SELECT word FROM asked))
    ), weighed AS MATERIALIZED (
        SELECT heard.id, array_agg(asked.word ORDER BY asked.word) AS matched, sum(asked.weight * heard.times * 2.2 /
               (heard.times + 1.2 * (0.25 + 0.75 * heard.length / usual.length))) AS bm25
        FROM heard JOIN asked ON asked.word = heard.lexeme, (SELECT avg(length) AS length FROM near) usual GROUP BY heard.id
    )
    SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, w.bm25, w.matched
    FROM weighed w JOIN passages p ON p.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND p.id = w.id
    ORDER BY w.bm25 DESC, p.id LIMIT least(most, 100)
$$;

CREATE FUNCTION public.send_reply(p_tenant bigint, p_organization bigint, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[], p_content text, p_preview text, p_client_id text, p_conversation bigint, p_user bigint, p_name text, p_expected_seq bigint) RETURNS text
    LANGUAGE plpgsql
    AS $$
DECLARE v_answer text;
BEGIN
    PERFORM set_config('role', 'lacasa_app', true), set_config('app.organization_id', p_tenant::text, true);

    WITH c AS (
        UPDATE conversations c SET version = c.version + 1, last_seq = c.last_seq + 1, public_seq = c.last_seq + 1,
               last_activity_at = clock_timestamp(), preview = p_preview, status = 'pending', resolved_at = NULL, waiting_since = NULL,
            first_response_at = coalesce(c.first_response_at, clock_timestamp()), handler = 'human',
            handler_epoch = c.handler_epoch + 1, assignee_id = coalesce(c.assignee_id, p_user)
        WHERE c.organization_id = p_organization AND c.id = p_conversation AND (p_expected_seq IS NULL OR c.last_seq <= p_expected_seq) AND (p_all OR c.inbox_id = ANY (p_inbox_ids) OR c.team_id = ANY (p_team_ids) OR c.assignee_id = ANY (p_assignee_ids) OR c.contact_id = ANY (p_contact_ids))
          AND c.status IN ('open', 'pending') AND c.snoozed_until IS NULL RETURNING c.*
    ), m AS (
        INSERT INTO messages AS m (organization_id, conversation_id, seq, content, client_id, sender_type, sender_id, sender_name)
        SELECT c.organization_id, c.id, c.last_seq, p_content, p_client_id, 'user', p_user, p_name FROM c RETURNING m.*
    ), mark AS (
        INSERT INTO read_marks AS r (organization_id, conversation_id, user_id, seq)
        SELECT c.organization_id, c.id, p_user, c.last_seq FROM c WHERE p_user IS NOT NULL 
ON CONFLICT (organization_id, conversation_id, user_id) DO UPDATE SET seq = excluded.seq WHERE r.seq < excluded.seq RETURNING seq

    ), said AS MATERIALIZED (
        SELECT c.*, (SELECT row_to_json(v) FROM (SELECT 'message.created' AS type, c.organization_id,
                                                 (SELECT row_to_json(v) FROM (SELECT c.id AS id, c.number AS number, c.inbox_id AS inbox_id, c.contact_id AS contact_id, c.contact_name AS contact_name, c.channel AS channel, c.subject AS subject, c.status AS status, c.priority AS priority, c.category AS category, c.tags AS tags, c.assignee_id AS assignee_id, c.team_id AS team_id, c.handler AS handler, c.handler_epoch AS handler_epoch, c.snoozed_until AS snoozed_until, c.waiting_since AS waiting_since, c.preview AS preview, c.last_seq AS last_seq, c.public_seq AS public_seq, c.last_activity_at AS last_activity_at, c.contact_read_seq AS contact_read_seq, c.first_response_at AS first_response_at, c.resolved_at AS resolved_at, c.closed_at AS closed_at, c.version AS version, c.created_at AS created_at, c.token AS token) v) AS conversation, (SELECT row_to_json(v) FROM (SELECT m.id AS id, m.conversation_id AS conversation_id, m.seq AS seq, m.sender_type AS sender_type, m.sender_id AS sender_id, m.sender_name AS sender_name, m.content AS content, m.is_internal AS is_internal, m.client_id AS client_id, m.sources AS sources, m.decision_id AS decision_id, m.created_at AS created_at, 
CASE WHEN m.file_count = 0 THEN '[]'::json ELSE coalesce((
    SELECT json_agg((SELECT row_to_json(v) FROM (SELECT f.token AS token, f.name AS name, f.content_type AS content_type, f.size AS size, '/files/' || f.token AS url) v) ORDER BY f.id) FROM files f
    WHERE f.organization_id = m.organization_id AND f.message_id = m.id), '[]'::json) END
 AS files) v) AS message) v)::text AS body,
               (SELECT row_to_json(v) FROM (SELECT 'message.created' AS type, (SELECT row_to_json(v) FROM (SELECT c.token AS token, c.subject AS subject, c.status AS status, c.handler AS handler, c.public_seq AS last_seq, c.contact_read_seq AS read_seq, c.last_activity_at AS last_activity_at, c.version AS version) v) AS conversation,
                                            (SELECT row_to_json(v) FROM (SELECT m.seq AS seq, m.sender_type AS sender_type, m.sender_name AS sender_name, m.content AS content, CASE WHEN m.sender_type = 'contact' THEN m.client_id END AS client_id, m.sources AS sources, 
CASE WHEN m.file_count = 0 THEN '[]'::json ELSE coalesce((
    SELECT json_agg((SELECT row_to_json(v) FROM (SELECT f.token AS token, f.name AS name, f.content_type AS content_type, f.size AS size, '/files/' || f.token AS url) v) ORDER BY f.id) FROM files f
    WHERE f.organization_id = m.organization_id AND f.message_id = m.id), '[]'::json) END
 AS files, m.created_at AS created_at) v) AS message) v)::text AS public
        FROM c JOIN m ON true
    ), told AS (
        
INSERT INTO outbox (type, version, organization_id, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
                    user_id, staff_only, body, public)

        SELECT 'message.created', c.version, c.organization_id, c.id, array_remove(ARRAY[c.contact_id], NULL), ARRAY[c.inbox_id],
               array_remove(ARRAY[c.team_id], NULL), array_remove(ARRAY[c.assignee_id], NULL), NULL, false, c.body, c.public
        FROM said c UNION ALL 
    SELECT 'conversation.read', 0, c.organization_id, c.id, '{}'::bigint[], ARRAY[c.inbox_id], array_remove(ARRAY[c.team_id], NULL),
           array_remove(ARRAY[c.assignee_id], NULL), p_user, true,
           (SELECT row_to_json(v) FROM (SELECT 'conversation.read' AS type, c.organization_id, c.id AS conversation_id,
                                               p_user AS user_id, mark.seq) v)::text,
           NULL
    FROM c JOIN mark ON true

    )
    SELECT said.body INTO v_answer FROM said;
    
    RETURN v_answer;
END $$;

CREATE FUNCTION public.word_weights(sentence text) RETURNS TABLE(word text, passages bigint, total bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT q.word, coalesce(w.passages, 0)::bigint, coalesce(t.passages, 0)::bigint
    FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 2000)))) AS q (word)
    LEFT JOIN passage_words w ON w.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND w.word = q.word
    LEFT JOIN passage_words t ON t.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint AND t.word = '' LIMIT 60
$$;

CREATE TABLE public.article_questions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    article_id bigint DEFAULT 0 NOT NULL,
    number integer DEFAULT 0 NOT NULL,
    text character varying(300) DEFAULT ''::character varying NOT NULL,
    author text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT article_questions_number_check CHECK ((number > 0))
);

ALTER TABLE public.article_questions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.article_questions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.article_versions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    article_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    category character varying(80) DEFAULT ''::character varying NOT NULL,
    kind character varying(10) DEFAULT ''::character varying NOT NULL,
    audience character varying(10) DEFAULT ''::character varying NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT ''::character varying NOT NULL,
    author text DEFAULT ''::text NOT NULL,
    changed text[] DEFAULT '{}'::text[] NOT NULL,
    restored integer,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT article_versions_audience_check CHECK (((audience)::text = ANY ((ARRAY['public'::character varying, 'internal'::character varying])::text[]))),
    CONSTRAINT article_versions_kind_check CHECK (((kind)::text = ANY ((ARRAY['article'::character varying, 'snippet'::character varying])::text[]))),
    CONSTRAINT article_versions_status_check CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying])::text[])))
);

ALTER TABLE public.article_versions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.article_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.articles (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    slug character varying(120) DEFAULT ''::character varying NOT NULL,
    category character varying(80) DEFAULT ''::character varying NOT NULL,
    kind character varying(10) DEFAULT 'article'::character varying NOT NULL,
    audience character varying(10) DEFAULT 'public'::character varying NOT NULL,
    status character varying(10) DEFAULT 'draft'::character varying NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    author_id bigint,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    source_id bigint,
    source_key text DEFAULT ''::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    content_hash character varying(64) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT articles_audience_check CHECK (((audience)::text = ANY ((ARRAY['public'::character varying, 'internal'::character varying])::text[]))),
    CONSTRAINT articles_kind_check CHECK (((kind)::text = ANY ((ARRAY['article'::character varying, 'snippet'::character varying, 'document'::character varying])::text[]))),
    CONSTRAINT articles_status_check CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying])::text[])))
);

ALTER TABLE public.articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    actor_kind character varying(10) DEFAULT ''::character varying NOT NULL,
    actor_id bigint,
    action character varying(60) DEFAULT ''::character varying NOT NULL,
    subject character varying(120) DEFAULT ''::character varying NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    address character varying(64) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.consent_entries (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    address_id bigint DEFAULT 0 NOT NULL,
    topic_id bigint DEFAULT 0 NOT NULL,
    state character varying(12) DEFAULT ''::character varying NOT NULL,
    source character varying(12) DEFAULT ''::character varying NOT NULL,
    network character varying(45) DEFAULT ''::character varying NOT NULL,
    text_version integer DEFAULT 0 NOT NULL,
    by_id bigint,
    note character varying(300) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT consent_entries_source_check CHECK (((source)::text = ANY ((ARRAY['staff'::character varying, 'form'::character varying, 'confirmation'::character varying, 'one_click'::character varying, 'preferences'::character varying])::text[]))),
    CONSTRAINT consent_entries_state_check CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'subscribed'::character varying, 'unsubscribed'::character varying])::text[])))
);

ALTER TABLE public.consent_entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.consent_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.consents (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    address_id bigint DEFAULT 0 NOT NULL,
    topic_id bigint DEFAULT 0 NOT NULL,
    state character varying(12) DEFAULT ''::character varying NOT NULL,
    source character varying(12) DEFAULT ''::character varying NOT NULL,
    network character varying(45) DEFAULT ''::character varying NOT NULL,
    text_version integer DEFAULT 0 NOT NULL,
    confirmed_at timestamp with time zone,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT consents_source_check CHECK (((source)::text = ANY ((ARRAY['staff'::character varying, 'form'::character varying, 'confirmation'::character varying, 'one_click'::character varying, 'preferences'::character varying])::text[]))),
    CONSTRAINT consents_state_check CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'subscribed'::character varying, 'unsubscribed'::character varying])::text[])))
);

ALTER TABLE public.consents ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.consents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_addresses (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.contact_addresses ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contact_addresses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.contacts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.continuity_mails (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    mail_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    first_seq bigint DEFAULT 0 NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL,
    is_proven boolean DEFAULT false NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT continuity_mails_range_check CHECK ((first_seq <= last_seq))
);

ALTER TABLE public.continuity_mails ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.continuity_mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.continuity_settings (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    mail_inbox_id bigint DEFAULT 0 NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    delay_s integer DEFAULT 120 NOT NULL,
    CONSTRAINT continuity_settings_delay_check CHECK ((delay_s >= 0))
);

ALTER TABLE public.continuity_settings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.continuity_settings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.continuity_stops (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.continuity_stops ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.continuity_stops_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation_counts (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    team_id bigint,
    assignee_id bigint,
    n integer DEFAULT 0 NOT NULL,
    folded boolean DEFAULT false NOT NULL,
    holder character varying(6) DEFAULT ''::character varying NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='-1');

ALTER TABLE public.conversation_counts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversation_counts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation_mailings (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    mailing_id bigint DEFAULT 0 NOT NULL,
    send_id bigint DEFAULT 0 NOT NULL,
    is_recipient boolean DEFAULT false NOT NULL
);

ALTER TABLE public.conversation_mailings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversation_mailings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation_participants (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL,
    name character varying(160) DEFAULT ''::character varying NOT NULL,
    is_declared boolean DEFAULT false NOT NULL
);

ALTER TABLE public.conversation_participants ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversation_participants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation_subjects (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    subject character varying(300) DEFAULT ''::character varying NOT NULL,
    words tsvector GENERATED ALWAYS AS (public.message_words(organization_id, (subject)::text)) STORED
);

ALTER TABLE public.conversation_subjects ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversation_subjects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    number bigint DEFAULT 0 NOT NULL,
    token character varying(40) DEFAULT ''::character varying NOT NULL,
    client_id character varying(64) DEFAULT NULL::character varying,
    inbox_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint,
    channel character varying(10) DEFAULT 'chat'::character varying NOT NULL,
    subject character varying(300) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT 'open'::character varying NOT NULL,
    priority character varying(10) DEFAULT 'medium'::character varying NOT NULL,
    category character varying(80) DEFAULT NULL::character varying,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    assignee_id bigint,
    team_id bigint,
    handler character varying(6) DEFAULT 'human'::character varying NOT NULL,
    handler_epoch integer DEFAULT 0 NOT NULL,
    snoozed_until timestamp with time zone,
    waiting_since timestamp with time zone,
    preview character varying(200) DEFAULT ''::character varying NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    public_seq bigint DEFAULT 0 NOT NULL,
    last_activity_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    contact_read_seq bigint DEFAULT 0 NOT NULL,
    first_response_at timestamp with time zone,
    resolved_at timestamp with time zone,
    closed_at timestamp with time zone,
    version bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    contact_name text DEFAULT ''::text NOT NULL,
    CONSTRAINT conversations_ai_check CHECK ((((handler)::text <> 'ai'::text) OR (assignee_id IS NULL))),
    CONSTRAINT conversations_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'chat'::character varying, 'social'::character varying, 'phone'::character varying, 'web'::character varying, 'api'::character varying])::text[]))),
    CONSTRAINT conversations_handler_check CHECK (((handler)::text = ANY ((ARRAY['ai'::character varying, 'human'::character varying])::text[]))),
    CONSTRAINT conversations_priority_check CHECK (((priority)::text = ANY ((ARRAY['low'::character varying, 'medium'::character varying, 'high'::character varying, 'urgent'::character varying])::text[]))),
    CONSTRAINT conversations_status_check CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying, 'resolved'::character varying, 'closed'::character varying])::text[])))
)
WITH (fillfactor='85', autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE public.conversations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.dkim_keys (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    domain character varying(253) DEFAULT ''::character varying NOT NULL,
    selector character varying(63) DEFAULT ''::character varying NOT NULL,
    public_key text DEFAULT ''::text NOT NULL,
    sealed_key text DEFAULT ''::text NOT NULL,
    is_on boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT dkim_keys_domain_check CHECK (((domain)::text = lower((domain)::text)))
);

ALTER TABLE public.dkim_keys ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dkim_keys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_image_senders (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.email_image_senders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_image_senders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_images (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    content_type character varying(20) DEFAULT ''::character varying NOT NULL,
    content bytea DEFAULT '\x'::bytea NOT NULL,
    size_bytes integer DEFAULT 0 NOT NULL,
    fetched_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE ONLY public.email_images ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE public.email_images ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_images_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_inboxes (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL,
    from_name character varying(80) DEFAULT ''::character varying NOT NULL,
    numbers_subjects boolean DEFAULT false NOT NULL,
    CONSTRAINT email_inboxes_address_check CHECK (((address)::text = lower((address)::text)))
);

ALTER TABLE public.email_inboxes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_inboxes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_mailboxes (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    host character varying(253) DEFAULT ''::character varying NOT NULL,
    port integer DEFAULT 0 NOT NULL,
    security character varying(8) DEFAULT ''::character varying NOT NULL,
    username character varying(254) DEFAULT ''::character varying NOT NULL,
    sign_in character varying(8) DEFAULT ''::character varying NOT NULL,
    token_url character varying(300) DEFAULT ''::character varying NOT NULL,
    client_id character varying(200) DEFAULT ''::character varying NOT NULL,
    sealed text DEFAULT ''::text NOT NULL,
    folder character varying(200) DEFAULT ''::character varying NOT NULL,
    done_folder character varying(200) DEFAULT ''::character varying NOT NULL,
    start character varying(3) DEFAULT ''::character varying NOT NULL,
    began_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    uid_validity bigint,
    last_uid bigint DEFAULT 0 NOT NULL,
    settled_uid bigint DEFAULT 0 NOT NULL,
    old_until bigint DEFAULT 0 NOT NULL,
    missed jsonb DEFAULT '{}'::jsonb NOT NULL,
    state character varying(7) DEFAULT 'waiting'::character varying NOT NULL,
    error_code character varying(20) DEFAULT ''::character varying NOT NULL,
    error character varying(200) DEFAULT ''::character varying NOT NULL,
    failed_rounds integer DEFAULT 0 NOT NULL,
    last_fetched_at timestamp with time zone,
    next_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    reader character varying(22) DEFAULT ''::character varying NOT NULL,
    lease_until timestamp with time zone,
    CONSTRAINT email_mailboxes_security_check CHECK (((security)::text = ANY ((ARRAY['tls'::character varying, 'starttls'::character varying, 'none'::character varying])::text[]))),
    CONSTRAINT email_mailboxes_sign_in_check CHECK (((sign_in)::text = ANY ((ARRAY['password'::character varying, 'oauth2'::character varying])::text[]))),
    CONSTRAINT email_mailboxes_start_check CHECK (((start)::text = ANY ((ARRAY['new'::character varying, 'all'::character varying])::text[]))),
    CONSTRAINT email_mailboxes_state_check CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'well'::character varying, 'failing'::character varying])::text[])))
);

ALTER TABLE public.email_mailboxes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_mailboxes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_servers (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    host character varying(253) DEFAULT ''::character varying NOT NULL,
    port integer DEFAULT 0 NOT NULL,
    security character varying(8) DEFAULT ''::character varying NOT NULL,
    username character varying(320) DEFAULT ''::character varying NOT NULL,
    sealed_password text DEFAULT ''::text NOT NULL,
    CONSTRAINT email_servers_port_check CHECK (((port >= 1) AND (port <= 65535))),
    CONSTRAINT email_servers_security_check CHECK (((security)::text = ANY ((ARRAY['starttls'::character varying, 'tls'::character varying, 'none'::character varying])::text[])))
);

ALTER TABLE public.email_servers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_servers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.event_clock (
    organization_id bigint NOT NULL,
    "position" bigint NOT NULL,
    epoch bigint DEFAULT (EXTRACT(epoch FROM now()))::bigint NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='500');

CREATE TABLE public.event_dead_letters (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    type text NOT NULL,
    version bigint NOT NULL,
    conversation_id bigint,
    contact_ids bigint[] NOT NULL,
    inbox_ids bigint[] NOT NULL,
    team_ids bigint[] NOT NULL,
    assignee_ids bigint[] NOT NULL,
    user_id bigint,
    staff_only boolean NOT NULL,
    body text NOT NULL,
    public text,
    error text NOT NULL,
    died_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    marketers_only boolean DEFAULT false NOT NULL
);

CREATE TABLE public.event_log (
    organization_id bigint NOT NULL,
    "position" bigint NOT NULL,
    epoch bigint NOT NULL,
    id bigint NOT NULL,
    type text NOT NULL,
    version bigint NOT NULL,
    conversation_id bigint,
    contact_ids bigint[] NOT NULL,
    inbox_ids bigint[] NOT NULL,
    team_ids bigint[] NOT NULL,
    assignee_ids bigint[] NOT NULL,
    user_id bigint,
    staff_only boolean NOT NULL,
    body text NOT NULL,
    public text,
    created_at timestamp with time zone NOT NULL,
    marketers_only boolean DEFAULT false NOT NULL
)
PARTITION BY RANGE (created_at);

CREATE TABLE public.files (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    token character varying(40) DEFAULT ''::character varying NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    content_type character varying(120) DEFAULT ''::character varying NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    sha256 character varying(64) DEFAULT ''::character varying NOT NULL,
    owner_kind character varying(10) DEFAULT ''::character varying NOT NULL,
    owner_key character varying(60) DEFAULT ''::character varying NOT NULL,
    message_id bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT files_owner_kind_check CHECK (((owner_kind)::text = ANY ((ARRAY['user'::character varying, 'visitor'::character varying])::text[])))
);

ALTER TABLE public.files ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inbound_mails (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    way character varying(4) DEFAULT ''::character varying NOT NULL,
    mail_from text DEFAULT ''::text NOT NULL,
    recipient text DEFAULT ''::text NOT NULL,
    internet_message_id character varying(255) DEFAULT ''::character varying NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    size_bytes integer DEFAULT 0 NOT NULL,
    content bytea DEFAULT '\x'::bytea NOT NULL,
    state character varying(12) DEFAULT 'received'::character varying NOT NULL,
    reason character varying(40) DEFAULT ''::character varying NOT NULL,
    subject character varying(300) DEFAULT ''::character varying NOT NULL,
    sender character varying(300) DEFAULT ''::character varying NOT NULL,
    conversation_id bigint,
    message_id bigint,
    attempts integer DEFAULT 0 NOT NULL,
    received_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    processed_at timestamp with time zone,
    CONSTRAINT inbound_mails_state_check CHECK (((state)::text = ANY ((ARRAY['received'::character varying, 'threaded'::character varying, 'created'::character varying, 'ignored'::character varying, 'quarantined'::character varying])::text[]))),
    CONSTRAINT inbound_mails_way_check CHECK (((way)::text = ANY ((ARRAY['pipe'::character varying, 'lmtp'::character varying, 'smtp'::character varying, 'http'::character varying, 'imap'::character varying])::text[])))
);
ALTER TABLE ONLY public.inbound_mails ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE public.inbound_mails ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inbound_mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inbox_members (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.inbox_members ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inbox_members_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inboxes (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(80) DEFAULT ''::character varying NOT NULL,
    channel character varying(10) DEFAULT 'chat'::character varying NOT NULL,
    widget_key character varying(40) DEFAULT ''::character varying NOT NULL,
    access character varying(10) DEFAULT 'everyone'::character varying NOT NULL,
    allowed_origins text[] DEFAULT '{}'::text[] NOT NULL,
    greeting character varying(300) DEFAULT ''::character varying NOT NULL,
    ai_enabled boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    ai_mode character varying(10) DEFAULT 'answer'::character varying NOT NULL,
    CONSTRAINT inboxes_access_check CHECK (((access)::text = ANY ((ARRAY['everyone'::character varying, 'members'::character varying])::text[]))),
    CONSTRAINT inboxes_ai_mode_check CHECK (((ai_mode)::text = ANY ((ARRAY['answer'::character varying, 'suggest'::character varying])::text[]))),
    CONSTRAINT inboxes_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'chat'::character varying, 'social'::character varying, 'phone'::character varying, 'web'::character varying, 'api'::character varying])::text[])))
);

ALTER TABLE public.inboxes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inboxes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indexed_passages (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    passage_id bigint DEFAULT 0 NOT NULL,
    index_name character varying(40) DEFAULT ''::character varying NOT NULL,
    model text DEFAULT ''::text NOT NULL,
    dimension integer DEFAULT 0 NOT NULL
);

ALTER TABLE public.indexed_passages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indexed_passages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.jobs (
    id bigint NOT NULL,
    organization_id bigint,
    class character varying(20) DEFAULT ''::character varying NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    arguments jsonb DEFAULT '{}'::jsonb NOT NULL,
    key character varying(300) DEFAULT NULL::character varying,
    status smallint DEFAULT 0 NOT NULL,
    run_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    max_attempts integer DEFAULT 5 NOT NULL,
    worker_id bigint,
    error text,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT jobs_class_check CHECK (((class)::text = ANY ((ARRAY['interactive'::character varying, 'bulk'::character varying, 'ai'::character varying, 'channel-io'::character varying])::text[]))),
    CONSTRAINT jobs_status_check CHECK (((status >= 0) AND (status <= 3)))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000');

ALTER TABLE public.jobs ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_models (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    index_name character varying(40) DEFAULT ''::character varying NOT NULL,
    model text DEFAULT ''::text NOT NULL,
    dimension integer DEFAULT 0 NOT NULL,
    since timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.knowledge_models ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_models_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_sources (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    kind character varying(10) DEFAULT ''::character varying NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    audience character varying(10) DEFAULT ''::character varying NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    category character varying(80) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT 'waiting'::character varying NOT NULL,
    trouble character varying(40) DEFAULT ''::character varying NOT NULL,
    current text DEFAULT ''::text NOT NULL,
    refresh_hours integer DEFAULT 0 NOT NULL,
    run integer DEFAULT 1 NOT NULL,
    robots text DEFAULT ''::text NOT NULL,
    follows boolean DEFAULT false NOT NULL,
    finished_at timestamp with time zone,
    next_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    sitemap_missed integer DEFAULT 0 NOT NULL,
    sitemap_missed_at timestamp with time zone,
    taken_up integer DEFAULT 0 NOT NULL,
    CONSTRAINT knowledge_sources_audience_check CHECK (((audience)::text = ANY ((ARRAY['public'::character varying, 'internal'::character varying])::text[]))),
    CONSTRAINT knowledge_sources_kind_check CHECK (((kind)::text = ANY ((ARRAY['file'::character varying, 'website'::character varying])::text[]))),
    CONSTRAINT knowledge_sources_status_check CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'reading'::character varying, 'ready'::character varying, 'stopped'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.knowledge_sources ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mail_addresses (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    address character varying(254) DEFAULT ''::character varying NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    nonce character varying(32) DEFAULT replace((gen_random_uuid())::text, '-'::text, ''::text) NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    stops text[] DEFAULT '{}'::text[] NOT NULL,
    erased_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT mail_addresses_erased_check CHECK ((((address)::text = ''::text) = (erased_at IS NOT NULL)))
);

ALTER TABLE public.mail_addresses ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mail_addresses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mail_choices (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    client_id character varying(64) DEFAULT ''::character varying NOT NULL,
    people jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.mail_choices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mail_choices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mail_preferences (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    undo_s smallint DEFAULT 0 NOT NULL,
    CONSTRAINT mail_preferences_undo_s_check CHECK (((undo_s >= 0) AND (undo_s <= 30)))
);

ALTER TABLE public.mail_preferences ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mail_preferences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mail_rates (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    domain character varying(253) DEFAULT ''::character varying NOT NULL,
    per_s double precision,
    tokens double precision DEFAULT 0.0 NOT NULL,
    filled_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    held_until timestamp with time zone,
    holds integer DEFAULT 0 NOT NULL,
    said character varying(300) DEFAULT ''::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    booked_until timestamp with time zone,
    counted integer DEFAULT 0 NOT NULL,
    counted_on date DEFAULT CURRENT_DATE NOT NULL
);

ALTER TABLE public.mail_rates ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mail_rates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mail_senders (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    per_hour integer,
    domain_per_hour integer,
    warming_on date,
    CONSTRAINT mail_senders_limits_check CHECK (((per_hour > 0) AND (domain_per_hour > 0)))
);

ALTER TABLE public.mail_senders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mail_senders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mailing_sends (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    mailing_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    entry character varying(64) DEFAULT ''::character varying NOT NULL,
    address_id bigint,
    state character varying(9) DEFAULT 'queued'::character varying NOT NULL,
    reason character varying(40) DEFAULT ''::character varying NOT NULL,
    detail character varying(300) DEFAULT ''::character varying NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    claimed_until timestamp with time zone,
    handed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    settled_at timestamp with time zone,
    deferrals integer DEFAULT 0 NOT NULL,
    CONSTRAINT mailing_sends_state_check CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying, 'sent'::character varying, 'failed'::character varying, 'uncertain'::character varying, 'skipped'::character varying])::text[])))
);

ALTER TABLE public.mailing_sends ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailing_sends_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mailing_touches (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    send_id bigint DEFAULT 0 NOT NULL,
    touch character varying(5) DEFAULT ''::character varying NOT NULL,
    url character varying(2000) DEFAULT ''::character varying NOT NULL,
    method character varying(4) DEFAULT ''::character varying NOT NULL,
    agent character varying(16) DEFAULT ''::character varying NOT NULL,
    network character varying(45) DEFAULT ''::character varying NOT NULL,
    after_s integer,
    is_burst boolean DEFAULT false NOT NULL,
    label character varying(8) DEFAULT ''::character varying NOT NULL,
    rules integer DEFAULT 0 NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT mailing_touches_label_check CHECK (((label)::text = ANY ((ARRAY['human'::character varying, 'proxy'::character varying, 'bot'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT mailing_touches_touch_check CHECK (((touch)::text = ANY ((ARRAY['open'::character varying, 'click'::character varying])::text[])))
);

ALTER TABLE public.mailing_touches ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailing_touches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mailings (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    kind character varying(20) DEFAULT ''::character varying NOT NULL,
    source_id bigint DEFAULT 0 NOT NULL,
    topic_id bigint,
    mail_kind character varying(14) DEFAULT ''::character varying NOT NULL,
    state character varying(8) DEFAULT 'active'::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    released_at timestamp with time zone,
    finished_at timestamp with time zone,
    inbox_id bigint,
    pause_reason character varying(40) DEFAULT ''::character varying NOT NULL,
    pause_detail character varying(300) DEFAULT ''::character varying NOT NULL,
    per_minute integer DEFAULT 0 NOT NULL,
    paced_at timestamp with time zone,
    CONSTRAINT mailings_mail_kind_check CHECK (((mail_kind)::text = ANY ((ARRAY['marketing'::character varying, 'transactional'::character varying])::text[]))),
    CONSTRAINT mailings_state_check CHECK (((state)::text = ANY ((ARRAY['active'::character varying, 'paused'::character varying, 'canceled'::character varying])::text[])))
);

ALTER TABLE public.mailings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.memberships (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    role character varying(10) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    sees_from bigint DEFAULT 0 NOT NULL,
    CONSTRAINT memberships_role_check CHECK (((role)::text = ANY ((ARRAY['admin'::character varying, 'user'::character varying, 'agent'::character varying])::text[])))
);

ALTER TABLE public.memberships ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.memberships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_mails (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    message_id bigint DEFAULT 0 NOT NULL,
    mail_id bigint,
    internet_message_id character varying(255) DEFAULT ''::character varying NOT NULL,
    from_name character varying(160) DEFAULT ''::character varying NOT NULL,
    from_address character varying(254) DEFAULT ''::character varying NOT NULL,
    people jsonb DEFAULT '{}'::jsonb NOT NULL,
    subject character varying(300) DEFAULT ''::character varying NOT NULL,
    hidden text DEFAULT ''::text NOT NULL,
    is_verified boolean,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    related_id bigint
);

ALTER TABLE public.message_mails ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.message_mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    sender_type character varying(10) DEFAULT ''::character varying NOT NULL,
    sender_id bigint,
    sender_name character varying(160) DEFAULT ''::character varying NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    is_internal boolean DEFAULT false NOT NULL,
    client_id character varying(64) DEFAULT NULL::character varying,
    sources jsonb DEFAULT '[]'::jsonb NOT NULL,
    decision_id bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    file_count smallint DEFAULT 0 NOT NULL,
    CONSTRAINT messages_note_check CHECK ((NOT (is_internal AND ((sender_type)::text = 'contact'::text)))),
    CONSTRAINT messages_sender_type_check CHECK (((sender_type)::text = ANY ((ARRAY['user'::character varying, 'contact'::character varying, 'ai'::character varying])::text[]))),
    CONSTRAINT messages_seq_check CHECK ((seq > 0))
);

ALTER TABLE public.messages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.migration (
    id integer NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    app_name character varying(200) DEFAULT ''::character varying NOT NULL,
    ran_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE SEQUENCE public.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.migration_id_seq OWNED BY public.migration.id;

CREATE TABLE public.organizations (
    id bigint NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    slug character varying(60) DEFAULT ''::character varying NOT NULL,
    owner_id bigint,
    subscription_plan character varying(20) DEFAULT 'free'::character varying NOT NULL,
    subscription_status character varying(20) DEFAULT 'active'::character varying NOT NULL,
    contacts_limit integer DEFAULT '-1'::integer NOT NULL,
    contacts_used integer DEFAULT 0 NOT NULL,
    emails_limit integer DEFAULT '-1'::integer NOT NULL,
    emails_used integer DEFAULT 0 NOT NULL,
    workflows_limit integer DEFAULT '-1'::integer NOT NULL,
    workflows_used integer DEFAULT 0 NOT NULL,
    next_number bigint DEFAULT 1001 NOT NULL,
    accent_color character varying(7) DEFAULT '#2f6f5e'::character varying NOT NULL,
    language character varying(20) DEFAULT 'english'::character varying NOT NULL,
    ai_enabled boolean DEFAULT true NOT NULL,
    ai_threshold real DEFAULT 0.7 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    emails_since date DEFAULT CURRENT_DATE NOT NULL,
    CONSTRAINT organizations_subscription_plan_check CHECK (((subscription_plan)::text = ANY ((ARRAY['free'::character varying, 'starter'::character varying, 'growth'::character varying, 'pro'::character varying, 'enterprise'::character varying])::text[]))),
    CONSTRAINT organizations_subscription_status_check CHECK (((subscription_status)::text = ANY ((ARRAY['active'::character varying, 'trialing'::character varying, 'past_due'::character varying, 'canceled'::character varying])::text[]))),
    CONSTRAINT organizations_threshold_check CHECK (((ai_threshold >= (0)::double precision) AND (ai_threshold <= (1)::double precision)))
);

ALTER TABLE public.organizations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organizations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbound_mails (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    message_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    internet_message_id character varying(255) DEFAULT ''::character varying NOT NULL,
    recipients text[] DEFAULT '{}'::text[] NOT NULL,
    state character varying(10) DEFAULT 'queued'::character varying NOT NULL,
    reason character varying(300) DEFAULT ''::character varying NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    settled_at timestamp with time zone,
    people jsonb DEFAULT '{}'::jsonb NOT NULL,
    leaves_at timestamp with time zone,
    forwards_id bigint,
    enclosed text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT outbound_mails_state_check CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying, 'sent'::character varying, 'failed'::character varying, 'uncertain'::character varying, 'bounced'::character varying, 'withdrawn'::character varying])::text[])))
);

ALTER TABLE public.outbound_mails ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outbound_mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    type text NOT NULL,
    version bigint NOT NULL,
    conversation_id bigint,
    contact_ids bigint[] NOT NULL,
    inbox_ids bigint[] NOT NULL,
    team_ids bigint[] NOT NULL,
    assignee_ids bigint[] NOT NULL,
    user_id bigint,
    staff_only boolean NOT NULL,
    body text NOT NULL,
    public text,
    marketers_only boolean DEFAULT false NOT NULL,
    CONSTRAINT outbox_check CHECK ((NOT (staff_only AND (public IS NOT NULL)))),
    CONSTRAINT outbox_marketers CHECK ((NOT (marketers_only AND (public IS NOT NULL))))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='-1');

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.passage_vectors (
    organization_id bigint NOT NULL,
    passage_id bigint NOT NULL,
    model text NOT NULL,
    audience text NOT NULL,
    vector public.vector NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    dimension integer GENERATED ALWAYS AS (public.vector_dims(vector)) STORED NOT NULL
);

CREATE TABLE public.passage_words (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    word text DEFAULT ''::text NOT NULL,
    passages integer DEFAULT 0 NOT NULL
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.05');

ALTER TABLE public.passage_words ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.passage_words_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.passages (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    article_id bigint DEFAULT 0 NOT NULL,
    ordinal integer DEFAULT 0 NOT NULL,
    heading character varying(300) DEFAULT ''::character varying NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    audience character varying(10) DEFAULT ''::character varying NOT NULL,
    words tsvector GENERATED ALWAYS AS ((((setweight(to_tsvector('english'::regconfig, (title)::text), 'A'::"char") || setweight(to_tsvector('english'::regconfig, (heading)::text), 'B'::"char")) || to_tsvector('english'::regconfig, text)) || to_tsvector('simple'::regconfig, (('o'::text || organization_id) || 'x'::text)))) STORED,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT passages_audience_check CHECK (((audience)::text = ANY ((ARRAY['public'::character varying, 'internal'::character varying])::text[])))
);

ALTER TABLE public.passages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.passages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.read_marks (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    CONSTRAINT read_marks_seq_check CHECK ((seq >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE public.read_marks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.read_marks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.schedules (
    id bigint NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    next_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    rule character varying(200) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.schedules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.segment_members (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    segment_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    added_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.segment_members ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segment_members_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.segment_parts (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    segment_id bigint DEFAULT 0 NOT NULL,
    part_id bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.segment_parts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segment_parts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.segments (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    description character varying(500) DEFAULT ''::character varying NOT NULL,
    kind character varying(10) DEFAULT ''::character varying NOT NULL,
    tree jsonb,
    version integer DEFAULT 1 NOT NULL,
    created_by bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT segments_kind_check CHECK (((kind)::text = ANY ((ARRAY['dynamic'::character varying, 'static'::character varying])::text[]))),
    CONSTRAINT segments_tree_check CHECK ((((kind)::text = 'dynamic'::text) = (tree IS NOT NULL)))
);

ALTER TABLE public.segments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sessions (
    id bigint NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    last_seen_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    expires_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    revoked_at timestamp with time zone,
    user_agent text DEFAULT ''::text NOT NULL,
    address character varying(64) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.sessions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.source_files (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    source_id bigint DEFAULT 0 NOT NULL,
    content_type character varying(120) DEFAULT ''::character varying NOT NULL,
    content bytea DEFAULT '\x'::bytea NOT NULL
);

ALTER TABLE public.source_files ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.source_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.source_pages (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    source_id bigint DEFAULT 0 NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    run integer DEFAULT 0 NOT NULL,
    depth integer DEFAULT 0 NOT NULL,
    state character varying(10) DEFAULT 'waiting'::character varying NOT NULL,
    trouble character varying(40) DEFAULT ''::character varying NOT NULL,
    etag text DEFAULT ''::text NOT NULL,
    modified text DEFAULT ''::text NOT NULL,
    missed integer DEFAULT 0 NOT NULL,
    CONSTRAINT source_pages_state_check CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'read'::character varying, 'same'::character varying, 'skipped'::character varying, 'failed'::character varying, 'gone'::character varying])::text[])))
);

ALTER TABLE public.source_pages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.source_pages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.suppressions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    address_id bigint DEFAULT 0 NOT NULL,
    reason character varying(12) DEFAULT ''::character varying NOT NULL,
    source character varying(12) DEFAULT ''::character varying NOT NULL,
    evidence jsonb DEFAULT '{}'::jsonb NOT NULL,
    by_id bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT suppressions_reason_check CHECK (((reason)::text = ANY ((ARRAY['bounced'::character varying, 'complained'::character varying, 'manual'::character varying, 'unsubscribed'::character varying, 'imported'::character varying])::text[]))),
    CONSTRAINT suppressions_source_check CHECK (((source)::text = ANY ((ARRAY['staff'::character varying, 'person'::character varying, 'report'::character varying, 'import'::character varying])::text[])))
);

ALTER TABLE public.suppressions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suppressions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.team_members (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    team_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.team_members ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.team_members_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.teams (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(80) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.teams ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.teams_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.template_versions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    template_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    preheader text DEFAULT ''::text NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    style jsonb DEFAULT '{}'::jsonb NOT NULL,
    blocks jsonb DEFAULT '[]'::jsonb NOT NULL,
    author text DEFAULT ''::text NOT NULL,
    restored integer,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    is_kept boolean DEFAULT false NOT NULL
);

ALTER TABLE public.template_versions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.template_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.templates (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    preheader text DEFAULT ''::text NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    style jsonb DEFAULT '{}'::jsonb NOT NULL,
    blocks jsonb DEFAULT '[]'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    author_id bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.templates ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.templates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.throttles (
    id bigint NOT NULL,
    key character varying(64) DEFAULT ''::character varying NOT NULL,
    window_start timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);

ALTER TABLE public.throttles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.throttles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.timeline_entries (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    after_seq bigint DEFAULT 0 NOT NULL,
    kind character varying(30) DEFAULT ''::character varying NOT NULL,
    by jsonb DEFAULT '{}'::jsonb NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.timeline_entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.timeline_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.timers (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    key character varying(300) DEFAULT ''::character varying NOT NULL,
    arguments jsonb DEFAULT '{}'::jsonb NOT NULL,
    due_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.timers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.timers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.topic_texts (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    topic_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.topic_texts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.topic_texts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.topics (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(80) DEFAULT ''::character varying NOT NULL,
    description character varying(500) DEFAULT ''::character varying NOT NULL,
    kind character varying(14) DEFAULT 'marketing'::character varying NOT NULL,
    opt_in character varying(6) DEFAULT 'double'::character varying NOT NULL,
    is_public boolean DEFAULT true NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    text_version integer DEFAULT 1 NOT NULL,
    inbox_id bigint,
    archived_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT topics_kind_check CHECK (((kind)::text = ANY ((ARRAY['marketing'::character varying, 'transactional'::character varying])::text[]))),
    CONSTRAINT topics_opt_in_check CHECK (((opt_in)::text = ANY ((ARRAY['single'::character varying, 'double'::character varying])::text[])))
);

ALTER TABLE public.topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users (
    id bigint NOT NULL,
    open_id character varying(300) DEFAULT NULL::character varying,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    email character varying(254) DEFAULT ''::character varying NOT NULL,
    password_hash character varying(300) DEFAULT NULL::character varying,
    last_signed_in timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visitors (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    inbox_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    nonce character varying(40) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    last_seen_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    revoked_at timestamp with time zone,
    language character varying(3) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.visitors ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visitors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workers (
    id bigint NOT NULL,
    lease_until timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    host character varying(200) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.workers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.migration ALTER COLUMN id SET DEFAULT nextval('public.migration_id_seq'::regclass);

ALTER TABLE ONLY public.article_questions
    ADD CONSTRAINT article_questions_number_key UNIQUE (organization_id, article_id, number);

ALTER TABLE ONLY public.article_questions
    ADD CONSTRAINT article_questions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.article_questions
    ADD CONSTRAINT article_questions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_version_key UNIQUE (organization_id, article_id, version);

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_slug_key UNIQUE (organization_id, slug);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_address_key UNIQUE (organization_id, address_id, topic_id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_addresses
    ADD CONSTRAINT contact_addresses_address_key UNIQUE (organization_id, address);

ALTER TABLE ONLY public.contact_addresses
    ADD CONSTRAINT contact_addresses_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.contact_addresses
    ADD CONSTRAINT contact_addresses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_mail_key UNIQUE (mail_id);

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.continuity_settings
    ADD CONSTRAINT continuity_settings_inbox_key UNIQUE (inbox_id);

ALTER TABLE ONLY public.continuity_settings
    ADD CONSTRAINT continuity_settings_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.continuity_settings
    ADD CONSTRAINT continuity_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.continuity_stops
    ADD CONSTRAINT continuity_stops_conversation_key UNIQUE (conversation_id, address);

ALTER TABLE ONLY public.continuity_stops
    ADD CONSTRAINT continuity_stops_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.continuity_stops
    ADD CONSTRAINT continuity_stops_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_counts
    ADD CONSTRAINT conversation_counts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_conversation_key UNIQUE (conversation_id);

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_address_key UNIQUE (organization_id, conversation_id, address);

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_subjects
    ADD CONSTRAINT conversation_subjects_one UNIQUE (conversation_id);

ALTER TABLE ONLY public.conversation_subjects
    ADD CONSTRAINT conversation_subjects_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.conversation_subjects
    ADD CONSTRAINT conversation_subjects_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_number_key UNIQUE (organization_id, number);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_token_key UNIQUE (token);

ALTER TABLE ONLY public.dkim_keys
    ADD CONSTRAINT dkim_keys_domain_key UNIQUE (organization_id, domain);

ALTER TABLE ONLY public.dkim_keys
    ADD CONSTRAINT dkim_keys_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.dkim_keys
    ADD CONSTRAINT dkim_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_image_senders
    ADD CONSTRAINT email_image_senders_address_key UNIQUE (organization_id, address);

ALTER TABLE ONLY public.email_image_senders
    ADD CONSTRAINT email_image_senders_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.email_image_senders
    ADD CONSTRAINT email_image_senders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_images
    ADD CONSTRAINT email_images_digest_key UNIQUE (organization_id, digest);

ALTER TABLE ONLY public.email_images
    ADD CONSTRAINT email_images_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.email_images
    ADD CONSTRAINT email_images_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_inboxes
    ADD CONSTRAINT email_inboxes_address_key UNIQUE (address);

ALTER TABLE ONLY public.email_inboxes
    ADD CONSTRAINT email_inboxes_inbox_key UNIQUE (inbox_id);

ALTER TABLE ONLY public.email_inboxes
    ADD CONSTRAINT email_inboxes_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.email_inboxes
    ADD CONSTRAINT email_inboxes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_mailboxes
    ADD CONSTRAINT email_mailboxes_inbox_key UNIQUE (inbox_id);

ALTER TABLE ONLY public.email_mailboxes
    ADD CONSTRAINT email_mailboxes_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.email_mailboxes
    ADD CONSTRAINT email_mailboxes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_servers
    ADD CONSTRAINT email_servers_inbox_key UNIQUE (inbox_id);

ALTER TABLE ONLY public.email_servers
    ADD CONSTRAINT email_servers_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.email_servers
    ADD CONSTRAINT email_servers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.event_clock
    ADD CONSTRAINT event_clock_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.event_dead_letters
    ADD CONSTRAINT event_dead_letters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (organization_id, "position", created_at);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_token_key UNIQUE (token);

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_same_key UNIQUE (inbox_id, internet_message_id, digest);

ALTER TABLE ONLY public.inbox_members
    ADD CONSTRAINT inbox_members_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.inbox_members
    ADD CONSTRAINT inbox_members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inbox_members
    ADD CONSTRAINT inbox_members_user_id_key UNIQUE (organization_id, inbox_id, user_id);

ALTER TABLE ONLY public.inboxes
    ADD CONSTRAINT inboxes_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.inboxes
    ADD CONSTRAINT inboxes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inboxes
    ADD CONSTRAINT inboxes_widget_key_key UNIQUE (widget_key);

ALTER TABLE ONLY public.indexed_passages
    ADD CONSTRAINT indexed_passages_key UNIQUE (organization_id, index_name, model, passage_id);

ALTER TABLE ONLY public.indexed_passages
    ADD CONSTRAINT indexed_passages_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.indexed_passages
    ADD CONSTRAINT indexed_passages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_models
    ADD CONSTRAINT knowledge_models_key UNIQUE (organization_id, index_name);

ALTER TABLE ONLY public.knowledge_models
    ADD CONSTRAINT knowledge_models_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.knowledge_models
    ADD CONSTRAINT knowledge_models_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_sources
    ADD CONSTRAINT knowledge_sources_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.knowledge_sources
    ADD CONSTRAINT knowledge_sources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_addresses
    ADD CONSTRAINT mail_addresses_digest_key UNIQUE (organization_id, digest);

ALTER TABLE ONLY public.mail_addresses
    ADD CONSTRAINT mail_addresses_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mail_addresses
    ADD CONSTRAINT mail_addresses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_choices
    ADD CONSTRAINT mail_choices_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mail_choices
    ADD CONSTRAINT mail_choices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_choices
    ADD CONSTRAINT mail_choices_reply_key UNIQUE (organization_id, user_id, conversation_id, client_id);

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_user_key UNIQUE (organization_id, user_id);

ALTER TABLE ONLY public.mail_rates
    ADD CONSTRAINT mail_rates_domain_key UNIQUE (organization_id, inbox_id, domain);

ALTER TABLE ONLY public.mail_rates
    ADD CONSTRAINT mail_rates_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mail_rates
    ADD CONSTRAINT mail_rates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_senders
    ADD CONSTRAINT mail_senders_inbox_key UNIQUE (inbox_id);

ALTER TABLE ONLY public.mail_senders
    ADD CONSTRAINT mail_senders_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mail_senders
    ADD CONSTRAINT mail_senders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mailing_sends
    ADD CONSTRAINT mailing_sends_once_key UNIQUE (organization_id, mailing_id, contact_id, entry);

ALTER TABLE ONLY public.mailing_sends
    ADD CONSTRAINT mailing_sends_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mailing_sends
    ADD CONSTRAINT mailing_sends_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mailing_touches
    ADD CONSTRAINT mailing_touches_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mailing_touches
    ADD CONSTRAINT mailing_touches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mailings
    ADD CONSTRAINT mailings_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.mailings
    ADD CONSTRAINT mailings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mailings
    ADD CONSTRAINT mailings_source_key UNIQUE (organization_id, kind, source_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_member_key UNIQUE (organization_id, user_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_message_key UNIQUE (message_id);

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_seq_key UNIQUE (organization_id, conversation_id, seq);

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_message_key UNIQUE (message_id);

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.passage_vectors
    ADD CONSTRAINT passage_vectors_pkey PRIMARY KEY (organization_id, model, passage_id);

ALTER TABLE ONLY public.passage_words
    ADD CONSTRAINT passage_words_key UNIQUE (organization_id, word);

ALTER TABLE ONLY public.passage_words
    ADD CONSTRAINT passage_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_ordinal_key UNIQUE (organization_id, article_id, ordinal);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.read_marks
    ADD CONSTRAINT read_marks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.read_marks
    ADD CONSTRAINT read_marks_user_id_key UNIQUE (organization_id, conversation_id, user_id);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_name_key UNIQUE (name);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.segment_members
    ADD CONSTRAINT segment_members_key UNIQUE (organization_id, segment_id, contact_id);

ALTER TABLE ONLY public.segment_members
    ADD CONSTRAINT segment_members_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.segment_members
    ADD CONSTRAINT segment_members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.segment_parts
    ADD CONSTRAINT segment_parts_key UNIQUE (organization_id, segment_id, part_id);

ALTER TABLE ONLY public.segment_parts
    ADD CONSTRAINT segment_parts_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.segment_parts
    ADD CONSTRAINT segment_parts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.source_files
    ADD CONSTRAINT source_files_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.source_files
    ADD CONSTRAINT source_files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.source_files
    ADD CONSTRAINT source_files_source_key UNIQUE (organization_id, source_id);

ALTER TABLE ONLY public.source_pages
    ADD CONSTRAINT source_pages_address_key UNIQUE (organization_id, source_id, address);

ALTER TABLE ONLY public.source_pages
    ADD CONSTRAINT source_pages_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.source_pages
    ADD CONSTRAINT source_pages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_reason_key UNIQUE (organization_id, address_id, reason);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_user_id_key UNIQUE (organization_id, team_id, user_id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_version_key UNIQUE (organization_id, template_id, version);

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.throttles
    ADD CONSTRAINT throttles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.timeline_entries
    ADD CONSTRAINT timeline_entries_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.timeline_entries
    ADD CONSTRAINT timeline_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.timers
    ADD CONSTRAINT timers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.topic_texts
    ADD CONSTRAINT topic_texts_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.topic_texts
    ADD CONSTRAINT topic_texts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.topic_texts
    ADD CONSTRAINT topic_texts_version_key UNIQUE (organization_id, topic_id, version);

ALTER TABLE ONLY public.topics
    ADD CONSTRAINT topics_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.topics
    ADD CONSTRAINT topics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_open_id_key UNIQUE (open_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT visitors_nonce_key UNIQUE (organization_id, nonce);

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT visitors_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT visitors_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (id);

CREATE INDEX article_questions_article_id ON public.article_questions USING btree (organization_id, article_id);

CREATE UNIQUE INDEX article_questions_text ON public.article_questions USING btree (organization_id, article_id, lower((text)::text));

CREATE INDEX article_versions_article_id ON public.article_versions USING btree (organization_id, article_id);

CREATE INDEX articles_author_id ON public.articles USING btree (organization_id, author_id);

CREATE INDEX articles_category ON public.articles USING btree (organization_id, category) WHERE ((category)::text <> ''::text);

CREATE INDEX articles_listed ON public.articles USING btree (organization_id, status, updated_at DESC, id DESC);

CREATE INDEX articles_source_id ON public.articles USING btree (organization_id, source_id);

CREATE UNIQUE INDEX articles_source_key ON public.articles USING btree (organization_id, source_id, source_key) WHERE (source_id IS NOT NULL);

CREATE INDEX audit_log_shown ON public.audit_log USING btree (organization_id, id DESC);

CREATE INDEX consent_entries_of_address ON public.consent_entries USING btree (organization_id, address_id, id);

CREATE INDEX consent_entries_topic_id ON public.consent_entries USING btree (organization_id, topic_id);

CREATE INDEX consents_topic_id ON public.consents USING btree (organization_id, topic_id);

CREATE INDEX contact_addresses_contact_id ON public.contact_addresses USING btree (organization_id, contact_id);

CREATE INDEX contacts_email ON public.contacts USING btree (organization_id, lower((email)::text) text_pattern_ops);

CREATE UNIQUE INDEX contacts_external_id ON public.contacts USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX contacts_listed ON public.contacts USING btree (organization_id, id DESC);

CREATE INDEX continuity_mails_conversation_id ON public.continuity_mails USING btree (organization_id, conversation_id);

CREATE INDEX continuity_mails_from ON public.continuity_mails USING btree (organization_id, inbox_id, created_at);

CREATE INDEX continuity_mails_mail_id ON public.continuity_mails USING btree (organization_id, mail_id);

CREATE INDEX continuity_mails_to ON public.continuity_mails USING btree (organization_id, address, created_at);

CREATE INDEX continuity_settings_inbox_id ON public.continuity_settings USING btree (organization_id, inbox_id);

CREATE INDEX continuity_settings_mail_inbox_id ON public.continuity_settings USING btree (organization_id, mail_inbox_id);

CREATE INDEX continuity_stops_conversation_id ON public.continuity_stops USING btree (organization_id, conversation_id);

CREATE INDEX conversation_counts_summed ON public.conversation_counts USING btree (organization_id, assignee_id);

CREATE INDEX conversation_mailings_conversation_id ON public.conversation_mailings USING btree (organization_id, conversation_id);

CREATE INDEX conversation_mailings_mailing_id ON public.conversation_mailings USING btree (organization_id, mailing_id);

CREATE INDEX conversation_mailings_send_id ON public.conversation_mailings USING btree (organization_id, send_id);

CREATE INDEX conversation_participants_conversation_id ON public.conversation_participants USING btree (organization_id, conversation_id);

CREATE INDEX conversation_subjects_conversation_id ON public.conversation_subjects USING btree (organization_id, conversation_id);

CREATE INDEX conversation_subjects_words ON public.conversation_subjects USING gin (words);

CREATE INDEX conversations_assigned ON public.conversations USING btree (organization_id, assignee_id, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), last_activity_at DESC, id DESC, status) INCLUDE (snoozed_until, last_seq) WHERE (assignee_id IS NOT NULL);

CREATE UNIQUE INDEX conversations_client_id ON public.conversations USING btree (organization_id, contact_id, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX conversations_contact_id ON public.conversations USING btree (organization_id, contact_id);

CREATE INDEX conversations_in_inbox ON public.conversations USING btree (organization_id, inbox_id, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), last_activity_at DESC, id DESC, status);

CREATE INDEX conversations_in_team ON public.conversations USING btree (organization_id, team_id, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), last_activity_at DESC, id DESC, status) WHERE (team_id IS NOT NULL);

CREATE INDEX conversations_listed ON public.conversations USING btree (organization_id, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), last_activity_at DESC, id DESC, status);

CREATE INDEX conversations_unassigned ON public.conversations USING btree (organization_id, handler, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), last_activity_at DESC, id DESC, status) WHERE (assignee_id IS NULL);

CREATE INDEX conversations_urgent ON public.conversations USING btree (organization_id, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), (
CASE priority
    WHEN 'urgent'::text THEN 1
    WHEN 'high'::text THEN 2
    WHEN 'medium'::text THEN 3
    ELSE 4
END), id, status);

CREATE INDEX conversations_waiting ON public.conversations USING btree (organization_id, (
CASE
    WHEN ((status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) THEN (
    CASE
        WHEN (snoozed_until IS NULL) THEN 'active'::text
        ELSE 'snoozed'::text
    END)::character varying
    ELSE status
END), (
CASE
    WHEN (waiting_since IS NULL) THEN 'infinity'::timestamp with time zone
    ELSE waiting_since
END), id, status);

CREATE INDEX email_inboxes_inbox_id ON public.email_inboxes USING btree (organization_id, inbox_id);

CREATE INDEX email_mailboxes_due ON public.email_mailboxes USING btree (next_at);

CREATE INDEX email_mailboxes_inbox_id ON public.email_mailboxes USING btree (organization_id, inbox_id);

CREATE INDEX email_servers_inbox_id ON public.email_servers USING btree (organization_id, inbox_id);

CREATE INDEX event_dead_letters_died ON public.event_dead_letters USING btree (died_at);

CREATE INDEX event_dead_letters_shown ON public.event_dead_letters USING btree (organization_id, id);

CREATE INDEX event_log_conversation ON ONLY public.event_log USING btree (organization_id, conversation_id, "position");

CREATE INDEX files_message_id ON public.files USING btree (organization_id, message_id);

CREATE INDEX files_unsent ON public.files USING btree (created_at) WHERE (message_id IS NULL);

CREATE INDEX files_uploaded ON public.files USING btree (organization_id, created_at) INCLUDE (owner_kind, owner_key, size);

CREATE INDEX inbound_mails_conversation_id ON public.inbound_mails USING btree (organization_id, conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX inbound_mails_failed ON public.inbound_mails USING btree (organization_id, inbox_id, processed_at) WHERE (((state)::text = 'quarantined'::text) AND ((reason)::text = 'failed'::text));

CREATE INDEX inbound_mails_message_id ON public.inbound_mails USING btree (organization_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX inbound_mails_newest ON public.inbound_mails USING btree (organization_id, inbox_id, id);

CREATE INDEX inbound_mails_received ON public.inbound_mails USING btree (organization_id, inbox_id, received_at);

CREATE INDEX inbound_mails_state ON public.inbound_mails USING btree (organization_id, inbox_id, state, id);

CREATE INDEX inbox_members_inbox_id ON public.inbox_members USING btree (organization_id, inbox_id);

CREATE INDEX inbox_members_user_id ON public.inbox_members USING btree (organization_id, user_id);

CREATE INDEX indexed_passages_passage_id ON public.indexed_passages USING btree (organization_id, passage_id);

CREATE INDEX jobs_dead ON public.jobs USING btree (finished_at) WHERE (status = 3);

CREATE INDEX jobs_done ON public.jobs USING btree (finished_at) WHERE (status = 2);

CREATE INDEX jobs_due ON public.jobs USING btree (class, date_bin('00:00:10'::interval, run_at, '2000-01-01 00:00:00+00'::timestamp with time zone), COALESCE(organization_id, (0)::bigint), run_at, id) WHERE (status = 0);

CREATE UNIQUE INDEX jobs_key ON public.jobs USING btree (organization_id, key) NULLS NOT DISTINCT WHERE ((status < 2) AND (key IS NOT NULL));

CREATE INDEX jobs_running ON public.jobs USING btree (worker_id) WHERE (status = 1);

CREATE INDEX jobs_shown ON public.jobs USING btree (organization_id, status, id);

CREATE INDEX knowledge_sources_due ON public.knowledge_sources USING btree (next_at) WHERE (next_at IS NOT NULL);

CREATE UNIQUE INDEX knowledge_sources_file ON public.knowledge_sources USING btree (organization_id, name) WHERE ((kind)::text = 'file'::text);

CREATE UNIQUE INDEX knowledge_sources_website ON public.knowledge_sources USING btree (organization_id, address) WHERE ((kind)::text = 'website'::text);

CREATE UNIQUE INDEX mail_addresses_address ON public.mail_addresses USING btree (organization_id, address) WHERE ((address)::text <> ''::text);

CREATE INDEX mail_addresses_erased ON public.mail_addresses USING btree (organization_id, digest) WHERE ((address)::text = ''::text);

CREATE INDEX mail_choices_conversation_id ON public.mail_choices USING btree (organization_id, conversation_id);

CREATE INDEX mail_senders_inbox_id ON public.mail_senders USING btree (organization_id, inbox_id);

CREATE INDEX mailing_sends_address_id ON public.mailing_sends USING btree (organization_id, address_id);

CREATE INDEX mailing_sends_claimed ON public.mailing_sends USING btree (organization_id, mailing_id) WHERE ((state)::text = 'sending'::text);

CREATE INDEX mailing_sends_due ON public.mailing_sends USING btree (organization_id, mailing_id, due_at, id) WHERE ((state)::text = 'queued'::text);

CREATE INDEX mailing_sends_received ON public.mailing_sends USING btree (organization_id, contact_id, settled_at) WHERE ((state)::text = 'sent'::text);

CREATE INDEX mailing_sends_tally ON public.mailing_sends USING btree (organization_id, mailing_id, state, reason);

CREATE INDEX mailing_touches_send_id ON public.mailing_touches USING btree (organization_id, send_id);

CREATE INDEX mailings_inbox_id ON public.mailings USING btree (organization_id, inbox_id);

CREATE INDEX mailings_topic_id ON public.mailings USING btree (organization_id, topic_id);

CREATE INDEX mailings_unfinished ON public.mailings USING btree (organization_id, id) WHERE ((released_at IS NOT NULL) AND (finished_at IS NULL) AND ((state)::text = 'active'::text));

CREATE INDEX memberships_user ON public.memberships USING btree (user_id);

CREATE INDEX message_mails_conversation_id ON public.message_mails USING btree (organization_id, conversation_id);

CREATE INDEX message_mails_from ON public.message_mails USING btree (organization_id, from_address, created_at);

CREATE INDEX message_mails_message_id ON public.message_mails USING btree (organization_id, message_id);

CREATE INDEX message_mails_related_id ON public.message_mails USING btree (organization_id, related_id) WHERE (related_id IS NOT NULL);

CREATE INDEX message_mails_said ON public.message_mails USING btree (organization_id, internet_message_id) WHERE ((internet_message_id)::text <> ''::text);

CREATE UNIQUE INDEX messages_client_id ON public.messages USING btree (organization_id, conversation_id, sender_type, sender_id, client_id) NULLS NOT DISTINCT WHERE (client_id IS NOT NULL);

CREATE INDEX messages_words ON public.messages USING gin (public.message_words(organization_id, content));

CREATE INDEX organizations_owner ON public.organizations USING btree (owner_id);

CREATE INDEX outbound_mails_conversation_id ON public.outbound_mails USING btree (organization_id, conversation_id);

CREATE INDEX outbound_mails_forwards_id ON public.outbound_mails USING btree (organization_id, forwards_id) WHERE (forwards_id IS NOT NULL);

CREATE INDEX outbound_mails_inbox_id ON public.outbound_mails USING btree (organization_id, inbox_id);

CREATE INDEX outbound_mails_message_id ON public.outbound_mails USING btree (organization_id, message_id);

CREATE INDEX outbound_mails_recent ON public.outbound_mails USING btree (organization_id, inbox_id, created_at);

CREATE INDEX outbound_mails_settled ON public.outbound_mails USING btree (organization_id, inbox_id, id) WHERE ((state)::text = ANY ((ARRAY['sent'::character varying, 'failed'::character varying, 'bounced'::character varying, 'uncertain'::character varying])::text[]));

CREATE INDEX outbound_mails_uncertain ON public.outbound_mails USING btree (organization_id, inbox_id, created_at) WHERE ((state)::text = 'uncertain'::text);

CREATE INDEX outbound_mails_waiting ON public.outbound_mails USING btree (organization_id, inbox_id, created_at) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[]));

CREATE INDEX passage_vectors_filtered ON public.passage_vectors USING btree (organization_id, model, language, audience);

CREATE INDEX passage_vectors_passage ON public.passage_vectors USING btree (organization_id, passage_id);

CREATE INDEX passages_article_id ON public.passages USING btree (organization_id, article_id);

CREATE INDEX passages_language ON public.passages USING btree (organization_id, language) WHERE ((language)::text <> ''::text);

CREATE INDEX passages_words ON public.passages USING gin (words);

CREATE INDEX read_marks_of_user ON public.read_marks USING btree (organization_id, user_id, active, conversation_id) INCLUDE (seq);

CREATE INDEX segment_members_contact_id ON public.segment_members USING btree (organization_id, contact_id);

CREATE INDEX segment_parts_part_id ON public.segment_parts USING btree (organization_id, part_id);

CREATE INDEX segments_created_by ON public.segments USING btree (organization_id, created_by);

CREATE UNIQUE INDEX segments_name ON public.segments USING btree (organization_id, lower((name)::text));

CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_member ON public.sessions USING btree (organization_id, user_id);

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

CREATE INDEX source_files_source_id ON public.source_files USING btree (organization_id, source_id);

CREATE INDEX source_pages_source_id ON public.source_pages USING btree (organization_id, source_id);

CREATE INDEX source_pages_waiting ON public.source_pages USING btree (organization_id, source_id, run, depth, id) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX suppressions_listed ON public.suppressions USING btree (organization_id, id);

CREATE INDEX suppressions_of_reason ON public.suppressions USING btree (organization_id, reason, id);

CREATE INDEX team_members_team_id ON public.team_members USING btree (organization_id, team_id);

CREATE INDEX team_members_user_id ON public.team_members USING btree (organization_id, user_id);

CREATE INDEX template_versions_template_id ON public.template_versions USING btree (organization_id, template_id);

CREATE INDEX templates_author_id ON public.templates USING btree (organization_id, author_id);

CREATE INDEX templates_changed ON public.templates USING btree (organization_id, updated_at DESC, id DESC);

CREATE UNIQUE INDEX throttles_key ON public.throttles USING btree (key);

CREATE INDEX throttles_window ON public.throttles USING btree (window_start);

CREATE INDEX timeline_entries_shown ON public.timeline_entries USING btree (organization_id, conversation_id, after_seq, id);

CREATE INDEX timers_due ON public.timers USING btree (due_at);

CREATE UNIQUE INDEX timers_key ON public.timers USING btree (organization_id, key);

CREATE INDEX topics_inbox_id ON public.topics USING btree (organization_id, inbox_id);

CREATE UNIQUE INDEX topics_name ON public.topics USING btree (organization_id, lower((name)::text)) WHERE (archived_at IS NULL);

CREATE UNIQUE INDEX users_email ON public.users USING btree (lower((email)::text));

CREATE INDEX visitors_contact_id ON public.visitors USING btree (organization_id, contact_id);

CREATE INDEX visitors_inbox_id ON public.visitors USING btree (organization_id, inbox_id);

CREATE TRIGGER contacts_renamed AFTER UPDATE OF first_name, last_name, email ON public.contacts FOR EACH ROW WHEN ((public.name_of_contact(old.*) <> public.name_of_contact(new.*))) EXECUTE FUNCTION public.rename_conversations();

CREATE TRIGGER conversations_counted AFTER INSERT OR DELETE ON public.conversations FOR EACH ROW EXECUTE FUNCTION public.count_conversation();

CREATE TRIGGER conversations_marked AFTER UPDATE OF status, snoozed_until ON public.conversations FOR EACH ROW WHEN (((((old.status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) AND (old.snoozed_until IS NULL)) <> (((new.status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) AND (new.snoozed_until IS NULL)))) EXECUTE FUNCTION public.mark_active();

CREATE TRIGGER conversations_named BEFORE INSERT OR UPDATE OF contact_id ON public.conversations FOR EACH ROW EXECUTE FUNCTION public.name_conversation();

CREATE TRIGGER conversations_recounted AFTER UPDATE OF organization_id, status, snoozed_until, inbox_id, team_id, assignee_id, handler ON public.conversations FOR EACH ROW WHEN (((((((((old.status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) AND (old.snoozed_until IS NULL)) IS DISTINCT FROM (((new.status)::text = ANY ((ARRAY['open'::character varying, 'pending'::character varying])::text[])) AND (new.snoozed_until IS NULL))) OR (old.inbox_id IS DISTINCT FROM new.inbox_id)) OR (old.team_id IS DISTINCT FROM new.team_id)) OR (old.assignee_id IS DISTINCT FROM new.assignee_id)) OR ((old.handler)::text IS DISTINCT FROM (new.handler)::text))) EXECUTE FUNCTION public.count_conversation();

CREATE TRIGGER conversations_subject AFTER INSERT OR UPDATE OF subject ON public.conversations FOR EACH ROW EXECUTE FUNCTION public.note_subject();

CREATE TRIGGER drop_account_of_nobody AFTER DELETE ON public.memberships FOR EACH ROW EXECUTE FUNCTION public.drop_account_of_nobody();

CREATE TRIGGER passages_gone AFTER DELETE ON public.passages REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.count_passage_words();

CREATE TRIGGER passages_written AFTER INSERT ON public.passages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.count_passage_words();

ALTER TABLE ONLY public.article_questions
    ADD CONSTRAINT article_questions_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.article_questions
    ADD CONSTRAINT article_questions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_author_id_fk FOREIGN KEY (organization_id, author_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (author_id);

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_source_id_fk FOREIGN KEY (organization_id, source_id) REFERENCES public.knowledge_sources(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_address_id_fk FOREIGN KEY (organization_id, address_id) REFERENCES public.mail_addresses(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_topic_id_fk FOREIGN KEY (organization_id, topic_id) REFERENCES public.topics(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_address_id_fk FOREIGN KEY (organization_id, address_id) REFERENCES public.mail_addresses(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_topic_id_fk FOREIGN KEY (organization_id, topic_id) REFERENCES public.topics(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_addresses
    ADD CONSTRAINT contact_addresses_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_addresses
    ADD CONSTRAINT contact_addresses_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_mail_id_fk FOREIGN KEY (organization_id, mail_id) REFERENCES public.outbound_mails(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_mails
    ADD CONSTRAINT continuity_mails_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_settings
    ADD CONSTRAINT continuity_settings_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_settings
    ADD CONSTRAINT continuity_settings_mail_inbox_id_fk FOREIGN KEY (organization_id, mail_inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_settings
    ADD CONSTRAINT continuity_settings_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_stops
    ADD CONSTRAINT continuity_stops_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.continuity_stops
    ADD CONSTRAINT continuity_stops_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_mailing_id_fk FOREIGN KEY (organization_id, mailing_id) REFERENCES public.mailings(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_mailings
    ADD CONSTRAINT conversation_mailings_send_id_fk FOREIGN KEY (organization_id, send_id) REFERENCES public.mailing_sends(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_subjects
    ADD CONSTRAINT conversation_subjects_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_subjects
    ADD CONSTRAINT conversation_subjects_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_assignee_id_fk FOREIGN KEY (organization_id, assignee_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (assignee_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_team_id_fk FOREIGN KEY (organization_id, team_id) REFERENCES public.teams(organization_id, id) ON DELETE SET NULL (team_id);

ALTER TABLE ONLY public.dkim_keys
    ADD CONSTRAINT dkim_keys_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_image_senders
    ADD CONSTRAINT email_image_senders_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_images
    ADD CONSTRAINT email_images_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_inboxes
    ADD CONSTRAINT email_inboxes_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_inboxes
    ADD CONSTRAINT email_inboxes_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_mailboxes
    ADD CONSTRAINT email_mailboxes_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_mailboxes
    ADD CONSTRAINT email_mailboxes_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_servers
    ADD CONSTRAINT email_servers_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_servers
    ADD CONSTRAINT email_servers_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_dead_letters
    ADD CONSTRAINT event_dead_letters_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_message_id_fk FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE SET NULL (message_id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE SET NULL (conversation_id);

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_message_id_fk FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE SET NULL (message_id);

ALTER TABLE ONLY public.inbound_mails
    ADD CONSTRAINT inbound_mails_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbox_members
    ADD CONSTRAINT inbox_members_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbox_members
    ADD CONSTRAINT inbox_members_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbox_members
    ADD CONSTRAINT inbox_members_user_id_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inboxes
    ADD CONSTRAINT inboxes_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.indexed_passages
    ADD CONSTRAINT indexed_passages_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.indexed_passages
    ADD CONSTRAINT indexed_passages_passage_id_fk FOREIGN KEY (organization_id, passage_id) REFERENCES public.passages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_models
    ADD CONSTRAINT knowledge_models_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_sources
    ADD CONSTRAINT knowledge_sources_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_addresses
    ADD CONSTRAINT mail_addresses_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_choices
    ADD CONSTRAINT mail_choices_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_choices
    ADD CONSTRAINT mail_choices_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_choices
    ADD CONSTRAINT mail_choices_user_id_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_user_id_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_rates
    ADD CONSTRAINT mail_rates_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_rates
    ADD CONSTRAINT mail_rates_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_senders
    ADD CONSTRAINT mail_senders_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_senders
    ADD CONSTRAINT mail_senders_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailing_sends
    ADD CONSTRAINT mailing_sends_address_id_fk FOREIGN KEY (organization_id, address_id) REFERENCES public.mail_addresses(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailing_sends
    ADD CONSTRAINT mailing_sends_mailing_id_fk FOREIGN KEY (organization_id, mailing_id) REFERENCES public.mailings(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailing_sends
    ADD CONSTRAINT mailing_sends_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailing_touches
    ADD CONSTRAINT mailing_touches_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailing_touches
    ADD CONSTRAINT mailing_touches_send_id_fk FOREIGN KEY (organization_id, send_id) REFERENCES public.mailing_sends(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailings
    ADD CONSTRAINT mailings_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE SET NULL (inbox_id);

ALTER TABLE ONLY public.mailings
    ADD CONSTRAINT mailings_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailings
    ADD CONSTRAINT mailings_topic_id_fk FOREIGN KEY (organization_id, topic_id) REFERENCES public.topics(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_message_id_fk FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_mails
    ADD CONSTRAINT message_mails_related_id_fk FOREIGN KEY (organization_id, related_id) REFERENCES public.conversations(organization_id, id) ON DELETE SET NULL (related_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_owner_fk FOREIGN KEY (owner_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_forwards_id_fk FOREIGN KEY (organization_id, forwards_id) REFERENCES public.messages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_message_id_fk FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbound_mails
    ADD CONSTRAINT outbound_mails_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passage_vectors
    ADD CONSTRAINT passage_vectors_organization_id_passage_id_fkey FOREIGN KEY (organization_id, passage_id) REFERENCES public.passages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passage_words
    ADD CONSTRAINT passage_words_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.read_marks
    ADD CONSTRAINT read_marks_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.read_marks
    ADD CONSTRAINT read_marks_user_id_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.segment_members
    ADD CONSTRAINT segment_members_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.segment_members
    ADD CONSTRAINT segment_members_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.segment_members
    ADD CONSTRAINT segment_members_segment_id_fk FOREIGN KEY (organization_id, segment_id) REFERENCES public.segments(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.segment_parts
    ADD CONSTRAINT segment_parts_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.segment_parts
    ADD CONSTRAINT segment_parts_part_id_fk FOREIGN KEY (organization_id, part_id) REFERENCES public.segments(organization_id, id);

ALTER TABLE ONLY public.segment_parts
    ADD CONSTRAINT segment_parts_segment_id_fk FOREIGN KEY (organization_id, segment_id) REFERENCES public.segments(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_created_by_fk FOREIGN KEY (organization_id, created_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (created_by);

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_member_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.source_files
    ADD CONSTRAINT source_files_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.source_files
    ADD CONSTRAINT source_files_source_id_fk FOREIGN KEY (organization_id, source_id) REFERENCES public.knowledge_sources(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.source_pages
    ADD CONSTRAINT source_pages_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.source_pages
    ADD CONSTRAINT source_pages_source_id_fk FOREIGN KEY (organization_id, source_id) REFERENCES public.knowledge_sources(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_address_id_fk FOREIGN KEY (organization_id, address_id) REFERENCES public.mail_addresses(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_team_id_fk FOREIGN KEY (organization_id, team_id) REFERENCES public.teams(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_user_id_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_template_id_fk FOREIGN KEY (organization_id, template_id) REFERENCES public.templates(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_author_id_fk FOREIGN KEY (organization_id, author_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (author_id);

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.timeline_entries
    ADD CONSTRAINT timeline_entries_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.timers
    ADD CONSTRAINT timers_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.topic_texts
    ADD CONSTRAINT topic_texts_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.topic_texts
    ADD CONSTRAINT topic_texts_topic_id_fk FOREIGN KEY (organization_id, topic_id) REFERENCES public.topics(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.topics
    ADD CONSTRAINT topics_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE SET NULL (inbox_id);

ALTER TABLE ONLY public.topics
    ADD CONSTRAINT topics_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT visitors_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT visitors_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT visitors_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE public.article_questions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.article_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.articles ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consent_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_addresses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.continuity_mails ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.continuity_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.continuity_stops ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_counts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_mailings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_participants ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_subjects ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dkim_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_image_senders ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_images ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_inboxes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_mailboxes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_servers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.event_clock ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.event_dead_letters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.event_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_mails ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbox_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inboxes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indexed_passages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_models ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_sources ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mail_addresses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mail_choices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mail_preferences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mail_rates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mail_senders ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mailing_sends ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mailing_touches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mailings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_mails ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY organization ON public.article_questions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.article_versions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.articles TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.audit_log TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.consent_entries TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.consents TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.contact_addresses TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.contacts TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.continuity_mails TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.continuity_settings TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.continuity_stops TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.conversation_counts TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.conversation_mailings TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.conversation_participants TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.conversation_subjects TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.conversations TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.dkim_keys TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.email_image_senders TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.email_images TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.email_inboxes TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.email_mailboxes TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.email_servers TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.event_clock TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.event_dead_letters TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.event_log TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.files TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.inbound_mails TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.inbox_members TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.inboxes TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.indexed_passages TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.jobs TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.knowledge_models TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.knowledge_sources TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mail_addresses TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mail_choices TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mail_preferences TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mail_rates TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mail_senders TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mailing_sends TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mailing_touches TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.mailings TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.memberships TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.message_mails TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.messages TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.organizations TO lacasa_app USING ((id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.outbound_mails TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.outbox TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.passage_vectors TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.passage_words TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.passages TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.read_marks TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.segment_members TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.segment_parts TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.segments TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.source_files TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.source_pages TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.suppressions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.team_members TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.teams TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.template_versions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.templates TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.timeline_entries TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.timers TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.topic_texts TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.topics TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.users TO lacasa_app USING ((EXISTS ( SELECT
   FROM public.memberships m
  WHERE ((m.user_id = users.id) AND (m.organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)))));

CREATE POLICY organization ON public.visitors TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.outbound_mails ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.passage_vectors ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.passage_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.passages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.read_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.segment_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.segment_parts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.segments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.source_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.source_pages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.suppressions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.team_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.teams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.template_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.timeline_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.timers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.topic_texts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.topics ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visitors ENABLE ROW LEVEL SECURITY;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lacasa_app;

REVOKE ALL ON FUNCTION public.accept_mail(p_tenant bigint, p_inbox bigint, p_address text, p_way text, p_mail_from text, p_recipient text, p_message_id text, p_digest text, p_subject text, p_sender text, p_raw bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.contacts_at(addresses text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.contacts_at(addresses text[]) TO lacasa_app;

REVOKE ALL ON FUNCTION public.drop_account_of_nobody() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.mark_conversation_read(p_tenant bigint, p_organization bigint, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[], p_conversation bigint, p_user bigint, p_seq bigint) FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO lacasa_app;

REVOKE ALL ON FUNCTION public.nearest_passages(meaning public.vector, by_model text, audiences text[], asked_language text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.new_account(address text, called text, hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.new_account(address text, called text, hash text) TO lacasa_app;

REVOKE ALL ON FUNCTION public.receive_message(p_tenant bigint, p_organization bigint, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[], p_content text, p_preview text, p_client_id text, p_token text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.search_contacts(typed text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_contacts(typed text, most integer) TO lacasa_app;

REVOKE ALL ON FUNCTION public.search_conversations(typed text, most integer, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_conversations(typed text, most integer, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[]) TO lacasa_app;

REVOKE ALL ON FUNCTION public.search_hybrid(sentence text, meaning public.vector, by_model text, audiences text[], asked_language text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_hybrid(sentence text, meaning public.vector, by_model text, audiences text[], asked_language text, most integer) TO lacasa_app;

REVOKE ALL ON FUNCTION public.search_orders(typed text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_orders(typed text, most integer) TO lacasa_app;

REVOKE ALL ON FUNCTION public.search_passages(sentence text, audiences text[], asked_language text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_passages(sentence text, audiences text[], asked_language text, most integer) TO lacasa_app;

REVOKE ALL ON FUNCTION public.send_reply(p_tenant bigint, p_organization bigint, p_all boolean, p_inbox_ids bigint[], p_team_ids bigint[], p_assignee_ids bigint[], p_contact_ids bigint[], p_content text, p_preview text, p_client_id text, p_conversation bigint, p_user bigint, p_name text, p_expected_seq bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_weights(sentence text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.word_weights(sentence text) TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.article_questions TO lacasa_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.article_versions TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.articles TO lacasa_app;

GRANT SELECT,INSERT ON TABLE public.audit_log TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.consent_entries TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consents TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_addresses TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.continuity_mails TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.continuity_settings TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.continuity_stops TO lacasa_app;

GRANT SELECT,INSERT ON TABLE public.conversation_counts TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_mailings TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_participants TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.conversation_subjects TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.conversations TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dkim_keys TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_image_senders TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_images TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_inboxes TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_mailboxes TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_servers TO lacasa_app;

GRANT SELECT ON TABLE public.event_clock TO lacasa_app;

GRANT SELECT,DELETE ON TABLE public.event_dead_letters TO lacasa_app;

GRANT SELECT ON TABLE public.event_log TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.files TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_mails TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbox_members TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inboxes TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.indexed_passages TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.jobs TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_models TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_sources TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.mail_addresses TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_choices TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_preferences TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_rates TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_senders TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mailing_sends TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mailing_touches TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mailings TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_mails TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.messages TO lacasa_app;

GRANT SELECT,UPDATE ON TABLE public.organizations TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbound_mails TO lacasa_app;

GRANT INSERT ON TABLE public.outbox TO lacasa_app;

GRANT SELECT ON SEQUENCE public.outbox_id_seq TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passage_vectors TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.passage_words TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passages TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.read_marks TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segment_members TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segment_parts TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segments TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.source_files TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.source_pages TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.suppressions TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.team_members TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teams TO lacasa_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.template_versions TO lacasa_app;

GRANT UPDATE(is_kept) ON TABLE public.template_versions TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.templates TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.timeline_entries TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.timers TO lacasa_app;

GRANT SELECT,INSERT ON TABLE public.topic_texts TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.topics TO lacasa_app;

GRANT SELECT(id) ON TABLE public.users TO lacasa_app;

GRANT SELECT(name),UPDATE(name) ON TABLE public.users TO lacasa_app;

GRANT SELECT(email) ON TABLE public.users TO lacasa_app;

GRANT SELECT(last_signed_in) ON TABLE public.users TO lacasa_app;

GRANT SELECT(created_at) ON TABLE public.users TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visitors TO lacasa_app;


-- Of agent

CREATE TABLE public.ai_calibrators (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    mode character varying(12) DEFAULT ''::character varying NOT NULL,
    model character varying(80) DEFAULT ''::character varying NOT NULL,
    prompt_version character varying(40) DEFAULT ''::character varying NOT NULL,
    head character varying(120) DEFAULT ''::character varying NOT NULL,
    weights jsonb DEFAULT '{}'::jsonb NOT NULL,
    n integer DEFAULT 0 NOT NULL,
    ece double precision DEFAULT 0.0 NOT NULL,
    brier double precision DEFAULT 0.0 NOT NULL,
    auroc double precision DEFAULT 0.0 NOT NULL,
    bins jsonb DEFAULT '{}'::jsonb NOT NULL,
    asked double precision DEFAULT 0.0 NOT NULL,
    threshold double precision DEFAULT 0.0 NOT NULL,
    why character varying(10) DEFAULT ''::character varying NOT NULL,
    accuracy double precision,
    lower double precision,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.ai_calibrators ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_calibrators_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_check_results (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    evaluation_id bigint DEFAULT 0 NOT NULL,
    check_id bigint DEFAULT 0 NOT NULL,
    outcome character varying(12) DEFAULT ''::character varying NOT NULL,
    article_id bigint,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    confidence double precision,
    held boolean DEFAULT false NOT NULL,
    found boolean,
    changed character varying(8) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ai_check_results_changed_check CHECK (((changed)::text = ANY ((ARRAY[''::character varying, 'broken'::character varying, 'mended'::character varying])::text[]))),
    CONSTRAINT ai_check_results_outcome_check CHECK (((outcome)::text = ANY ((ARRAY['answered'::character varying, 'asked_back'::character varying, 'handed_over'::character varying])::text[])))
);

ALTER TABLE public.ai_check_results ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_check_results_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_checks (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    question character varying(500) DEFAULT ''::character varying NOT NULL,
    expects character varying(8) DEFAULT ''::character varying NOT NULL,
    article_id bigint,
    source character varying(8) DEFAULT ''::character varying NOT NULL,
    created_by character varying(200) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT ai_checks_expects_check CHECK (((expects)::text = ANY ((ARRAY['answer'::character varying, 'handover'::character varying])::text[]))),
    CONSTRAINT ai_checks_source_check CHECK (((source)::text = ANY ((ARRAY['review'::character varying, 'hand'::character varying])::text[])))
);

ALTER TABLE public.ai_checks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_checks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_copilot (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    kind character varying(10) DEFAULT ''::character varying NOT NULL,
    asked jsonb DEFAULT '{}'::jsonb NOT NULL,
    status character varying(10) DEFAULT 'working'::character varying NOT NULL,
    result jsonb DEFAULT '{}'::jsonb NOT NULL,
    trouble character varying(200) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT ai_copilot_status_check CHECK (((status)::text = ANY ((ARRAY['working'::character varying, 'done'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.ai_copilot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_copilot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_decisions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    trigger_seq bigint DEFAULT 0 NOT NULL,
    outcome character varying(12) DEFAULT ''::character varying NOT NULL,
    reason character varying(30) DEFAULT ''::character varying NOT NULL,
    detail character varying(200) DEFAULT ''::character varying NOT NULL,
    confidence real,
    threshold real DEFAULT 0.0 NOT NULL,
    question text DEFAULT ''::text NOT NULL,
    draft text DEFAULT ''::text NOT NULL,
    signals jsonb DEFAULT '{}'::jsonb NOT NULL,
    passages jsonb DEFAULT '[]'::jsonb NOT NULL,
    model character varying(80) DEFAULT 'extractive'::character varying NOT NULL,
    latency_ms integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    cost numeric(14,6) DEFAULT 0 NOT NULL,
    tokens_in integer DEFAULT 0 NOT NULL,
    tokens_out integer DEFAULT 0 NOT NULL,
    trouble character varying(200) DEFAULT ''::character varying NOT NULL,
    mode character varying(12) DEFAULT ''::character varying NOT NULL,
    prompt_version character varying(40) DEFAULT ''::character varying NOT NULL,
    head character varying(120) DEFAULT ''::character varying NOT NULL,
    distance real GENERATED ALWAYS AS (abs((confidence - threshold))) STORED,
    audited boolean GENERATED ALWAYS AS (((((('x'::text || substr(md5(('audit '::text || (id)::text)), 1, 8)))::bit(32))::bigint % (10)::bigint) = 0)) STORED,
    CONSTRAINT ai_decisions_outcome_check CHECK (((outcome)::text = ANY ((ARRAY['answered'::character varying, 'clarified'::character varying, 'handed_off'::character varying, 'suggested'::character varying, 'discarded'::character varying])::text[])))
);

ALTER TABLE public.ai_decisions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_evaluations (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    status character varying(8) DEFAULT 'running'::character varying NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    held integer DEFAULT 0 NOT NULL,
    answered_right integer DEFAULT 0 NOT NULL,
    wrong_article integer DEFAULT 0 NOT NULL,
    handed_over integer DEFAULT 0 NOT NULL,
    broken integer DEFAULT 0 NOT NULL,
    mended integer DEFAULT 0 NOT NULL,
    recall double precision,
    confidence double precision,
    started_by character varying(200) DEFAULT ''::character varying NOT NULL,
    started_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    finished_at timestamp with time zone,
    trouble character varying(8) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ai_evaluations_status_check CHECK (((status)::text = ANY ((ARRAY['running'::character varying, 'done'::character varying, 'stopped'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.ai_evaluations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_evaluations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_fine_tuning_plans (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    base_model character varying(80) DEFAULT ''::character varying NOT NULL,
    minimum integer DEFAULT 100 NOT NULL,
    scheduled boolean DEFAULT false NOT NULL
);

ALTER TABLE public.ai_fine_tuning_plans ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_fine_tuning_plans_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_fine_tunings (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    base_model character varying(80) DEFAULT ''::character varying NOT NULL,
    base_url character varying(320) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT 'preparing'::character varying NOT NULL,
    lines integer DEFAULT 0 NOT NULL,
    file_id character varying(200) DEFAULT ''::character varying NOT NULL,
    asked boolean DEFAULT false NOT NULL,
    job_id character varying(200) DEFAULT ''::character varying NOT NULL,
    model character varying(80) DEFAULT ''::character varying NOT NULL,
    trouble character varying(200) DEFAULT ''::character varying NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    cancelling boolean DEFAULT false NOT NULL,
    started_by character varying(200) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    finished_at timestamp with time zone,
    at_provider character varying(10) DEFAULT ''::character varying NOT NULL,
    provider_says character varying(200) DEFAULT ''::character varying NOT NULL,
    sealed_key text DEFAULT ''::text NOT NULL,
    CONSTRAINT ai_fine_tunings_at_provider_check CHECK (((at_provider)::text = ANY ((ARRAY[''::character varying, 'asking'::character varying, 'cancelled'::character varying, 'succeeded'::character varying, 'failed'::character varying, 'unreached'::character varying])::text[]))),
    CONSTRAINT ai_fine_tunings_sealed_key_check CHECK (((sealed_key = ''::text) OR ((status)::text = ANY ((ARRAY['preparing'::character varying, 'training'::character varying])::text[])) OR ((at_provider)::text = 'asking'::text))),
    CONSTRAINT ai_fine_tunings_status_check CHECK (((status)::text = ANY ((ARRAY['preparing'::character varying, 'training'::character varying, 'succeeded'::character varying, 'failed'::character varying, 'cancelled'::character varying])::text[])))
);

ALTER TABLE public.ai_fine_tunings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_fine_tunings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_gaps (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    status character varying(10) DEFAULT 'open'::character varying NOT NULL,
    article_id bigint,
    decided_by character varying(200) DEFAULT ''::character varying NOT NULL,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT ai_gaps_status_check CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'written'::character varying, 'assigned'::character varying, 'dismissed'::character varying])::text[])))
);

ALTER TABLE public.ai_gaps ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_gaps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_models (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(121) DEFAULT ''::character varying NOT NULL,
    base_url character varying(320) DEFAULT ''::character varying NOT NULL,
    sealed_key text DEFAULT ''::text NOT NULL,
    instructions text DEFAULT ''::text NOT NULL,
    monthly_tokens bigint,
    price_in double precision DEFAULT 0.0 NOT NULL,
    price_out double precision DEFAULT 0.0 NOT NULL,
    tried_at timestamp with time zone,
    trouble character varying(200) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.ai_models ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_models_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_outcome_days (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    day date DEFAULT CURRENT_DATE NOT NULL,
    confirmed integer DEFAULT 0 NOT NULL,
    assumed integer DEFAULT 0 NOT NULL,
    abandoned integer DEFAULT 0 NOT NULL,
    handed_over integer DEFAULT 0 NOT NULL,
    under_way integer DEFAULT 0 NOT NULL,
    reopened integer DEFAULT 0 NOT NULL,
    asked integer DEFAULT 0 NOT NULL,
    waits double precision[] DEFAULT '{}'::double precision[] NOT NULL,
    waiting_since timestamp with time zone,
    rolled_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.ai_outcome_days ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_outcome_days_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_pins (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    mode character varying(12) DEFAULT ''::character varying NOT NULL,
    model character varying(80) DEFAULT ''::character varying NOT NULL,
    prompt_version character varying(40) DEFAULT ''::character varying NOT NULL,
    head character varying(120) DEFAULT ''::character varying NOT NULL,
    calibrator_id bigint,
    pinned_by character varying(200) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.ai_pins ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_pins_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_proposals (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    review_id bigint DEFAULT 0 NOT NULL,
    article_id bigint DEFAULT 0 NOT NULL,
    heading character varying(300) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT 'open'::character varying NOT NULL,
    version integer,
    decided_by character varying(200) DEFAULT ''::character varying NOT NULL,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT ai_proposals_status_check CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'accepted'::character varying, 'dismissed'::character varying])::text[])))
);

ALTER TABLE public.ai_proposals ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_proposals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_replay_cases (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    replay_id bigint DEFAULT 0 NOT NULL,
    decision_id bigint DEFAULT 0 NOT NULL,
    answer character varying(8) DEFAULT ''::character varying NOT NULL,
    escalation character varying(8) DEFAULT ''::character varying NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT ai_replay_cases_answer_check CHECK (((answer)::text = ANY ((ARRAY[''::character varying, 'gained'::character varying, 'lost'::character varying, 'changed'::character varying])::text[]))),
    CONSTRAINT ai_replay_cases_escalation_check CHECK (((escalation)::text = ANY ((ARRAY[''::character varying, 'gained'::character varying, 'lost'::character varying])::text[])))
);

ALTER TABLE public.ai_replay_cases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_replay_cases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_replays (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    status character varying(8) DEFAULT 'running'::character varying NOT NULL,
    turn integer DEFAULT 1 NOT NULL,
    article_id bigint,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    answers_gained integer DEFAULT 0 NOT NULL,
    answers_lost integer DEFAULT 0 NOT NULL,
    answers_changed integer DEFAULT 0 NOT NULL,
    escalations_gained integer DEFAULT 0 NOT NULL,
    escalations_lost integer DEFAULT 0 NOT NULL,
    started_by character varying(200) DEFAULT ''::character varying NOT NULL,
    started_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    finished_at timestamp with time zone,
    kind character varying(8) DEFAULT 'article'::character varying NOT NULL,
    name character varying(121) DEFAULT ''::character varying NOT NULL,
    base_url character varying(320) DEFAULT ''::character varying NOT NULL,
    instructions text DEFAULT ''::text NOT NULL,
    price_in double precision DEFAULT 0.0 NOT NULL,
    price_out double precision DEFAULT 0.0 NOT NULL,
    keyed boolean DEFAULT false NOT NULL,
    sealed_key text DEFAULT ''::text NOT NULL,
    tokens_in bigint DEFAULT 0 NOT NULL,
    tokens_out bigint DEFAULT 0 NOT NULL,
    cost numeric(14,6) DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    reason character varying(16) DEFAULT ''::character varying NOT NULL,
    trouble character varying(200) DEFAULT ''::character varying NOT NULL,
    same integer DEFAULT 0 NOT NULL,
    CONSTRAINT ai_replays_article_check CHECK ((((kind)::text = 'article'::text) = (article_id IS NOT NULL))),
    CONSTRAINT ai_replays_kind_check CHECK (((kind)::text = ANY ((ARRAY['article'::character varying, 'writing'::character varying])::text[]))),
    CONSTRAINT ai_replays_reason_check CHECK (((reason)::text = ANY ((ARRAY[''::character varying, 'tokens_used_up'::character varying, 'model_failed'::character varying, 'no_model'::character varying])::text[]))),
    CONSTRAINT ai_replays_sealed_key_check CHECK (((sealed_key = ''::text) OR ((status)::text = 'running'::text))),
    CONSTRAINT ai_replays_status_check CHECK (((status)::text = ANY ((ARRAY['running'::character varying, 'done'::character varying, 'stopped'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.ai_replays ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_replays_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_reviews (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    decision_id bigint DEFAULT 0 NOT NULL,
    user_id bigint DEFAULT 0 NOT NULL,
    user_name character varying(200) DEFAULT ''::character varying NOT NULL,
    verdict character varying(10) DEFAULT ''::character varying NOT NULL,
    reason character varying(20) DEFAULT NULL::character varying,
    content text DEFAULT ''::text NOT NULL,
    label real DEFAULT 0.0 NOT NULL,
    propensity real,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    message_id bigint,
    former jsonb,
    CONSTRAINT ai_reviews_reason_check CHECK (((reason)::text = ANY ((ARRAY['wrong'::character varying, 'incomplete'::character varying, 'tone'::character varying, 'outdated'::character varying, 'should_hand_over'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ai_reviews_verdict_check CHECK (((verdict)::text = ANY ((ARRAY['approve'::character varying, 'edit'::character varying, 'reject'::character varying])::text[])))
);

ALTER TABLE public.ai_reviews ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_reviews_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_tool_calls (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    decision_id bigint,
    tool character varying(60) DEFAULT ''::character varying NOT NULL,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    arguments jsonb DEFAULT '{}'::jsonb NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    preview jsonb DEFAULT '[]'::jsonb NOT NULL,
    status character varying(9) DEFAULT 'proposed'::character varying NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    facts jsonb DEFAULT '[]'::jsonb NOT NULL,
    trouble character varying(200) DEFAULT ''::character varying NOT NULL,
    proposed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    decided_by character varying(200) DEFAULT ''::character varying NOT NULL,
    decided_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT ai_tool_calls_status_check CHECK (((status)::text = ANY (ARRAY[('proposed'::character varying)::text, ('approved'::character varying)::text, ('rejected'::character varying)::text, ('withdrawn'::character varying)::text, ('done'::character varying)::text, ('failed'::character varying)::text])))
);

ALTER TABLE public.ai_tool_calls ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_tool_calls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_training (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    allowed boolean DEFAULT false NOT NULL,
    decided_by character varying(200) DEFAULT ''::character varying NOT NULL,
    decided_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.ai_training ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_training_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_training_objections (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    noted_by character varying(200) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.ai_training_objections ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_training_objections_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_unanswered (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    gap_id bigint DEFAULT 0 NOT NULL,
    decision_id bigint DEFAULT 0 NOT NULL,
    asked_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    model character varying(200) DEFAULT ''::character varying NOT NULL,
    vector bytea DEFAULT '\x'::bytea NOT NULL
);

ALTER TABLE public.ai_unanswered ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_unanswered_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ai_usage (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    day date DEFAULT CURRENT_DATE NOT NULL,
    model character varying(121) DEFAULT ''::character varying NOT NULL,
    calls integer DEFAULT 0 NOT NULL,
    tokens_in bigint DEFAULT 0 NOT NULL,
    tokens_out bigint DEFAULT 0 NOT NULL,
    cost numeric(14,6) DEFAULT 0 NOT NULL
);

ALTER TABLE public.ai_usage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ai_usage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.ai_calibrators
    ADD CONSTRAINT ai_calibrators_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_calibrators
    ADD CONSTRAINT ai_calibrators_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_check_results
    ADD CONSTRAINT ai_check_results_once UNIQUE (organization_id, evaluation_id, check_id);

ALTER TABLE ONLY public.ai_check_results
    ADD CONSTRAINT ai_check_results_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_check_results
    ADD CONSTRAINT ai_check_results_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_checks
    ADD CONSTRAINT ai_checks_once UNIQUE (organization_id, question);

ALTER TABLE ONLY public.ai_checks
    ADD CONSTRAINT ai_checks_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_checks
    ADD CONSTRAINT ai_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_copilot
    ADD CONSTRAINT ai_copilot_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_copilot
    ADD CONSTRAINT ai_copilot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_evaluations
    ADD CONSTRAINT ai_evaluations_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_evaluations
    ADD CONSTRAINT ai_evaluations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_fine_tuning_plans
    ADD CONSTRAINT ai_fine_tuning_plans_once UNIQUE (organization_id);

ALTER TABLE ONLY public.ai_fine_tuning_plans
    ADD CONSTRAINT ai_fine_tuning_plans_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_fine_tuning_plans
    ADD CONSTRAINT ai_fine_tuning_plans_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_fine_tunings
    ADD CONSTRAINT ai_fine_tunings_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_fine_tunings
    ADD CONSTRAINT ai_fine_tunings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_gaps
    ADD CONSTRAINT ai_gaps_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_gaps
    ADD CONSTRAINT ai_gaps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_one UNIQUE (organization_id);

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_outcome_days
    ADD CONSTRAINT ai_outcome_days_once UNIQUE (organization_id, day);

ALTER TABLE ONLY public.ai_outcome_days
    ADD CONSTRAINT ai_outcome_days_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_outcome_days
    ADD CONSTRAINT ai_outcome_days_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_pins
    ADD CONSTRAINT ai_pins_once UNIQUE (organization_id, mode, model, prompt_version, head);

ALTER TABLE ONLY public.ai_pins
    ADD CONSTRAINT ai_pins_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_pins
    ADD CONSTRAINT ai_pins_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_proposals
    ADD CONSTRAINT ai_proposals_once UNIQUE (organization_id, review_id);

ALTER TABLE ONLY public.ai_proposals
    ADD CONSTRAINT ai_proposals_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_proposals
    ADD CONSTRAINT ai_proposals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_replay_cases
    ADD CONSTRAINT ai_replay_cases_once UNIQUE (organization_id, replay_id, decision_id);

ALTER TABLE ONLY public.ai_replay_cases
    ADD CONSTRAINT ai_replay_cases_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_replay_cases
    ADD CONSTRAINT ai_replay_cases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_replays
    ADD CONSTRAINT ai_replays_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_replays
    ADD CONSTRAINT ai_replays_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_reviews
    ADD CONSTRAINT ai_reviews_once UNIQUE (organization_id, decision_id, user_id);

ALTER TABLE ONLY public.ai_reviews
    ADD CONSTRAINT ai_reviews_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_reviews
    ADD CONSTRAINT ai_reviews_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_tool_calls
    ADD CONSTRAINT ai_tool_calls_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_tool_calls
    ADD CONSTRAINT ai_tool_calls_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_training_objections
    ADD CONSTRAINT ai_training_objections_once UNIQUE (organization_id, contact_id);

ALTER TABLE ONLY public.ai_training_objections
    ADD CONSTRAINT ai_training_objections_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_training_objections
    ADD CONSTRAINT ai_training_objections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_training
    ADD CONSTRAINT ai_training_once UNIQUE (organization_id);

ALTER TABLE ONLY public.ai_training
    ADD CONSTRAINT ai_training_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_training
    ADD CONSTRAINT ai_training_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_unanswered
    ADD CONSTRAINT ai_unanswered_once UNIQUE (organization_id, decision_id);

ALTER TABLE ONLY public.ai_unanswered
    ADD CONSTRAINT ai_unanswered_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_unanswered
    ADD CONSTRAINT ai_unanswered_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_usage
    ADD CONSTRAINT ai_usage_day UNIQUE (organization_id, day, model);

ALTER TABLE ONLY public.ai_usage
    ADD CONSTRAINT ai_usage_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.ai_usage
    ADD CONSTRAINT ai_usage_pkey PRIMARY KEY (id);

CREATE INDEX ai_calibrators_made ON public.ai_calibrators USING btree (organization_id, created_at DESC);

CREATE INDEX ai_calibrators_newest ON public.ai_calibrators USING btree (organization_id, mode, model, prompt_version, head, id DESC);

CREATE INDEX ai_check_results_check_id ON public.ai_check_results USING btree (organization_id, check_id);

CREATE INDEX ai_checks_article_id ON public.ai_checks USING btree (organization_id, article_id);

CREATE INDEX ai_copilot_conversation_id ON public.ai_copilot USING btree (organization_id, conversation_id);

CREATE INDEX ai_copilot_lately ON public.ai_copilot USING btree (organization_id, user_id, created_at);

CREATE INDEX ai_decisions_conversation_id ON public.ai_decisions USING btree (organization_id, conversation_id);

CREATE INDEX ai_decisions_decided ON public.ai_decisions USING btree (organization_id, created_at) INCLUDE (id, conversation_id, trigger_seq, outcome, reason, detail);

CREATE INDEX ai_decisions_handed_off ON public.ai_decisions USING btree (organization_id, id DESC) WHERE ((outcome)::text = 'handed_off'::text);

CREATE INDEX ai_decisions_shown ON public.ai_decisions USING btree (organization_id, conversation_id, id DESC);

CREATE INDEX ai_decisions_to_review ON public.ai_decisions USING btree (organization_id, distance, id) WHERE ((distance IS NOT NULL) AND (draft <> ''::text));

CREATE INDEX ai_decisions_unanswered ON public.ai_decisions USING btree (organization_id, id) WHERE (((outcome)::text = 'handed_off'::text) AND ((reason)::text = ANY ((ARRAY['no_knowledge'::character varying, 'low_confidence'::character varying])::text[])));

CREATE UNIQUE INDEX ai_evaluations_running ON public.ai_evaluations USING btree (organization_id) WHERE ((status)::text = 'running'::text);

CREATE UNIQUE INDEX ai_fine_tunings_under_way ON public.ai_fine_tunings USING btree (organization_id) WHERE ((status)::text = ANY ((ARRAY['preparing'::character varying, 'training'::character varying])::text[]));

CREATE INDEX ai_gaps_article_id ON public.ai_gaps USING btree (organization_id, article_id);

CREATE INDEX ai_pins_calibrator_id ON public.ai_pins USING btree (organization_id, calibrator_id);

CREATE INDEX ai_proposals_article_id ON public.ai_proposals USING btree (organization_id, article_id);

CREATE INDEX ai_proposals_shown ON public.ai_proposals USING btree (organization_id, status, id DESC);

CREATE INDEX ai_replay_cases_decision_id ON public.ai_replay_cases USING btree (organization_id, decision_id);

CREATE INDEX ai_replay_cases_waiting ON public.ai_replay_cases USING btree (organization_id, replay_id, id) WHERE (after IS NULL);

CREATE INDEX ai_replays_article_id ON public.ai_replays USING btree (organization_id, article_id);

CREATE UNIQUE INDEX ai_replays_running ON public.ai_replays USING btree (organization_id) WHERE ((status)::text = 'running'::text);

CREATE INDEX ai_reviews_decision_id ON public.ai_reviews USING btree (organization_id, decision_id);

CREATE INDEX ai_reviews_fresh ON public.ai_reviews USING btree (organization_id, updated_at DESC);

CREATE INDEX ai_reviews_message_id ON public.ai_reviews USING btree (organization_id, message_id);

CREATE INDEX ai_tool_calls_contact_id ON public.ai_tool_calls USING btree (organization_id, contact_id);

CREATE INDEX ai_tool_calls_conversation_id ON public.ai_tool_calls USING btree (organization_id, conversation_id);

CREATE INDEX ai_tool_calls_decision_id ON public.ai_tool_calls USING btree (organization_id, decision_id);

CREATE UNIQUE INDEX ai_tool_calls_open ON public.ai_tool_calls USING btree (organization_id, conversation_id, tool, digest) WHERE ((status)::text = ANY (ARRAY[('proposed'::character varying)::text, ('approved'::character varying)::text, ('failed'::character varying)::text, ('withdrawn'::character varying)::text]));

CREATE INDEX ai_training_objections_contact_id ON public.ai_training_objections USING btree (organization_id, contact_id);

CREATE INDEX ai_unanswered_asked ON public.ai_unanswered USING btree (organization_id, asked_at);

CREATE INDEX ai_unanswered_of_gap ON public.ai_unanswered USING btree (organization_id, gap_id, decision_id);

ALTER TABLE ONLY public.ai_calibrators
    ADD CONSTRAINT ai_calibrators_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_check_results
    ADD CONSTRAINT ai_check_results_check_id_fk FOREIGN KEY (organization_id, check_id) REFERENCES public.ai_checks(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_check_results
    ADD CONSTRAINT ai_check_results_evaluation_id_fk FOREIGN KEY (organization_id, evaluation_id) REFERENCES public.ai_evaluations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_check_results
    ADD CONSTRAINT ai_check_results_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_checks
    ADD CONSTRAINT ai_checks_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE SET NULL (article_id);

ALTER TABLE ONLY public.ai_checks
    ADD CONSTRAINT ai_checks_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_copilot
    ADD CONSTRAINT ai_copilot_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_copilot
    ADD CONSTRAINT ai_copilot_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_evaluations
    ADD CONSTRAINT ai_evaluations_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_fine_tuning_plans
    ADD CONSTRAINT ai_fine_tuning_plans_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_fine_tunings
    ADD CONSTRAINT ai_fine_tunings_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_gaps
    ADD CONSTRAINT ai_gaps_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE SET NULL (article_id);

ALTER TABLE ONLY public.ai_gaps
    ADD CONSTRAINT ai_gaps_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_outcome_days
    ADD CONSTRAINT ai_outcome_days_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_pins
    ADD CONSTRAINT ai_pins_calibrator_id_fk FOREIGN KEY (organization_id, calibrator_id) REFERENCES public.ai_calibrators(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_pins
    ADD CONSTRAINT ai_pins_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_proposals
    ADD CONSTRAINT ai_proposals_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_proposals
    ADD CONSTRAINT ai_proposals_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_proposals
    ADD CONSTRAINT ai_proposals_review_id_fk FOREIGN KEY (organization_id, review_id) REFERENCES public.ai_reviews(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_replay_cases
    ADD CONSTRAINT ai_replay_cases_decision_id_fk FOREIGN KEY (organization_id, decision_id) REFERENCES public.ai_decisions(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_replay_cases
    ADD CONSTRAINT ai_replay_cases_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_replay_cases
    ADD CONSTRAINT ai_replay_cases_replay_id_fk FOREIGN KEY (organization_id, replay_id) REFERENCES public.ai_replays(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_replays
    ADD CONSTRAINT ai_replays_article_id_fk FOREIGN KEY (organization_id, article_id) REFERENCES public.articles(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_replays
    ADD CONSTRAINT ai_replays_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_reviews
    ADD CONSTRAINT ai_reviews_decision_id_fk FOREIGN KEY (organization_id, decision_id) REFERENCES public.ai_decisions(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_reviews
    ADD CONSTRAINT ai_reviews_message_id_fk FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE SET NULL (message_id);

ALTER TABLE ONLY public.ai_reviews
    ADD CONSTRAINT ai_reviews_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_tool_calls
    ADD CONSTRAINT ai_tool_calls_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_tool_calls
    ADD CONSTRAINT ai_tool_calls_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_tool_calls
    ADD CONSTRAINT ai_tool_calls_decision_id_fk FOREIGN KEY (organization_id, decision_id) REFERENCES public.ai_decisions(organization_id, id) ON DELETE SET NULL (decision_id);

ALTER TABLE ONLY public.ai_tool_calls
    ADD CONSTRAINT ai_tool_calls_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_training_objections
    ADD CONSTRAINT ai_training_objections_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_training_objections
    ADD CONSTRAINT ai_training_objections_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_training
    ADD CONSTRAINT ai_training_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_unanswered
    ADD CONSTRAINT ai_unanswered_decision_id_fk FOREIGN KEY (organization_id, decision_id) REFERENCES public.ai_decisions(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_unanswered
    ADD CONSTRAINT ai_unanswered_gap_id_fk FOREIGN KEY (organization_id, gap_id) REFERENCES public.ai_gaps(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_unanswered
    ADD CONSTRAINT ai_unanswered_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_usage
    ADD CONSTRAINT ai_usage_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE public.ai_calibrators ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_check_results ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_copilot ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_evaluations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_fine_tuning_plans ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_fine_tunings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_gaps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_models ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_outcome_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_pins ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_proposals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_replay_cases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_replays ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_reviews ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_tool_calls ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_training ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_training_objections ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_unanswered ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_usage ENABLE ROW LEVEL SECURITY;

CREATE POLICY organization ON public.ai_calibrators TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_check_results TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_checks TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_copilot TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_decisions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_evaluations TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_fine_tuning_plans TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_fine_tunings TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_gaps TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_models TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_outcome_days TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_pins TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_proposals TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_replay_cases TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_replays TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_reviews TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_tool_calls TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_training TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_training_objections TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_unanswered TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.ai_usage TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

GRANT SELECT,INSERT ON TABLE public.ai_calibrators TO lacasa_app;

GRANT SELECT,INSERT ON TABLE public.ai_check_results TO lacasa_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.ai_checks TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_copilot TO lacasa_app;

GRANT SELECT,INSERT ON TABLE public.ai_decisions TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_evaluations TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_fine_tuning_plans TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_fine_tunings TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_gaps TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_models TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_outcome_days TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_pins TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_proposals TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_replay_cases TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_replays TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_reviews TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_tool_calls TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_training TO lacasa_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.ai_training_objections TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_unanswered TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_usage TO lacasa_app;


-- Of analytics

CREATE TABLE public.analytics_events (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    kind character varying(40) DEFAULT ''::character varying NOT NULL,
    entity character varying(30) DEFAULT ''::character varying NOT NULL,
    entity_id bigint,
    contact_id bigint,
    user_id bigint,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.analytics_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.analytics_pending (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    fact_id bigint DEFAULT 0 NOT NULL,
    entity character varying(30) DEFAULT ''::character varying NOT NULL,
    entity_id bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.analytics_pending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_pending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.analytics_rollups (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    metric character varying(40) DEFAULT ''::character varying NOT NULL,
    dimension character varying(20) DEFAULT ''::character varying NOT NULL,
    key character varying(100) DEFAULT ''::character varying NOT NULL,
    day date DEFAULT CURRENT_DATE NOT NULL,
    hour smallint DEFAULT '-1'::integer NOT NULL,
    bucket smallint DEFAULT 0 NOT NULL,
    value bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.analytics_rollups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_rollups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.analytics_states (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    zone character varying(64) DEFAULT 'UTC'::character varying NOT NULL,
    keep_days integer,
    rules integer DEFAULT 0 NOT NULL,
    counted_at timestamp with time zone,
    rebuilt_at timestamp with time zone,
    CONSTRAINT analytics_states_keep_days_check CHECK ((keep_days >= 90))
);

ALTER TABLE public.analytics_states ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_states_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.analytics_events
    ADD CONSTRAINT analytics_events_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.analytics_events
    ADD CONSTRAINT analytics_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics_pending
    ADD CONSTRAINT analytics_pending_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.analytics_pending
    ADD CONSTRAINT analytics_pending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics_rollups
    ADD CONSTRAINT analytics_rollups_cell_key UNIQUE (organization_id, metric, dimension, hour, key, day, bucket);

ALTER TABLE ONLY public.analytics_rollups
    ADD CONSTRAINT analytics_rollups_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.analytics_rollups
    ADD CONSTRAINT analytics_rollups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics_states
    ADD CONSTRAINT analytics_states_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.analytics_states
    ADD CONSTRAINT analytics_states_organization_key UNIQUE (organization_id);

ALTER TABLE ONLY public.analytics_states
    ADD CONSTRAINT analytics_states_pkey PRIMARY KEY (id);

CREATE INDEX analytics_events_contact_id ON public.analytics_events USING btree (organization_id, contact_id, kind, at);

CREATE INDEX analytics_events_counted ON public.analytics_events USING btree (organization_id, at, kind);

CREATE INDEX analytics_events_entity ON public.analytics_events USING btree (organization_id, entity, entity_id);

CREATE INDEX analytics_events_opened ON public.analytics_events USING btree (organization_id, at, entity_id) WHERE ((kind)::text = 'ticket_created'::text);

CREATE INDEX analytics_events_user_id ON public.analytics_events USING btree (organization_id, user_id, at);

CREATE INDEX analytics_pending_fact_id ON public.analytics_pending USING btree (organization_id, fact_id);

CREATE INDEX analytics_rollups_days ON public.analytics_rollups USING btree (organization_id, day, dimension, metric) WHERE (hour = '-1'::integer);

ALTER TABLE ONLY public.analytics_events
    ADD CONSTRAINT analytics_events_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.analytics_events
    ADD CONSTRAINT analytics_events_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.analytics_events
    ADD CONSTRAINT analytics_events_user_id_fk FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (user_id);

ALTER TABLE ONLY public.analytics_pending
    ADD CONSTRAINT analytics_pending_fact_id_fk FOREIGN KEY (organization_id, fact_id) REFERENCES public.analytics_events(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.analytics_pending
    ADD CONSTRAINT analytics_pending_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.analytics_rollups
    ADD CONSTRAINT analytics_rollups_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.analytics_states
    ADD CONSTRAINT analytics_states_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE public.analytics_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.analytics_pending ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.analytics_rollups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.analytics_states ENABLE ROW LEVEL SECURITY;

CREATE POLICY organization ON public.analytics_events TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.analytics_pending TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.analytics_rollups TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.analytics_states TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

GRANT SELECT,INSERT ON TABLE public.analytics_events TO lacasa_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.analytics_pending TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analytics_rollups TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.analytics_states TO lacasa_app;


-- Of campaigns

CREATE TABLE public.campaign_orders (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    campaign_id bigint DEFAULT 0 NOT NULL,
    send_id bigint DEFAULT 0 NOT NULL,
    order_id bigint DEFAULT 0 NOT NULL,
    amount numeric(18,4) DEFAULT 0 NOT NULL,
    refunded numeric(18,4) DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    rule smallint DEFAULT 0 NOT NULL,
    ordered_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.campaign_orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign_segments (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    campaign_id bigint DEFAULT 0 NOT NULL,
    segment_id bigint,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    is_excluded boolean DEFAULT false NOT NULL
);

ALTER TABLE public.campaign_segments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_segments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign_touches (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    campaign_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    touch character varying(5) DEFAULT ''::character varying NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT campaign_touches_touch_check CHECK (((touch)::text = ANY ((ARRAY['open'::character varying, 'click'::character varying])::text[])))
);

ALTER TABLE public.campaign_touches ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_touches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign_variants (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    campaign_id bigint DEFAULT 0 NOT NULL,
    place smallint DEFAULT 0 NOT NULL,
    template_id bigint DEFAULT 0 NOT NULL,
    version integer,
    weight smallint DEFAULT 1 NOT NULL,
    CONSTRAINT campaign_variants_place_check CHECK ((((place >= 0) AND (place <= 3)) AND ((weight >= 1) AND (weight <= 100))))
);

ALTER TABLE public.campaign_variants ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_variants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaigns (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT 'draft'::character varying NOT NULL,
    reason character varying(40) DEFAULT ''::character varying NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    topic_id bigint,
    inbox_id bigint,
    is_tracked boolean DEFAULT true NOT NULL,
    hold_days smallint DEFAULT 3 NOT NULL,
    scheduled_at timestamp with time zone,
    time_zone character varying(60) DEFAULT 'UTC'::character varying NOT NULL,
    max_lateness_s integer DEFAULT 14400 NOT NULL,
    mailing_id bigint,
    hold_until timestamp with time zone,
    enlisted_to bigint DEFAULT 0 NOT NULL,
    audience integer DEFAULT 0 NOT NULL,
    sent integer DEFAULT 0 NOT NULL,
    skipped integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    uncertain integer DEFAULT 0 NOT NULL,
    bounced integer DEFAULT 0 NOT NULL,
    opened integer DEFAULT 0 NOT NULL,
    clicked integer DEFAULT 0 NOT NULL,
    unsubscribed integer DEFAULT 0 NOT NULL,
    replied integer DEFAULT 0 NOT NULL,
    counted_at timestamp with time zone,
    client_id character varying(64) DEFAULT NULL::character varying,
    created_by bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    started_at timestamp with time zone,
    paused_at timestamp with time zone,
    settled_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT campaigns_begun_check CHECK ((((mailing_id IS NULL) = (started_at IS NULL)) AND (((status)::text <> ALL ((ARRAY['sending'::character varying, 'paused'::character varying, 'sent'::character varying])::text[])) OR (started_at IS NOT NULL)))),
    CONSTRAINT campaigns_ended_check CHECK ((((status)::text = ANY ((ARRAY['sent'::character varying, 'canceled'::character varying])::text[])) = (ended_at IS NOT NULL))),
    CONSTRAINT campaigns_hold_days_check CHECK (((hold_days >= 0) AND (hold_days <= 14))),
    CONSTRAINT campaigns_scheduled_check CHECK ((((status)::text <> 'scheduled'::text) OR (scheduled_at IS NOT NULL))),
    CONSTRAINT campaigns_status_check CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'scheduled'::character varying, 'sending'::character varying, 'paused'::character varying, 'sent'::character varying, 'canceled'::character varying, 'missed'::character varying])::text[])))
);

ALTER TABLE public.campaigns ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaigns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.campaign_orders
    ADD CONSTRAINT campaign_orders_order_key UNIQUE (organization_id, order_id);

ALTER TABLE ONLY public.campaign_orders
    ADD CONSTRAINT campaign_orders_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.campaign_orders
    ADD CONSTRAINT campaign_orders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_segments
    ADD CONSTRAINT campaign_segments_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.campaign_segments
    ADD CONSTRAINT campaign_segments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_touches
    ADD CONSTRAINT campaign_touches_first_key UNIQUE (organization_id, campaign_id, contact_id, touch);

ALTER TABLE ONLY public.campaign_touches
    ADD CONSTRAINT campaign_touches_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.campaign_touches
    ADD CONSTRAINT campaign_touches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_place_key UNIQUE (organization_id, campaign_id, place);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_pkey PRIMARY KEY (id);

CREATE INDEX campaign_orders_campaign_id ON public.campaign_orders USING btree (organization_id, campaign_id);

CREATE INDEX campaign_orders_send_id ON public.campaign_orders USING btree (organization_id, send_id);

CREATE INDEX campaign_segments_campaign_id ON public.campaign_segments USING btree (organization_id, campaign_id);

CREATE UNIQUE INDEX campaign_segments_once ON public.campaign_segments USING btree (organization_id, campaign_id, segment_id);

CREATE INDEX campaign_segments_segment_id ON public.campaign_segments USING btree (organization_id, segment_id);

CREATE INDEX campaign_touches_campaign_id ON public.campaign_touches USING btree (organization_id, campaign_id);

CREATE INDEX campaign_touches_contact_id ON public.campaign_touches USING btree (organization_id, contact_id);

CREATE INDEX campaign_variants_campaign_id ON public.campaign_variants USING btree (organization_id, campaign_id);

CREATE INDEX campaign_variants_template_id ON public.campaign_variants USING btree (organization_id, template_id);

CREATE INDEX campaign_variants_version ON public.campaign_variants USING btree (organization_id, template_id, version);

CREATE UNIQUE INDEX campaigns_client_id ON public.campaigns USING btree (organization_id, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX campaigns_created_by ON public.campaigns USING btree (organization_id, created_by);

CREATE INDEX campaigns_inbox_id ON public.campaigns USING btree (organization_id, inbox_id);

CREATE INDEX campaigns_mailing_id ON public.campaigns USING btree (organization_id, mailing_id);

CREATE INDEX campaigns_topic_id ON public.campaigns USING btree (organization_id, topic_id);

ALTER TABLE ONLY public.campaign_orders
    ADD CONSTRAINT campaign_orders_campaign_id_fk FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_orders
    ADD CONSTRAINT campaign_orders_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_orders
    ADD CONSTRAINT campaign_orders_send_id_fk FOREIGN KEY (organization_id, send_id) REFERENCES public.mailing_sends(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_segments
    ADD CONSTRAINT campaign_segments_campaign_id_fk FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_segments
    ADD CONSTRAINT campaign_segments_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_segments
    ADD CONSTRAINT campaign_segments_segment_id_fk FOREIGN KEY (organization_id, segment_id) REFERENCES public.segments(organization_id, id);

ALTER TABLE ONLY public.campaign_touches
    ADD CONSTRAINT campaign_touches_campaign_id_fk FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_touches
    ADD CONSTRAINT campaign_touches_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_touches
    ADD CONSTRAINT campaign_touches_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_campaign_id_fk FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_template_id_fk FOREIGN KEY (organization_id, template_id) REFERENCES public.templates(organization_id, id);

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_version_fk FOREIGN KEY (organization_id, template_id, version) REFERENCES public.template_versions(organization_id, template_id, version);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_created_by_fk FOREIGN KEY (organization_id, created_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (created_by);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id) ON DELETE SET NULL (inbox_id);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_mailing_id_fk FOREIGN KEY (organization_id, mailing_id) REFERENCES public.mailings(organization_id, id);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_topic_id_fk FOREIGN KEY (organization_id, topic_id) REFERENCES public.topics(organization_id, id) ON DELETE SET NULL (topic_id);

ALTER TABLE public.campaign_orders ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_segments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_touches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_variants ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaigns ENABLE ROW LEVEL SECURITY;

CREATE POLICY organization ON public.campaign_orders TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.campaign_segments TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.campaign_touches TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.campaign_variants TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.campaigns TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_orders TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_segments TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_touches TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_variants TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaigns TO lacasa_app;


-- Of commerce

CREATE TABLE public.carts (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    integration_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint,
    external_id character varying(100) DEFAULT ''::character varying NOT NULL,
    email character varying(320) DEFAULT ''::character varying NOT NULL,
    total_price numeric(14,3) DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    items jsonb DEFAULT '[]'::jsonb NOT NULL,
    url character varying(2000) DEFAULT ''::character varying NOT NULL,
    begun_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    completed_at timestamp with time zone,
    gone_at timestamp with time zone,
    told_at timestamp with time zone
);

ALTER TABLE public.carts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.carts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.integrations (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    platform character varying(20) DEFAULT ''::character varying NOT NULL,
    shop character varying(255) DEFAULT ''::character varying NOT NULL,
    domain character varying(255) DEFAULT NULL::character varying,
    name character varying(80) DEFAULT ''::character varying NOT NULL,
    status character varying(20) DEFAULT 'active'::character varying NOT NULL,
    key character varying(22) DEFAULT ''::character varying NOT NULL,
    credentials text DEFAULT ''::text NOT NULL,
    created_by bigint,
    last_sync_at timestamp with time zone,
    last_delivery_at timestamp with time zone,
    sync_status character varying(20) DEFAULT 'none'::character varying NOT NULL,
    error_message character varying(300) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    connected_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    next_read_at timestamp with time zone,
    failures smallint DEFAULT 0 NOT NULL,
    drift_shop integer,
    drift_here integer,
    drift_at timestamp with time zone,
    webhook_trouble character varying(300) DEFAULT ''::character varying NOT NULL,
    refund_limit numeric(14,3) DEFAULT 0 NOT NULL,
    staff_may_cancel boolean DEFAULT false NOT NULL,
    paused_at timestamp with time zone,
    CONSTRAINT integrations_platform_check CHECK (((platform)::text = ANY ((ARRAY['shopify'::character varying, 'woocommerce'::character varying, 'stripe'::character varying, 'custom'::character varying])::text[]))),
    CONSTRAINT integrations_status_check CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'inactive'::character varying, 'error'::character varying])::text[]))),
    CONSTRAINT integrations_sync_status_check CHECK (((sync_status)::text = ANY ((ARRAY['none'::character varying, 'first'::character varying, 'ready'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.integrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.integrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.order_actions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    order_id bigint DEFAULT 0 NOT NULL,
    conversation_id bigint,
    kind character varying(20) DEFAULT ''::character varying NOT NULL,
    amount numeric(14,3) DEFAULT 0 NOT NULL,
    note character varying(300) DEFAULT ''::character varying NOT NULL,
    key character varying(64) DEFAULT ''::character varying NOT NULL,
    state character varying(20) DEFAULT ''::character varying NOT NULL,
    asked_by bigint,
    decided_by bigint,
    trouble character varying(300) DEFAULT ''::character varying NOT NULL,
    external_id character varying(100) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    attempted_at timestamp with time zone,
    settled_at timestamp with time zone,
    CONSTRAINT order_actions_kind_check CHECK (((kind)::text = ANY ((ARRAY['refund'::character varying, 'cancel'::character varying, 'resend'::character varying])::text[]))),
    CONSTRAINT order_actions_state_check CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'done'::character varying, 'failed'::character varying, 'rejected'::character varying, 'uncertain'::character varying])::text[])))
);

ALTER TABLE public.order_actions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_actions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.order_parts (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    integration_id bigint DEFAULT 0 NOT NULL,
    external_order_id character varying(100) DEFAULT ''::character varying NOT NULL,
    kind character varying(20) DEFAULT ''::character varying NOT NULL,
    external_id character varying(100) DEFAULT ''::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    amount numeric(14,3) DEFAULT 0 NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT order_parts_kind_check CHECK (((kind)::text = ANY ((ARRAY['shipment'::character varying, 'refund'::character varying])::text[])))
);

ALTER TABLE public.order_parts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_parts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    integration_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint,
    external_order_id character varying(100) DEFAULT ''::character varying NOT NULL,
    order_number character varying(60) DEFAULT ''::character varying NOT NULL,
    platform character varying(20) DEFAULT ''::character varying NOT NULL,
    status character varying(20) DEFAULT ''::character varying NOT NULL,
    financial_status character varying(20) DEFAULT ''::character varying NOT NULL,
    fulfillment_status character varying(20) DEFAULT ''::character varying NOT NULL,
    total_price numeric(14,3) DEFAULT 0 NOT NULL,
    refunded numeric(14,3) DEFAULT 0 NOT NULL,
    stated_refund numeric(14,3) DEFAULT NULL::numeric,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    email character varying(320) DEFAULT ''::character varying NOT NULL,
    buyer jsonb DEFAULT '{}'::jsonb NOT NULL,
    items jsonb DEFAULT '[]'::jsonb NOT NULL,
    shipping_address jsonb DEFAULT '{}'::jsonb NOT NULL,
    tracking_number character varying(100) DEFAULT ''::character varying NOT NULL,
    tracking_url character varying(2000) DEFAULT ''::character varying NOT NULL,
    url character varying(2000) DEFAULT ''::character varying NOT NULL,
    cart character varying(100) DEFAULT ''::character varying NOT NULL,
    is_test boolean DEFAULT false NOT NULL,
    order_date timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    told jsonb DEFAULT '[]'::jsonb NOT NULL,
    said jsonb DEFAULT '{}'::jsonb NOT NULL,
    erased_at timestamp with time zone,
    is_read boolean DEFAULT false NOT NULL,
    CONSTRAINT orders_financial_status_check CHECK (((financial_status)::text = ANY ((ARRAY['pending'::character varying, 'authorized'::character varying, 'partially_paid'::character varying, 'paid'::character varying, 'partially_refunded'::character varying, 'refunded'::character varying, 'voided'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT orders_fulfillment_status_check CHECK (((fulfillment_status)::text = ANY ((ARRAY['unfulfilled'::character varying, 'partial'::character varying, 'fulfilled'::character varying])::text[]))),
    CONSTRAINT orders_status_check CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'closed'::character varying, 'cancelled'::character varying])::text[])))
);

ALTER TABLE public.orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shop_customers (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    integration_id bigint DEFAULT 0 NOT NULL,
    external_id character varying(100) DEFAULT ''::character varying NOT NULL,
    contact_id bigint,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.shop_customers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shop_customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shop_invitations (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    platform character varying(20) DEFAULT ''::character varying NOT NULL,
    shop character varying(255) DEFAULT ''::character varying NOT NULL,
    name character varying(80) DEFAULT ''::character varying NOT NULL,
    created_by bigint DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT shop_invitations_platform_check CHECK (((platform)::text = ANY ((ARRAY['shopify'::character varying, 'woocommerce'::character varying])::text[])))
);

ALTER TABLE public.shop_invitations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shop_invitations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shop_readings (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    integration_id bigint DEFAULT 0 NOT NULL,
    resource character varying(20) DEFAULT ''::character varying NOT NULL,
    since timestamp with time zone,
    until timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    cursor character varying(2000) DEFAULT ''::character varying NOT NULL,
    done_until timestamp with time zone,
    read_count integer DEFAULT 0 NOT NULL,
    total integer,
    malformed integer DEFAULT 0 NOT NULL,
    why character varying(300) DEFAULT ''::character varying NOT NULL,
    oldest_at timestamp with time zone,
    CONSTRAINT shop_readings_resource_check CHECK (((resource)::text = ANY ((ARRAY['orders'::character varying, 'carts'::character varying])::text[])))
);

ALTER TABLE public.shop_readings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shop_readings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webhook_deliveries (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    integration_id bigint DEFAULT 0 NOT NULL,
    topic character varying(100) DEFAULT ''::character varying NOT NULL,
    key character varying(120) DEFAULT ''::character varying NOT NULL,
    twin character varying(220) DEFAULT NULL::character varying,
    state character varying(20) DEFAULT 'received'::character varying NOT NULL,
    reason character varying(200) DEFAULT ''::character varying NOT NULL,
    content bytea DEFAULT '\x'::bytea NOT NULL,
    received_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT webhook_deliveries_state_check CHECK (((state)::text = ANY ((ARRAY['received'::character varying, 'processed'::character varying, 'ignored'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.webhook_deliveries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webhook_deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_parts
    ADD CONSTRAINT order_parts_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.order_parts
    ADD CONSTRAINT order_parts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shop_customers
    ADD CONSTRAINT shop_customers_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.shop_customers
    ADD CONSTRAINT shop_customers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shop_invitations
    ADD CONSTRAINT shop_invitations_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.shop_invitations
    ADD CONSTRAINT shop_invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shop_readings
    ADD CONSTRAINT shop_readings_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.shop_readings
    ADD CONSTRAINT shop_readings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id);

CREATE INDEX carts_contact_id ON public.carts USING btree (organization_id, contact_id);

CREATE UNIQUE INDEX carts_external ON public.carts USING btree (organization_id, integration_id, external_id);

CREATE INDEX carts_integration_id ON public.carts USING btree (organization_id, integration_id);

CREATE INDEX integrations_created_by ON public.integrations USING btree (organization_id, created_by);

CREATE UNIQUE INDEX integrations_domain ON public.integrations USING btree (platform, domain) WHERE ((domain IS NOT NULL) AND (credentials <> ''::text));

CREATE INDEX integrations_due ON public.integrations USING btree (next_read_at) WHERE (next_read_at IS NOT NULL);

CREATE UNIQUE INDEX integrations_key ON public.integrations USING btree (key);

CREATE INDEX integrations_of_domain ON public.integrations USING btree (domain, id) WHERE (domain IS NOT NULL);

CREATE UNIQUE INDEX integrations_shop ON public.integrations USING btree (organization_id, platform, shop) WHERE (credentials <> ''::text);

CREATE INDEX order_actions_asked_by ON public.order_actions USING btree (organization_id, asked_by);

CREATE INDEX order_actions_conversation_id ON public.order_actions USING btree (organization_id, conversation_id);

CREATE INDEX order_actions_decided_by ON public.order_actions USING btree (organization_id, decided_by);

CREATE UNIQUE INDEX order_actions_key ON public.order_actions USING btree (organization_id, key);

CREATE INDEX order_actions_order_id ON public.order_actions USING btree (organization_id, order_id);

CREATE INDEX order_actions_waiting ON public.order_actions USING btree (organization_id, order_id) WHERE ((state)::text = 'waiting'::text);

CREATE UNIQUE INDEX order_parts_external ON public.order_parts USING btree (organization_id, integration_id, external_order_id, kind, external_id);

CREATE INDEX order_parts_integration_id ON public.order_parts USING btree (organization_id, integration_id);

CREATE INDEX orders_cancelled ON public.orders USING btree (organization_id, order_date, id) WHERE ((status)::text = 'cancelled'::text);

CREATE INDEX orders_changed ON public.orders USING btree (organization_id, integration_id, changed_at);

CREATE INDEX orders_contact_id ON public.orders USING btree (organization_id, contact_id);

CREATE INDEX orders_email ON public.orders USING btree (organization_id, lower((email)::text) text_pattern_ops);

CREATE UNIQUE INDEX orders_external ON public.orders USING btree (organization_id, integration_id, external_order_id);

CREATE INDEX orders_integration_id ON public.orders USING btree (organization_id, integration_id);

CREATE INDEX orders_number ON public.orders USING btree (organization_id, lower((order_number)::text) text_pattern_ops);

CREATE INDEX orders_of_cart ON public.orders USING btree (organization_id, integration_id, cart) WHERE ((cart)::text <> ''::text);

CREATE INDEX orders_of_contact ON public.orders USING btree (organization_id, contact_id, order_date, id);

CREATE INDEX orders_of_shop ON public.orders USING btree (organization_id, integration_id, order_date, id);

CREATE INDEX orders_page ON public.orders USING btree (organization_id, order_date, id);

CREATE INDEX orders_refunded ON public.orders USING btree (organization_id, order_date, id) WHERE (refunded > (0)::numeric);

CREATE INDEX orders_to_ship ON public.orders USING btree (organization_id, order_date, id) WHERE (((status)::text = 'open'::text) AND ((financial_status)::text = ANY ((ARRAY['paid'::character varying, 'partially_refunded'::character varying])::text[])) AND ((fulfillment_status)::text <> 'fulfilled'::text));

CREATE INDEX orders_unpaid ON public.orders USING btree (organization_id, order_date, id) WHERE (((status)::text <> 'cancelled'::text) AND ((financial_status)::text = ANY ((ARRAY['pending'::character varying, 'authorized'::character varying, 'partially_paid'::character varying, 'failed'::character varying])::text[])));

CREATE INDEX shop_customers_contact_id ON public.shop_customers USING btree (organization_id, contact_id);

CREATE UNIQUE INDEX shop_customers_external ON public.shop_customers USING btree (organization_id, integration_id, external_id);

CREATE INDEX shop_customers_integration_id ON public.shop_customers USING btree (organization_id, integration_id);

CREATE INDEX shop_invitations_created_by ON public.shop_invitations USING btree (organization_id, created_by);

CREATE UNIQUE INDEX shop_invitations_digest ON public.shop_invitations USING btree (digest);

CREATE INDEX shop_readings_integration_id ON public.shop_readings USING btree (organization_id, integration_id);

CREATE UNIQUE INDEX shop_readings_resource ON public.shop_readings USING btree (organization_id, integration_id, resource);

CREATE INDEX webhook_deliveries_integration_id ON public.webhook_deliveries USING btree (organization_id, integration_id);

CREATE UNIQUE INDEX webhook_deliveries_key ON public.webhook_deliveries USING btree (organization_id, integration_id, key);

CREATE INDEX webhook_deliveries_page ON public.webhook_deliveries USING btree (organization_id, integration_id, id);

CREATE INDEX webhook_deliveries_twin ON public.webhook_deliveries USING btree (organization_id, integration_id, twin) WHERE (twin IS NOT NULL);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_integration_id_fk FOREIGN KEY (organization_id, integration_id) REFERENCES public.integrations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_created_by_fk FOREIGN KEY (organization_id, created_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (created_by);

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_asked_by_fk FOREIGN KEY (organization_id, asked_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (asked_by);

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_conversation_id_fk FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE SET NULL (conversation_id);

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_decided_by_fk FOREIGN KEY (organization_id, decided_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (decided_by);

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_order_id_fk FOREIGN KEY (organization_id, order_id) REFERENCES public.orders(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_actions
    ADD CONSTRAINT order_actions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_parts
    ADD CONSTRAINT order_parts_integration_id_fk FOREIGN KEY (organization_id, integration_id) REFERENCES public.integrations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_parts
    ADD CONSTRAINT order_parts_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_integration_id_fk FOREIGN KEY (organization_id, integration_id) REFERENCES public.integrations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shop_customers
    ADD CONSTRAINT shop_customers_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.shop_customers
    ADD CONSTRAINT shop_customers_integration_id_fk FOREIGN KEY (organization_id, integration_id) REFERENCES public.integrations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shop_customers
    ADD CONSTRAINT shop_customers_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shop_invitations
    ADD CONSTRAINT shop_invitations_created_by_fk FOREIGN KEY (organization_id, created_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shop_invitations
    ADD CONSTRAINT shop_invitations_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shop_readings
    ADD CONSTRAINT shop_readings_integration_id_fk FOREIGN KEY (organization_id, integration_id) REFERENCES public.integrations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shop_readings
    ADD CONSTRAINT shop_readings_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_integration_id_fk FOREIGN KEY (organization_id, integration_id) REFERENCES public.integrations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE public.carts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.integrations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.order_actions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.order_parts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;

CREATE POLICY organization ON public.carts TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.integrations TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.order_actions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.order_parts TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.orders TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.shop_customers TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.shop_invitations TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.shop_readings TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.webhook_deliveries TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

ALTER TABLE public.shop_customers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shop_invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shop_readings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.carts TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.integrations TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.order_actions TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.order_parts TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shop_customers TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shop_invitations TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shop_readings TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_deliveries TO lacasa_app;


-- Of workflows

CREATE TABLE public.workflow_effects (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    enrollment_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint,
    step_id character varying(60) DEFAULT ''::character varying NOT NULL,
    kind character varying(60) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT ''::character varying NOT NULL,
    branch character varying(30) DEFAULT ''::character varying NOT NULL,
    detail character varying(500) DEFAULT ''::character varying NOT NULL,
    attempt smallint DEFAULT 1 NOT NULL,
    reached boolean DEFAULT false NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT workflow_effects_status_check CHECK (((status)::text = ANY ((ARRAY['passed'::character varying, 'begun'::character varying, 'again'::character varying, 'done'::character varying, 'skipped'::character varying, 'failed'::character varying, 'uncertain'::character varying])::text[])))
);

ALTER TABLE public.workflow_effects ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_effects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_enrollments (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    workflow_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    contact_id bigint,
    entry_key character varying(200) DEFAULT ''::character varying NOT NULL,
    rotation integer DEFAULT 0 NOT NULL,
    status character varying(10) DEFAULT 'active'::character varying NOT NULL,
    reason character varying(60) DEFAULT ''::character varying NOT NULL,
    detail character varying(500) DEFAULT ''::character varying NOT NULL,
    step_id character varying(60) DEFAULT ''::character varying NOT NULL,
    phase character varying(10) DEFAULT 'arriving'::character varying NOT NULL,
    due_at timestamp with time zone,
    came boolean DEFAULT false NOT NULL,
    skips boolean DEFAULT false NOT NULL,
    note character varying(500) DEFAULT ''::character varying NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    client_id character varying(64) DEFAULT NULL::character varying,
    enrolled_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT workflow_enrollments_ended_check CHECK (((((status)::text = 'active'::text) = ((reason)::text = ''::text)) AND (((status)::text = 'active'::text) = (ended_at IS NULL)))),
    CONSTRAINT workflow_enrollments_phase_check CHECK (((phase)::text = ANY ((ARRAY['arriving'::character varying, 'waiting'::character varying])::text[]))),
    CONSTRAINT workflow_enrollments_status_check CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'completed'::character varying, 'exited'::character varying])::text[])))
);

ALTER TABLE public.workflow_enrollments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_enrollments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_refusals (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    workflow_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    entry_key character varying(200) DEFAULT ''::character varying NOT NULL,
    reason character varying(60) DEFAULT ''::character varying NOT NULL,
    detail character varying(500) DEFAULT ''::character varying NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.workflow_refusals ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_refusals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_tallies (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    workflow_id bigint DEFAULT 0 NOT NULL,
    slot smallint DEFAULT 0 NOT NULL,
    enrolled bigint DEFAULT 0 NOT NULL,
    completed bigint DEFAULT 0 NOT NULL,
    exited bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.workflow_tallies ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_tallies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_uses (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    workflow_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    step_id character varying(60) DEFAULT ''::character varying NOT NULL,
    template_id bigint,
    inbox_id bigint,
    topic_id bigint,
    segment_id bigint
);

ALTER TABLE public.workflow_uses ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_uses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_versions (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    workflow_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    definition jsonb DEFAULT '{}'::jsonb NOT NULL,
    plan jsonb DEFAULT '[]'::jsonb NOT NULL,
    published_by bigint,
    published_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE public.workflow_versions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_waits (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    enrollment_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL,
    event character varying(60) DEFAULT ''::character varying NOT NULL,
    condition jsonb
);

ALTER TABLE public.workflow_waits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_waits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_watch_members (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    segment_id bigint DEFAULT 0 NOT NULL,
    contact_id bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.workflow_watch_members ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_watch_members_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflow_watches (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    segment_id bigint DEFAULT 0 NOT NULL,
    is_on boolean DEFAULT true NOT NULL,
    is_first boolean DEFAULT true NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    spent_ms bigint DEFAULT 0 NOT NULL,
    looked bigint DEFAULT 0 NOT NULL,
    members bigint DEFAULT 0 NOT NULL,
    entered bigint DEFAULT 0 NOT NULL,
    looked_at timestamp with time zone,
    took_ms bigint DEFAULT 0 NOT NULL,
    contact_count bigint DEFAULT 0 NOT NULL,
    member_count bigint DEFAULT 0 NOT NULL,
    entered_count bigint DEFAULT 0 NOT NULL,
    trouble character varying(300) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.workflow_watches ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_watches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workflows (
    id bigint NOT NULL,
    organization_id bigint DEFAULT 0 NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    trigger_type character varying(60) DEFAULT ''::character varying NOT NULL,
    starts_on character varying(60) DEFAULT ''::character varying NOT NULL,
    status character varying(10) DEFAULT 'draft'::character varying NOT NULL,
    is_template boolean DEFAULT false NOT NULL,
    draft jsonb DEFAULT '{}'::jsonb NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    client_id character varying(64) DEFAULT NULL::character varying,
    created_by bigint,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    paused_at timestamp with time zone,
    CONSTRAINT workflows_status_check CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'active'::character varying, 'paused'::character varying])::text[])))
);

ALTER TABLE public.workflows ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflows_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.workflow_effects
    ADD CONSTRAINT workflow_effects_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_effects
    ADD CONSTRAINT workflow_effects_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_effects
    ADD CONSTRAINT workflow_effects_step_key UNIQUE (organization_id, enrollment_id, step_id);

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_run_key UNIQUE (organization_id, workflow_id, contact_id, entry_key, rotation);

ALTER TABLE ONLY public.workflow_refusals
    ADD CONSTRAINT workflow_refusals_contact_key UNIQUE (organization_id, workflow_id, contact_id);

ALTER TABLE ONLY public.workflow_refusals
    ADD CONSTRAINT workflow_refusals_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_refusals
    ADD CONSTRAINT workflow_refusals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_tallies
    ADD CONSTRAINT workflow_tallies_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_tallies
    ADD CONSTRAINT workflow_tallies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_tallies
    ADD CONSTRAINT workflow_tallies_slot_key UNIQUE (organization_id, workflow_id, slot);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_step_key UNIQUE (organization_id, workflow_id, version, step_id);

ALTER TABLE ONLY public.workflow_versions
    ADD CONSTRAINT workflow_versions_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_versions
    ADD CONSTRAINT workflow_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_versions
    ADD CONSTRAINT workflow_versions_version_key UNIQUE (organization_id, workflow_id, version);

ALTER TABLE ONLY public.workflow_waits
    ADD CONSTRAINT workflow_waits_enrollment_key UNIQUE (organization_id, enrollment_id);

ALTER TABLE ONLY public.workflow_waits
    ADD CONSTRAINT workflow_waits_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_waits
    ADD CONSTRAINT workflow_waits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_watch_members
    ADD CONSTRAINT workflow_watch_members_contact_key UNIQUE (organization_id, segment_id, contact_id);

ALTER TABLE ONLY public.workflow_watch_members
    ADD CONSTRAINT workflow_watch_members_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_watch_members
    ADD CONSTRAINT workflow_watch_members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_watches
    ADD CONSTRAINT workflow_watches_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflow_watches
    ADD CONSTRAINT workflow_watches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workflow_watches
    ADD CONSTRAINT workflow_watches_segment_key UNIQUE (organization_id, segment_id);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_organization_id_key UNIQUE (organization_id, id);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_pkey PRIMARY KEY (id);

CREATE INDEX workflow_effects_contact_id ON public.workflow_effects USING btree (organization_id, contact_id);

CREATE INDEX workflow_effects_enrollment_id ON public.workflow_effects USING btree (organization_id, enrollment_id);

CREATE INDEX workflow_effects_reached ON public.workflow_effects USING btree (organization_id, contact_id, at) WHERE reached;

CREATE UNIQUE INDEX workflow_enrollments_client_id ON public.workflow_enrollments USING btree (organization_id, workflow_id, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX workflow_enrollments_contact_id ON public.workflow_enrollments USING btree (organization_id, contact_id);

CREATE INDEX workflow_enrollments_heads ON public.workflow_enrollments USING btree (organization_id, workflow_id, version, step_id) WHERE ((status)::text = 'active'::text);

CREATE INDEX workflow_enrollments_inside ON public.workflow_enrollments USING btree (organization_id, contact_id) WHERE ((status)::text = 'active'::text);

CREATE INDEX workflow_enrollments_page ON public.workflow_enrollments USING btree (organization_id, workflow_id, id);

CREATE INDEX workflow_enrollments_version ON public.workflow_enrollments USING btree (organization_id, workflow_id, version);

CREATE INDEX workflow_enrollments_workflow_id ON public.workflow_enrollments USING btree (organization_id, workflow_id);

CREATE INDEX workflow_refusals_contact_id ON public.workflow_refusals USING btree (organization_id, contact_id);

CREATE INDEX workflow_refusals_workflow_id ON public.workflow_refusals USING btree (organization_id, workflow_id);

CREATE INDEX workflow_tallies_workflow_id ON public.workflow_tallies USING btree (organization_id, workflow_id);

CREATE INDEX workflow_uses_inbox_id ON public.workflow_uses USING btree (organization_id, inbox_id);

CREATE INDEX workflow_uses_segment_id ON public.workflow_uses USING btree (organization_id, segment_id);

CREATE INDEX workflow_uses_template_id ON public.workflow_uses USING btree (organization_id, template_id);

CREATE INDEX workflow_uses_topic_id ON public.workflow_uses USING btree (organization_id, topic_id);

CREATE INDEX workflow_uses_workflow_id ON public.workflow_uses USING btree (organization_id, workflow_id);

CREATE INDEX workflow_versions_published_by ON public.workflow_versions USING btree (organization_id, published_by);

CREATE INDEX workflow_versions_workflow_id ON public.workflow_versions USING btree (organization_id, workflow_id);

CREATE INDEX workflow_waits_contact_id ON public.workflow_waits USING btree (organization_id, contact_id);

CREATE INDEX workflow_waits_enrollment_id ON public.workflow_waits USING btree (organization_id, enrollment_id);

CREATE INDEX workflow_waits_event ON public.workflow_waits USING btree (organization_id, contact_id, event);

CREATE INDEX workflow_watch_members_contact_id ON public.workflow_watch_members USING btree (organization_id, contact_id);

CREATE UNIQUE INDEX workflows_client_id ON public.workflows USING btree (organization_id, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX workflows_created_by ON public.workflows USING btree (organization_id, created_by);

CREATE INDEX workflows_starts_on ON public.workflows USING btree (organization_id, starts_on) WHERE ((status)::text <> 'draft'::text);

ALTER TABLE ONLY public.workflow_effects
    ADD CONSTRAINT workflow_effects_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.workflow_effects
    ADD CONSTRAINT workflow_effects_enrollment_id_fk FOREIGN KEY (organization_id, enrollment_id) REFERENCES public.workflow_enrollments(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_effects
    ADD CONSTRAINT workflow_effects_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_version_fk FOREIGN KEY (organization_id, workflow_id, version) REFERENCES public.workflow_versions(organization_id, workflow_id, version) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_enrollments
    ADD CONSTRAINT workflow_enrollments_workflow_id_fk FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_refusals
    ADD CONSTRAINT workflow_refusals_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_refusals
    ADD CONSTRAINT workflow_refusals_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_refusals
    ADD CONSTRAINT workflow_refusals_workflow_id_fk FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_tallies
    ADD CONSTRAINT workflow_tallies_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_tallies
    ADD CONSTRAINT workflow_tallies_workflow_id_fk FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_inbox_id_fk FOREIGN KEY (organization_id, inbox_id) REFERENCES public.inboxes(organization_id, id);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_segment_id_fk FOREIGN KEY (organization_id, segment_id) REFERENCES public.segments(organization_id, id);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_template_id_fk FOREIGN KEY (organization_id, template_id) REFERENCES public.templates(organization_id, id);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_topic_id_fk FOREIGN KEY (organization_id, topic_id) REFERENCES public.topics(organization_id, id);

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_version_fk FOREIGN KEY (organization_id, workflow_id, version) REFERENCES public.workflow_versions(organization_id, workflow_id, version) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_uses
    ADD CONSTRAINT workflow_uses_workflow_id_fk FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_versions
    ADD CONSTRAINT workflow_versions_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_versions
    ADD CONSTRAINT workflow_versions_published_by_fk FOREIGN KEY (organization_id, published_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (published_by);

ALTER TABLE ONLY public.workflow_versions
    ADD CONSTRAINT workflow_versions_workflow_id_fk FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_waits
    ADD CONSTRAINT workflow_waits_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_waits
    ADD CONSTRAINT workflow_waits_enrollment_id_fk FOREIGN KEY (organization_id, enrollment_id) REFERENCES public.workflow_enrollments(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_waits
    ADD CONSTRAINT workflow_waits_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_watch_members
    ADD CONSTRAINT workflow_watch_members_contact_id_fk FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_watch_members
    ADD CONSTRAINT workflow_watch_members_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_watch_members
    ADD CONSTRAINT workflow_watch_members_segment_id_fk FOREIGN KEY (organization_id, segment_id) REFERENCES public.workflow_watches(organization_id, segment_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_watches
    ADD CONSTRAINT workflow_watches_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_watches
    ADD CONSTRAINT workflow_watches_segment_id_fk FOREIGN KEY (organization_id, segment_id) REFERENCES public.segments(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_created_by_fk FOREIGN KEY (organization_id, created_by) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (created_by);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_organization_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

CREATE POLICY organization ON public.workflow_effects TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_enrollments TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_refusals TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_tallies TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_uses TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_versions TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_waits TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_watch_members TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflow_watches TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

CREATE POLICY organization ON public.workflows TO lacasa_app USING ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)) WITH CHECK ((organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint));

ALTER TABLE public.workflow_effects ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_enrollments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_refusals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_tallies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_uses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_waits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_watch_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_watches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflows ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflow_effects TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflow_enrollments TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflow_refusals TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflow_tallies TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflow_uses TO lacasa_app;

GRANT SELECT,INSERT ON TABLE public.workflow_versions TO lacasa_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workflow_waits TO lacasa_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_watch_members TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflow_watches TO lacasa_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.workflows TO lacasa_app;
