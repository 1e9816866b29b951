"""Rows of contacts and of the browsers they write from."""

from decimal import Decimal

from piccolo.columns import JSONB, Array, BigInt, Integer, Numeric, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Contact(OrganizationTable, tablename="contacts"):
    """A customer, known or not yet. Names and address are what was declared, verified by nobody unless `external_id` says so.

    `declared`: which of `email`, `first_name` and `last_name` are as a visitor typed them, and nobody else has said or shown since.
    `complained_address`: in lower case, from where somebody called our mail spam; whoever has it is `unsubscribed`, another address is not.
    """

    email = Varchar(length=254, null=True, default=None)
    first_name = Varchar(length=80, null=False, default="")
    last_name = Varchar(length=80, null=False, default="")
    phone = Varchar(length=40, null=True, default=None)
    tags = Array(base_column=Text(), null=False, default=list)
    custom_fields = JSONB(null=False, default="{}")
    subscription_status = Varchar(length=12, null=False, default="subscribed")
    complained_address = Varchar(length=254, null=False, default="")
    source = Varchar(length=40, null=False, default="")
    external_id = Varchar(length=200, null=True, default=None)
    declared = Array(base_column=Text(), null=False, default=list)
    last_order_date = Timestamptz(null=True, default=None)
    total_order_value = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    order_count = Integer(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Visitor(OrganizationTable, tablename="visitors"):
    """A browser that wrote in one inbox; `nonce` is the random half of its signed token, `language` what it prefers (`de`, or empty)."""

    inbox_id = BigInt(null=False)
    contact_id = BigInt(null=False)
    nonce = Varchar(length=40, null=False)
    language = Varchar(length=3, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    last_seen_at = Timestamptz(null=False, default=TimestamptzNow())
    revoked_at = Timestamptz(null=True, default=None)
