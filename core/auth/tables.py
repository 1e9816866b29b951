"""Rows of sessions and of counted attempts. The role `lacasa_app` has no access to either."""

from piccolo.columns import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import LacasaTable


class Session(LacasaTable, tablename="sessions"):
    """A sign-in. The cookie names it; revoking the row ends it at once, sockets included."""

    user_id = BigInt(null=False)
    organization_id = BigInt(null=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    last_seen_at = Timestamptz(null=False, default=TimestamptzNow())
    expires_at = Timestamptz(null=False)
    revoked_at = Timestamptz(null=True, default=None)
    user_agent = Text(null=False, default="")
    address = Varchar(length=64, null=False, default="")


class Throttle(LacasaTable, tablename="throttles"):
    """Attempts counted per key since `window_start`; `key` is a hash, so no address or email stands here."""

    key = Varchar(length=64, null=False)
    window_start = Timestamptz(null=False)
    attempts = Integer(null=False, default=0)
