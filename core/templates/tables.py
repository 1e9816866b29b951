"""Rows of mail templates and of what they were before."""

from piccolo.columns import JSONB, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Template(OrganizationTable, tablename="templates"):
    """A mail template. `style` and `blocks` are those of `Content`. Whoever uses it refers to it: it is not deleted while a row does."""

    name = Varchar(length=120, null=False)
    subject = Text(null=False, default="")
    preheader = Text(null=False, default="")
    language = Varchar(length=3, null=False, default="")
    style = JSONB(null=False, default="{}")
    blocks = JSONB(null=False, default="[]")
    version = Integer(null=False, default=1)
    author_id = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())


class TemplateVersion(OrganizationTable, tablename="template_versions"):
    """A template as it was saved by `author`. `restored`: the version that it was taken from. `is_kept`: something is mailed by it for good."""

    template_id = BigInt(null=False)
    version = Integer(null=False)
    name = Varchar(length=120, null=False)
    subject = Text(null=False, default="")
    preheader = Text(null=False, default="")
    language = Varchar(length=3, null=False, default="")
    style = JSONB(null=False, default="{}")
    blocks = JSONB(null=False, default="[]")
    author = Text(null=False, default="")
    restored = Integer(null=True, default=None)
    is_kept = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
