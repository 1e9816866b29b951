"""Rows of uploaded files; the bytes are in the `FileStore`."""

from piccolo.columns import BigInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class File(OrganizationTable, tablename="files"):
    """`token` is its unguessable address. `message_id` null: uploaded, not sent yet; only the uploader may attach it.

    `sha256` empty: still coming in; `size` is then the most that it can be.
    """

    token = Varchar(length=40, null=False, unique=True)
    name = Varchar(length=200, null=False)
    content_type = Varchar(length=120, null=False)
    size = BigInt(null=False)
    sha256 = Varchar(length=64, null=False)
    owner_kind = Varchar(length=10, null=False)
    owner_key = Varchar(length=60, null=False)
    message_id = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
