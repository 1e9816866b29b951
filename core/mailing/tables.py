"""Rows of mail to many: what is mailed, THE ledger of who gets it and what becomes of each, and what was opened and clicked."""

from piccolo.columns import BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Mailing(OrganizationTable, tablename="mailings"):
    """What is mailed, on behalf of a module's `source_id` of `kind`. `topic_id`: what it is about; without one, `mail_kind` says how it is judged.

    `released_at`: since when whoever sends for all may send it; null: its owner sends it. `finished_at`: since when nothing of it is left.
    `inbox_id`: whose mail it was last. `pause_reason`: why it was paused by itself; empty: a person did. `per_minute`: its pace at `paced_at`.
    """

    kind = Varchar(length=20, null=False)
    source_id = BigInt(null=False)
    topic_id = BigInt(null=True, default=None)
    mail_kind = Varchar(length=14, null=False)
    state = Varchar(length=8, null=False, default="active")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    released_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    inbox_id = BigInt(null=True, default=None)
    pause_reason = Varchar(length=40, null=False, default="")
    pause_detail = Varchar(length=300, null=False, default="")
    per_minute = Integer(null=False, default=0)
    paced_at = Timestamptz(null=True, default=None)


class MailingSend(OrganizationTable, tablename="mailing_sends"):
    """One mail to one person, there before anybody tries, once for each contact (and `entry`, where one gets several of a mailing).

    `contact_id` refers to nobody, for what was sent outlives a contact; 0: there is none. `queued` until a worker claims it; `sending` from there,
    until `claimed_until`; its server may have it from `handed_at` on. Whoever's worker ended before that is `queued` again, after it is
    `uncertain`, and nothing sends it again by itself. `attempt` is the fencing token; `deferrals` of them were none, for nobody was asked.
    `reason`: a code; `detail`: what the server said.
    """

    mailing_id = BigInt(null=False)
    contact_id = BigInt(null=False, default=0)
    entry = Varchar(length=64, null=False, default="")
    address_id = BigInt(null=True, default=None)
    state = Varchar(length=9, null=False, default="queued")
    reason = Varchar(length=40, null=False, default="")
    detail = Varchar(length=300, null=False, default="")
    attempt = Integer(null=False, default=0)
    due_at = Timestamptz(null=False, default=TimestamptzNow())
    claimed_until = Timestamptz(null=True, default=None)
    handed_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    settled_at = Timestamptz(null=True, default=None)
    deferrals = Integer(null=False, default=0)


class MailingTouch(OrganizationTable, tablename="mailing_touches"):
    """Somebody or something opened a mail, or followed the link to `url`: never dropped, but labelled, by the rules numbered `rules`.

    `agent`: what kind of program asked; `network`: from where, without the last part; `after_s`: seconds since the server took the mail.
    `is_burst`: one of many links that were tried at once. `times`: with those that were too many to have rows of their own.
    """

    send_id = BigInt(null=False)
    touch = Varchar(length=5, null=False)
    url = Varchar(length=2000, null=False, default="")
    method = Varchar(length=4, null=False)
    agent = Varchar(length=16, null=False)
    network = Varchar(length=45, null=False, default="")
    after_s = Integer(null=True, default=None)
    is_burst = Boolean(null=False, default=False)
    label = Varchar(length=8, null=False)
    rules = Integer(null=False)
    times = Integer(null=False, default=1)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
