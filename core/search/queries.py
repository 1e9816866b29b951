"""Search through what was written: messages, notes and subjects, under the access predicate.

Row-level security would keep PostgreSQL from the text indexes, so the search is a function that runs as the owner and filters by the
organization of its transaction, and by the same rule as lists. Every word must stand in one message (or in the subject), or begin a word
there.
"""

import re

from core.access import RULE_IN_ROUTINE, RULE_PARAMETERS, Actor, rule_arguments
from core.conversations.listing import COLUMNS, WIDTH
from core.conversations.structs import ConversationView
from core.database import placeholders, read
from core.search.structs import FoundConversation, FoundConversations

TYPED_MAX = 300
HITS_MAX = 5000
"""Of the messages with the words, so many of the newest are looked at."""
EXCERPT = 160
BEFORE = 40
"""Characters of an excerpt, and how many of them stand before the first word that was looked for."""
WORD = re.compile(r"\w+")

TENANT = "nullif(current_setting('app.organization_id', true), '')::bigint"

ROUTINES = f"""
CREATE OR REPLACE FUNCTION search_conversations(typed text, most int, {RULE_PARAMETERS})
RETURNS TABLE (conversation_id bigint, message_id bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH query AS MATERIALIZED (
        SELECT wanted && quote_literal('@' || {TENANT})::tsquery AS words FROM every_word(typed) AS wanted WHERE numnode(wanted) > 0
    ), hits AS MATERIALIZED (
        SELECT m.conversation_id, m.id FROM messages m, query
        WHERE m.organization_id = {TENANT} AND message_words(m.organization_id, m.content) @@ query.words
        ORDER BY m.id DESC LIMIT {HITS_MAX}
    ), found AS (
        SELECT h.conversation_id, max(h.id) AS message_id FROM hits h GROUP BY 1
        UNION ALL
        SELECT s.conversation_id, NULL FROM conversation_subjects s, query WHERE s.organization_id = {TENANT} AND s.words @@ query.words
    )
    SELECT c.id, max(f.message_id) FROM found f JOIN conversations c ON c.organization_id = {TENANT} AND c.id = f.conversation_id
    WHERE {RULE_IN_ROUTINE} GROUP BY c.id, c.last_activity_at ORDER BY c.last_activity_at DESC, c.id DESC LIMIT least(most, 100)
$$;
REVOKE ALL ON FUNCTION search_conversations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_conversations TO lacasa_app;
"""


async def conversations(actor: Actor, typed: str, limit: int) -> FoundConversations:
    """Conversations in which all the words stand, last active first."""
    held = [typed[:TYPED_MAX], limit, *rule_arguments(actor)]
    sql = f"""
        SELECT m.seq, coalesce(m.is_internal, false), coalesce(m.content, c.subject), {COLUMNS}
        FROM search_conversations({placeholders(held, 2)}) WITH ORDINALITY AS f (conversation_id, message_id, place)
        JOIN conversations c ON c.organization_id = $1 AND c.id = f.conversation_id
        LEFT JOIN messages m ON m.organization_id = $1 AND m.id = f.message_id ORDER BY f.place
    """
    async with read(actor) as db:
        rows = [tuple(row) for row in await db.fetch_rows(sql, actor.organization_id, *held)]
    return FoundConversations(
        [FoundConversation(ConversationView(*row[3 : 3 + WIDTH]), row[0], row[1], excerpt(row[2], typed)) for row in rows]
    )


def excerpt(text: str, typed: str) -> str:
    """A line of the text around the first of the words, with an ellipsis where it is cut."""
    line = " ".join(text.split())
    words = tuple(word.lower() for word in WORD.findall(typed))
    first = next((found.start() for found in WORD.finditer(line) if found.group().lower().startswith(words)), 0) if words else 0
    start = max(0, first - BEFORE)
    if start > 0:
        start = line.find(" ", start, first) + 1 or first
    cut = line[start : start + EXCERPT]
    if start + EXCERPT < len(line):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return f"… {cut}" if start else cut
