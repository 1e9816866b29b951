"""Indexes of uploads: what a visitor has uploaded today, and what nobody sent."""

INDEXES = """
CREATE INDEX files_uploaded ON files (organization_id, created_at) INCLUDE (owner_kind, owner_key, size);
CREATE INDEX files_unsent ON files (created_at) WHERE message_id IS NULL;
"""
