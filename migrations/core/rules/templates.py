"""Whose mail templates and their versions are."""

from migrations.support import belongs, refers, tenant

ALL = (
    belongs("templates")
    + "CREATE INDEX templates_changed ON templates (organization_id, updated_at DESC, id DESC);"
    + """
        ALTER TABLE templates ADD CONSTRAINT templates_author_id_fk FOREIGN KEY (organization_id, author_id)
            REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (author_id);
        CREATE INDEX templates_author_id ON templates (organization_id, author_id);
    """
    + tenant("templates")
    + belongs("template_versions")
    + refers("template_versions", "template_id", "templates")
    + "ALTER TABLE template_versions ADD CONSTRAINT template_versions_version_key UNIQUE (organization_id, template_id, version);"
    + tenant("template_versions", rights="SELECT, INSERT, DELETE")
)
