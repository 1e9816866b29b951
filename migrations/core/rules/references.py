"""Who belongs to whom, what values are allowed, and the indexes that lists and foreign keys need."""

from migrations.support import belongs, one_of, refers

OWNED = ("memberships", "teams", "team_members", "inboxes", "inbox_members", "contacts", "visitors", "conversations",
         "timeline_entries", "read_marks", "messages", "files", "articles", "passages", "audit_log")  # fmt: skip

MEMBERS = """
CREATE UNIQUE INDEX users_email ON users (lower(email));
ALTER TABLE organizations ADD CONSTRAINT organizations_owner_fk FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE SET NULL;
CREATE INDEX organizations_owner ON organizations (owner_id);
ALTER TABLE organizations ADD CONSTRAINT organizations_threshold_check CHECK (ai_threshold BETWEEN 0 AND 1);
ALTER TABLE memberships ADD CONSTRAINT memberships_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
CREATE INDEX memberships_user ON memberships (user_id);
ALTER TABLE memberships ADD CONSTRAINT memberships_member_key UNIQUE (organization_id, user_id);
ALTER TABLE sessions ADD CONSTRAINT sessions_member_fk FOREIGN KEY (organization_id, user_id)
    REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_member ON sessions (organization_id, user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
"""


def _member(table: str, column: str, on_delete: str) -> str:
    """`column` names a user who is a member of the row's organization."""
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_fk FOREIGN KEY (organization_id, {column})
            REFERENCES memberships (organization_id, user_id) ON DELETE {on_delete};
        CREATE INDEX {table}_{column} ON {table} (organization_id, {column});
    """


def _once(table: str, *columns: str) -> str:
    named = ", ".join(columns)
    return f"ALTER TABLE {table} ADD CONSTRAINT {table}_{columns[-1]}_key UNIQUE (organization_id, {named});"


REFERENCES = (
    refers("team_members", "team_id", "teams")
    + _member("team_members", "user_id", "CASCADE")
    + _once("team_members", "team_id", "user_id")
    + refers("inbox_members", "inbox_id", "inboxes")
    + _member("inbox_members", "user_id", "CASCADE")
    + _once("inbox_members", "inbox_id", "user_id")
    + refers("visitors", "inbox_id", "inboxes")
    + refers("visitors", "contact_id", "contacts")
    + _once("visitors", "nonce")
    + refers("conversations", "inbox_id", "inboxes", on_delete="RESTRICT")
    + refers("conversations", "contact_id", "contacts", on_delete="SET NULL")
    + refers("conversations", "team_id", "teams", on_delete="SET NULL")
    + _member("conversations", "assignee_id", "SET NULL (assignee_id)")
    + _once("conversations", "number")
    + refers("timeline_entries", "conversation_id", "conversations")
    + refers("read_marks", "conversation_id", "conversations")
    + _member("read_marks", "user_id", "CASCADE")
    + _once("read_marks", "conversation_id", "user_id")
    + refers("messages", "conversation_id", "conversations")
    + _once("messages", "conversation_id", "seq")
    + refers("files", "message_id", "messages", on_delete="SET NULL")
    + _member("articles", "author_id", "SET NULL (author_id)")
    + _once("articles", "slug")
    + refers("passages", "article_id", "articles")
    + _once("passages", "article_id", "ordinal")
)

CHECKS = (
    one_of("organizations", "subscription_plan", "free", "starter", "growth", "pro", "enterprise")
    + one_of("organizations", "subscription_status", "active", "trialing", "past_due", "canceled")
    + one_of("memberships", "role", "admin", "user", "agent")
    + one_of("inboxes", "channel", "email", "chat", "social", "phone", "web", "api")
    + one_of("inboxes", "access", "everyone", "members")
    + one_of("contacts", "subscription_status", "subscribed", "unsubscribed", "bounced")
    + one_of("conversations", "channel", "email", "chat", "social", "phone", "web", "api")
    + one_of("conversations", "status", "open", "pending", "resolved", "closed")
    + one_of("conversations", "priority", "low", "medium", "high", "urgent")
    + one_of("conversations", "handler", "ai", "human")
    + one_of("messages", "sender_type", "user", "contact", "ai")
    + one_of("files", "owner_kind", "user", "visitor")
    + one_of("articles", "kind", "article", "snippet")
    + one_of("articles", "audience", "public", "internal")
    + one_of("articles", "status", "draft", "published")
    + one_of("passages", "audience", "public", "internal")
    + """
ALTER TABLE messages ADD CONSTRAINT messages_note_check CHECK (NOT (is_internal AND sender_type = 'contact'));
ALTER TABLE messages ADD CONSTRAINT messages_seq_check CHECK (seq > 0);
ALTER TABLE read_marks ADD CONSTRAINT read_marks_seq_check CHECK (seq >= 0);
"""
)

LISTS = """
ALTER TABLE conversations SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX conversations_listed ON conversations (organization_id, status, last_activity_at DESC, id DESC);
CREATE INDEX conversations_assigned ON conversations (organization_id, assignee_id, status, last_activity_at DESC, id DESC);
CREATE INDEX conversations_open ON conversations (organization_id, inbox_id, status) WHERE status IN ('open', 'pending');
CREATE INDEX conversations_waiting ON conversations (organization_id, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE UNIQUE INDEX conversations_client_id ON conversations (organization_id, contact_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX messages_client_id ON messages (organization_id, conversation_id, sender_type, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX timeline_entries_shown ON timeline_entries (organization_id, conversation_id, after_seq, id);
CREATE INDEX contacts_email ON contacts (organization_id, lower(email) text_pattern_ops);
CREATE INDEX contacts_listed ON contacts (organization_id, id DESC);
CREATE UNIQUE INDEX contacts_external_id ON contacts (organization_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX articles_listed ON articles (organization_id, status, updated_at DESC, id DESC);
CREATE INDEX audit_log_shown ON audit_log (organization_id, id DESC);
"""

ALL = "".join(belongs(table) for table in OWNED) + MEMBERS + REFERENCES + CHECKS + LISTS
