"""Saying where an inbox's mail is fetched, trying whether that works, and ending it."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import msgspec

from core.access import ADMINS, Actor, Audience
from core.audit import log as audit
from core.auth import throttle
from core.channels.email import queries as email
from core.channels.email.fetching import leases, queries, session
from core.channels.email.fetching.queries import Stored
from core.channels.email.fetching.session import Door
from core.channels.email.fetching.structs import MailboxInput, MailboxTest, MailboxView, Secrets
from core.channels.email.fetching.troubles import Trouble
from core.database import transaction
from core.errors import Invalid, NotFound
from core.events.log import record
from core.inboxes import queries as inboxes
from core.inboxes.events import InboxSaved

TEST_S = 45.0
TESTS_MAX = 10
TESTS_WINDOW = timedelta(minutes=5)
SAVE = """
INSERT INTO email_mailboxes AS m (organization_id, inbox_id, host, port, security, username, sign_in, token_url, client_id, sealed, folder,
                                  done_folder, start)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (inbox_id) DO UPDATE SET
    host = excluded.host, port = excluded.port, security = excluded.security, username = excluded.username, sign_in = excluded.sign_in,
    token_url = excluded.token_url, client_id = excluded.client_id, sealed = excluded.sealed, folder = excluded.folder,
    done_folder = excluded.done_folder, start = excluded.start, state = 'waiting', error_code = '', error = '', failed_rounds = 0,
    next_at = now(), reader = '', lease_until = NULL
"""
ANEW = """
UPDATE email_mailboxes SET uid_validity = NULL, last_uid = 0, settled_uid = 0, old_until = 0, missed = '{}', began_at = now()
WHERE organization_id = $1 AND inbox_id = $2
"""
RESEAL = "UPDATE email_mailboxes SET sealed = $3 WHERE organization_id = $1 AND inbox_id = $2 AND sealed = $4"
REMOVE = "DELETE FROM email_mailboxes WHERE organization_id = $1 AND inbox_id = $2"


async def save(actor: Actor, inbox_id: int, data: MailboxInput) -> MailboxView:
    """Have an e-mail inbox's mail fetched from now on, or otherwise than before. Admins only; the same again only has it looked at once more.

    Another server, user or folder, and `all` after `new`, begin anew; what came already comes no second time.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
        Invalid: `secret_needed`, `same_folder`, `token_url_needed`.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await email.inbox(actor, inbox_id)
        before = await queries.stored(actor, inbox_id)
        _check(data)
        sealed = leases.sealed(actor, _secrets(actor, data, before))
        await db.execute(
            SAVE, actor.organization_id, inbox_id, data.host, data.port, data.security, data.username, data.sign_in, data.token_url,
            data.client_id, sealed, data.folder, data.done_folder, data.start,
        )  # fmt: skip
        if before is None or _is_another(data, before):
            await db.execute(ANEW, actor.organization_id, inbox_id)
        await _announce(actor, inbox_id, "mailbox.connected", host=data.host, username=data.username)
        return await queries.get(actor, inbox_id)


async def remove(actor: Actor, inbox_id: int) -> None:
    """Fetch no more; what was fetched stays. Admins only.

    Raises:
        NotFound
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        if not await db.execute(REMOVE, actor.organization_id, inbox_id):
            raise NotFound("no mail is fetched for this inbox")
        await _announce(actor, inbox_id, "mailbox.disconnected")


async def test(actor: Actor, inbox_id: int, data: MailboxInput) -> MailboxTest:
    """Connect, sign in and open the folder as `data` says, and tell how it went. Admins only; nothing is fetched, marked or saved.

    Raises:
        NotFound, Invalid: as `save`.
        TooManyRequests: more than ten times in five minutes, all inboxes of the organization together.
    """
    actor.require(*ADMINS)
    await email.inbox(actor, inbox_id)
    before = await queries.stored(actor, inbox_id)
    _check(data)
    secrets = _secrets(actor, data, before)
    await throttle.attempt("mailbox test", str(actor.organization_id), most=TESTS_MAX, window=TESTS_WINDOW)
    door = Door(data.host, data.port, data.security, data.username, data.sign_in, data.token_url, data.client_id, secrets)
    try:
        async with asyncio.timeout(TEST_S), session.entered(door) as inside:
            if inside.granted is not None and inside.granted.refresh_token and before is not None:
                await _keep_secret(actor, inbox_id, before, secrets, inside.granted.refresh_token)
            box = await inside.select(data.folder)
            if box.is_read_only:
                return MailboxTest("read_only", "", box.mails, inside.can_idle)
            return MailboxTest("", "", box.mails, inside.can_idle)
    except Trouble as trouble:
        return MailboxTest(trouble.code, trouble.words)
    except TimeoutError:
        return MailboxTest("slow", "")


def _check(data: MailboxInput) -> None:
    if data.done_folder and data.done_folder.upper() == data.folder.upper():
        raise Invalid("mail cannot be moved to the folder that it is fetched from", code="same_folder")
    if data.sign_in == "oauth2" and not (data.token_url and data.client_id):
        raise Invalid("OAuth needs the address of the token endpoint and the client's id", code="token_url_needed")


def _secrets(actor: Actor, data: MailboxInput, before: Stored | None) -> Secrets:
    """Those that were given, else those that are stored: these follow to no other server, user or token endpoint.

    Raises:
        Invalid: `secret_needed`.
    """
    kept = Secrets()
    if before is not None and _goes_to(before) == _goes_to(data):
        with suppress(Trouble):  # sealed with another secret of the installation: they have to be given anew
            kept = leases.unsealed(actor, before.sealed)
    if data.sign_in == "oauth2":
        found = Secrets(
            client_secret=_given(data.client_secret, kept.client_secret),
            refresh_token=_given(data.refresh_token, kept.refresh_token),
        )
        is_enough = bool(found.refresh_token)
    else:
        found = Secrets(password=_given(data.password, kept.password))
        is_enough = bool(found.password)
    if not is_enough:
        raise Invalid(
            "enter the password, or the refresh token: it is kept for the server and the user that it was given for",
            code="secret_needed",
        )
    return found


def _given(value: str | msgspec.UnsetType, kept: str) -> str:
    return value if isinstance(value, str) else kept


def _goes_to(one: MailboxInput | Stored) -> tuple[str, int, str, str, str, str]:
    return (one.host.lower(), one.port, one.username, one.sign_in, one.token_url, one.client_id)


def _is_another(data: MailboxInput, before: Stored) -> bool:
    is_elsewhere = (data.host.lower(), data.username, data.folder) != (before.host.lower(), before.username, before.folder)
    return is_elsewhere or (data.start, before.start) == ("all", "new")


async def _keep_secret(actor: Actor, inbox_id: int, before: Stored, secrets: Secrets, refresh_token: str) -> None:
    """The token's server gave another refresh token for the stored one."""
    if leases.unsealed(actor, before.sealed) != secrets:
        return
    sealed = leases.sealed(actor, msgspec.structs.replace(secrets, refresh_token=refresh_token))
    async with transaction(actor) as db:
        await db.execute(RESEAL, actor.organization_id, inbox_id, sealed, before.sealed)


async def _announce(actor: Actor, inbox_id: int, action: str, **data: str) -> None:
    saved = await inboxes.get(actor, inbox_id)
    await audit.note(actor, action, subject=saved.name, **data)
    event = InboxSaved(organization_id=actor.organization_id, inbox_id=inbox_id, name=saved.name, by=actor.ref)
    await record(event, Audience())
