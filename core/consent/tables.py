"""Rows of who wants which mail: topics, what was said about them, and addresses that get none whatever was said."""

from piccolo.columns import JSONB, Array, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Topic(OrganizationTable, tablename="topics"):
    """Something that mail is about, and that a person can choose. `kind`: `transactional` mail needs no consent, and stops where somebody turned
    it off. `text` is what people agree to, `text_version` counts its changes. `inbox_id`: the e-mail inbox that asks for confirmations.
    """

    name = Varchar(length=80, null=False)
    description = Varchar(length=500, null=False, default="")
    kind = Varchar(length=14, null=False, default="marketing")
    opt_in = Varchar(length=6, null=False, default="double")
    is_public = Boolean(null=False, default=True)
    text = Text(null=False, default="")
    text_version = Integer(null=False, default=1)
    inbox_id = BigInt(null=True, default=None)
    archived_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class TopicText(OrganizationTable, tablename="topic_texts"):
    """What people agreed to under each version: the proof of a consent needs it when the topic has another text by now."""

    topic_id = BigInt(null=False)
    version = Integer(null=False)
    text = Text(null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class MailAddress(OrganizationTable, tablename="mail_addresses"):
    """An address of which something is known, as `contacts.addresses.normal` gives it; it outlives every contact that has it.

    Empty: the person was forgotten, and only `digest` knows the address again. `nonce`: random, in every link that its owner gets; another one
    makes those of before worthless. `language`: what its owner's browser preferred when he signed up (`de`, or empty). `stops`: reasons of its
    suppressions, in order, as `actions.suppressions` keeps them.
    """

    address = Varchar(length=254, null=False)
    digest = Varchar(length=64, null=False)
    nonce = Varchar(length=32, null=False, default="")
    language = Varchar(length=3, null=False, default="")
    stops = Array(base_column=Text(), null=False, default=list)
    erased_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Consent(OrganizationTable, tablename="consents"):
    """What an address wants of a topic now. `network`: of whoever said so, without its last part. `confirmed_at`: by a link that went there."""

    address_id = BigInt(null=False)
    topic_id = BigInt(null=False)
    state = Varchar(length=12, null=False)
    source = Varchar(length=12, null=False)
    network = Varchar(length=45, null=False, default="")
    text_version = Integer(null=False)
    confirmed_at = Timestamptz(null=True, default=None)
    changed_at = Timestamptz(null=False, default=TimestamptzNow())


class ConsentEntry(OrganizationTable, tablename="consent_entries"):
    """Everything that was ever said about a topic, never changed: the proof. `by_id`: the user, where staff said it; `note`: how they know."""

    address_id = BigInt(null=False)
    topic_id = BigInt(null=False)
    state = Varchar(length=12, null=False)
    source = Varchar(length=12, null=False)
    network = Varchar(length=45, null=False, default="")
    text_version = Integer(null=False)
    by_id = BigInt(null=True, default=None)
    note = Varchar(length=300, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Suppression(OrganizationTable, tablename="suppressions"):
    """A reason why an address gets no mail (`bounced`, `complained`, `manual`), or none that advertises. `evidence`: how it is known."""

    address_id = BigInt(null=False)
    reason = Varchar(length=12, null=False)
    source = Varchar(length=12, null=False)
    evidence = JSONB(null=False, default="{}")
    by_id = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
