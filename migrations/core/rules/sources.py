"""Whose sources, their files, pages and documents are."""

from migrations.support import belongs, one_of, refers, tenant

ALL = (
    belongs("knowledge_sources")
    + one_of("knowledge_sources", "kind", "file", "website")
    + one_of("knowledge_sources", "audience", "public", "internal")
    + one_of("knowledge_sources", "status", "waiting", "reading", "ready", "stopped", "failed")
    + "ALTER TABLE knowledge_sources ADD CONSTRAINT knowledge_sources_name_key UNIQUE (organization_id, kind, name);"
    + "CREATE INDEX knowledge_sources_due ON knowledge_sources (next_at) WHERE next_at IS NOT NULL;"
    + tenant("knowledge_sources")
    + belongs("source_files")
    + refers("source_files", "source_id", "knowledge_sources")
    + "ALTER TABLE source_files ADD CONSTRAINT source_files_source_key UNIQUE (organization_id, source_id);"
    + tenant("source_files")
    + belongs("source_pages")
    + refers("source_pages", "source_id", "knowledge_sources")
    + one_of("source_pages", "state", "waiting", "read", "same", "skipped", "failed", "gone")
    + "ALTER TABLE source_pages ADD CONSTRAINT source_pages_address_key UNIQUE (organization_id, source_id, address);"
    + "CREATE INDEX source_pages_waiting ON source_pages (organization_id, source_id, run, depth, id) WHERE state = 'waiting';"
    + tenant("source_pages")
    + refers("articles", "source_id", "knowledge_sources")
    + "CREATE UNIQUE INDEX articles_source_key ON articles (organization_id, source_id, source_key) WHERE source_id IS NOT NULL;"
    + "ALTER TABLE articles DROP CONSTRAINT articles_kind_check;"
    + one_of("articles", "kind", "article", "snippet", "document")
)
