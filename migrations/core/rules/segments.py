"""Whose segments are, what they name, who is on lists; and contacts by their addresses, for row-level security disables the index of those.

What names a segment keeps it: such a reference is NO ACTION, which waits for the end of the statement, so that an organization can go as a whole.
"""

from migrations.support import belongs, one_of, refers, tenant

ALL = (
    belongs("segments")
    + one_of("segments", "kind", "dynamic", "static")
    + """
        ALTER TABLE segments ADD CONSTRAINT segments_tree_check CHECK ((kind = 'dynamic') = (tree IS NOT NULL));
        ALTER TABLE segments ADD CONSTRAINT segments_created_by_fk FOREIGN KEY (organization_id, created_by)
            REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (created_by);
        CREATE INDEX segments_created_by ON segments (organization_id, created_by);
        CREATE UNIQUE INDEX segments_name ON segments (organization_id, lower(name));
    """
    + tenant("segments")
    + belongs("segment_parts")
    + """
        ALTER TABLE segment_parts ADD CONSTRAINT segment_parts_segment_id_fk FOREIGN KEY (organization_id, segment_id)
            REFERENCES segments (organization_id, id) ON DELETE CASCADE;
        ALTER TABLE segment_parts ADD CONSTRAINT segment_parts_key UNIQUE (organization_id, segment_id, part_id);
    """
    + refers("segment_parts", "part_id", "segments", on_delete="NO ACTION")
    + tenant("segment_parts")
    + belongs("segment_members")
    + """
        ALTER TABLE segment_members ADD CONSTRAINT segment_members_segment_id_fk FOREIGN KEY (organization_id, segment_id)
            REFERENCES segments (organization_id, id) ON DELETE CASCADE;
        ALTER TABLE segment_members ADD CONSTRAINT segment_members_key UNIQUE (organization_id, segment_id, contact_id);
    """
    + refers("segment_members", "contact_id", "contacts")
    + tenant("segment_members")
)
