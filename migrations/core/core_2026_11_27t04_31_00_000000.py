"""Images from elsewhere that were fetched, and whose are always loaded; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Bytea, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-27T04:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "images from elsewhere"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW = {"default": TimestamptzNow()}


def text(name: str, length: int) -> Column:
    return (name, Varchar, {"length": length, "default": ""})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("ImageSender", "email_image_senders"): [*OWN, text("address", 254), ("created_at", Timestamptz, NOW)],
    ("MailImage", "email_images"): [
        *OWN, text("digest", 64), text("content_type", 20), ("content", Bytea, {"default": b""}), ("size_bytes", Integer, {"default": 0}),
        ("fetched_at", Timestamptz, NOW),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
