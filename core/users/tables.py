"""Rows of staff accounts. They belong to no organization; memberships connect the two."""

from piccolo.columns import Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import LacasaTable


class User(LacasaTable, tablename="users"):
    """`open_id` is `issuer|subject`, null for users with a password; emails are unique without regard to case."""

    open_id = Varchar(length=300, null=True, default=None, unique=True)
    name = Varchar(length=120, null=False)
    email = Varchar(length=254, null=False)
    password_hash = Varchar(length=300, null=True, default=None, secret=True)
    last_signed_in = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
