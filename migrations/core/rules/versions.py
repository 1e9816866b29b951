"""Whose versions of articles are; categories are counted."""

from migrations.support import belongs, one_of, refers, tenant

ALL = (
    belongs("article_versions")
    + refers("article_versions", "article_id", "articles")
    + "ALTER TABLE article_versions ADD CONSTRAINT article_versions_version_key UNIQUE (organization_id, article_id, version);"
    + one_of("article_versions", "kind", "article", "snippet")
    + one_of("article_versions", "audience", "public", "internal")
    + one_of("article_versions", "status", "draft", "published")
    + tenant("article_versions", rights="SELECT, INSERT, DELETE")
    + "CREATE INDEX articles_category ON articles (organization_id, category) WHERE category <> '';"
)
