"""THE door for mail: whichever way it came, it is stored with its envelope and its job, committed, and only then acknowledged.

One stored routine, one round trip. The same mail for the same inbox again is acknowledged again, and nothing is added.
"""

import asyncio
from typing import Literal

import msgspec

from core.access import system
from core.channels.email import jobs
from core.channels.email.gateway import addresses, errors, fingerprint
from core.database import call
from core.events import wake
from core.tenancy import routine

Way = Literal["pipe", "lmtp", "smtp", "http", "imap"]
ENVELOPE_MAX = 1000
"""Letters of an envelope's address that are kept."""
ASIDE = 256 * 1024
"""Bytes from which on looking through a mail is left to a thread."""

ROUTINES = routine(
    "accept_mail",
    "p_inbox bigint, p_address text, p_way text, p_mail_from text, p_recipient text, p_message_id text, p_digest text, "
    "p_subject text, p_sender text, p_raw bytea",
    "bigint",
    f"""
    IF NOT EXISTS (SELECT FROM email_inboxes WHERE organization_id = p_tenant AND inbox_id = p_inbox AND address = p_address) THEN
        RETURN NULL;
    END IF;
    INSERT INTO inbound_mails (organization_id, inbox_id, way, mail_from, recipient, internet_message_id, digest,
                               subject, sender, size_bytes, content)
    VALUES (p_tenant, p_inbox, p_way, p_mail_from, p_recipient, p_message_id, p_digest,
            p_subject, p_sender, length(p_raw), p_raw)
    ON CONFLICT (inbox_id, internet_message_id, digest) DO NOTHING RETURNING id INTO v_answer;
    IF v_answer IS NULL THEN
        SELECT -id INTO v_answer FROM inbound_mails
        WHERE organization_id = p_tenant AND inbox_id = p_inbox AND internet_message_id = p_message_id AND digest = p_digest;
        RETURN v_answer;
    END IF;
    INSERT INTO jobs (organization_id, class, name, arguments, key, run_at, max_attempts)
    VALUES (p_tenant, '{jobs.understand.job_class}', '{jobs.understand.name}',
            jsonb_build_object('organization_id', p_tenant, 'mail_id', v_answer), 'mail:' || v_answer, clock_timestamp(),
            {jobs.understand.max_attempts})
    ON CONFLICT (organization_id, key) WHERE status < 2 AND key IS NOT NULL DO NOTHING;
    """,
)
"""Answers the mail's id, negative where it was there before; NULL where the inbox has another address by now."""


class Accepted(msgspec.Struct, frozen=True):
    """`known`: the same mail was accepted before."""

    mail_id: int
    known: bool


async def accept(way: Way, mail_from: str, recipient: str, raw: bytes, *, inbox: addresses.Inbox | None = None) -> Accepted:
    """Keep a mail for the inbox that `recipient` names, or for `inbox`; `mail_from` is empty for mail from nobody (bounces).

    Whoever holds `raw` has taken a `room.Share` for it.

    Raises:
        NotFound: `unknown_recipient`.
        TooLarge: `too_large`.
        Unavailable: nothing was kept (or it is unknown whether: then the same mail again is settled as known).
    """
    if len(raw) > errors.limit_bytes():
        raise errors.too_large()
    told = fingerprint.of(raw) if len(raw) < ASIDE else await asyncio.to_thread(fingerprint.of, raw)
    stored = None
    for afresh in (False, True):
        its = inbox or await addresses.find(recipient, afresh=afresh)
        stored = await _store(its, way, mail_from, recipient, told, raw)
        if stored is not None:
            break
    if stored is None:
        raise errors.unknown()
    if stored > 0:
        await wake.jobs(jobs.understand.job_class)
    return Accepted(abs(stored), known=stored < 0)


async def _store(
    inbox: addresses.Inbox, way: Way, mail_from: str, recipient: str, told: fingerprint.Fingerprint, raw: bytes
) -> int | None:
    envelope = (inbox.address, way, kept(mail_from), kept(recipient))
    with errors.honest():
        stored: int | None = await call(
            system(inbox.organization_id), "accept_mail", inbox.inbox_id, *envelope,
            told.internet_message_id, told.digest, told.subject, told.sender, raw,
        )  # fmt: skip
    return stored


def kept(address: str) -> str:
    """As much of an envelope's address as is kept."""
    return "".join(letter for letter in address[:ENVELOPE_MAX] if letter.isprintable())
