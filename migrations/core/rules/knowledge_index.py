"""The language of articles; which model an organization's passages are searched by; what indexes outside have copies of."""

from migrations.support import belongs, refers, tenant

ALL = (
    belongs("knowledge_models")
    + "ALTER TABLE knowledge_models ADD CONSTRAINT knowledge_models_key UNIQUE (organization_id, index_name);"
    + tenant("knowledge_models")
    + belongs("indexed_passages")
    + refers("indexed_passages", "passage_id", "passages")
    + "ALTER TABLE indexed_passages ADD CONSTRAINT indexed_passages_key UNIQUE (organization_id, index_name, model, passage_id);"
    + tenant("indexed_passages")
    + "CREATE INDEX passages_language ON passages (organization_id, language) WHERE language <> '';"
    + "DROP FUNCTION IF EXISTS search_passages(text, text[], int);"
)
