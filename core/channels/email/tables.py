"""Rows of the e-mail channel: which inbox has which address, every mail that was ever accepted, and what messages were as mails."""

from piccolo.columns import JSONB, Array, BigInt, Boolean, Bytea, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class EmailInbox(OrganizationTable, tablename="email_inboxes"):
    """One for each inbox of channel `email`. `address` is in lower case, and belongs to one inbox of the whole installation.

    `numbers_subjects`: mail that goes out has the conversation's number in its subject.
    """

    inbox_id = BigInt(null=False)
    address = Varchar(length=254, null=False)
    from_name = Varchar(length=80, null=False, default="")
    numbers_subjects = Boolean(null=False, default=False)


class InboundMail(OrganizationTable, tablename="inbound_mails"):
    """THE ledger of mail that came in: a row is there before its sender is told so, and `content` is what came, byte by byte.

    `recipient` as given, with its tag. `digest` leaves out what stations on the way add, so that the same mail has one.
    `subject`, `sender`: as far as they could be told without understanding the mail; for lists.
    """

    inbox_id = BigInt(null=False)
    way = Varchar(length=4, null=False)
    mail_from = Text(null=False)
    recipient = Text(null=False)
    internet_message_id = Varchar(length=255, null=False)
    digest = Varchar(length=64, null=False)
    size_bytes = Integer(null=False)
    content = Bytea(null=False)
    state = Varchar(length=12, null=False, default="received")
    reason = Varchar(length=40, null=False, default="")
    subject = Varchar(length=300, null=False, default="")
    sender = Varchar(length=300, null=False, default="")
    conversation_id = BigInt(null=True, default=None)
    message_id = BigInt(null=True, default=None)
    attempts = Integer(null=False, default=0)
    received_at = Timestamptz(null=False, default=TimestamptzNow())
    processed_at = Timestamptz(null=True, default=None)


class ContactAddress(OrganizationTable, tablename="contact_addresses"):
    """An address, in lower case, from which mail came, and whose it is. What a visitor only says of himself is not here: it opens nobody's mail."""

    contact_id = BigInt(null=False)
    address = Varchar(length=254, null=False)


class ImageSender(OrganizationTable, tablename="email_image_senders"):
    """An address, in lower case, in whose mails images from elsewhere are loaded without being asked for."""

    address = Varchar(length=254, null=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class MailImage(OrganizationTable, tablename="email_images"):
    """An image from elsewhere, kept for some days. `digest`: of its address. `content_type` empty: it could not be had."""

    digest = Varchar(length=64, null=False)
    content_type = Varchar(length=20, null=False, default="")
    content = Bytea(null=False)
    size_bytes = Integer(null=False, default=0)
    fetched_at = Timestamptz(null=False, default=TimestamptzNow())


class Participant(OrganizationTable, tablename="conversation_participants"):
    """Who takes part in a conversation by mail: wrote in it, or was written to. `address` is in lower case; ours are never among them.

    `is_declared`: it was the one that the contact was said to have. Corrected since, it takes part only if mail of the contact came from there.
    """

    conversation_id = BigInt(null=False)
    address = Varchar(length=254, null=False)
    name = Varchar(length=160, null=False, default="")
    is_declared = Boolean(null=False, default=False)


class MessageMail(OrganizationTable, tablename="message_mails"):
    """What a message was as a mail. `mail_id`: the row of the ledger that it came in, with all its bytes.

    `hidden`: quotation and signature, which the message leaves out. `people`: `{"to": [[name, address], …], "cc": …, "reply_to": …}`.
    `is_verified`: whether our own mail server vouches for the sender's domain; null: nobody is asked (`LACASA_MAIL_AUTHSERV_ID`).
    `related_id`: the conversation that it is about without having been let in, or that is closed.
    """

    conversation_id = BigInt(null=False)
    message_id = BigInt(null=False)
    mail_id = BigInt(null=True, default=None)
    internet_message_id = Varchar(length=255, null=False, default="")
    from_name = Varchar(length=160, null=False, default="")
    from_address = Varchar(length=254, null=False)
    people = JSONB(null=False, default="{}")
    subject = Varchar(length=300, null=False, default="")
    hidden = Text(null=False, default="")
    is_verified = Boolean(null=True, default=None)
    related_id = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class OutboundMail(OrganizationTable, tablename="outbound_mails"):
    """THE ledger of mail that goes out: one row per message, made before anybody tries. `recipients`: of the envelope, as they were tried last.

    `people`: whom it is for, `{"to": [[name, address], …], "cc": …, "bcc": …}`; settled when it is queued. `leaves_at`: nobody tries before, so
    that its writer can take it back (`withdrawn`), which can be done as long as it is `queued`.
    `queued` until its server is about to be given the whole mail; `sending` from there to the server's answer, which is the only time in which
    nobody knows; who finds that its worker died in it makes it `uncertain`, and nothing sends it again by itself.
    `forwards_id`: the message, of the same conversation, that is forwarded to people outside of it, with the files `enclosed` (tokens);
    `message_id` is then the note that says so.
    """

    conversation_id = BigInt(null=False)
    message_id = BigInt(null=False)
    inbox_id = BigInt(null=False)
    internet_message_id = Varchar(length=255, null=False)
    people = JSONB(null=False, default="{}")
    recipients = Array(base_column=Text(), null=False, default=list)
    leaves_at = Timestamptz(null=True, default=None)
    forwards_id = BigInt(null=True, default=None)
    enclosed = Array(base_column=Text(), null=False, default=list)
    state = Varchar(length=10, null=False, default="queued")
    reason = Varchar(length=300, null=False, default="")
    attempts = Integer(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    settled_at = Timestamptz(null=True, default=None)


class MailChoice(OrganizationTable, tablename="mail_choices"):
    """Whom the writer of a reply chose, stored before the reply is: `client_id` is the reply's own. `people` as in `outbound_mails`."""

    user_id = BigInt(null=False)
    conversation_id = BigInt(null=False)
    client_id = Varchar(length=64, null=False)
    people = JSONB(null=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class MailPreference(OrganizationTable, tablename="mail_preferences"):
    """What somebody has set for mail. `undo_s`: so many seconds their mail waits, and can be taken back; without a row it is the usual time."""

    user_id = BigInt(null=False)
    undo_s = SmallInt(null=False)
