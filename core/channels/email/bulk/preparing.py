"""From mails that were claimed to mails that can be handed over: their source says what each one gets, templates and values make it."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import msgspec

from core.access import Actor
from core.channels.email import names, sending
from core.channels.email.bulk import line
from core.channels.email.bulk.framing import Envelope, Frame
from core.channels.email.dkim import queries as dkim
from core.channels.email.dkim.queries import Key
from core.channels.email.servers.reaching import Server, Trouble
from core.consent import links
from core.consent.links import Owner
from core.database import read
from core.errors import Invalid, NotFound
from core.extend import registry
from core.extend.mailing import Addressee, Later, Never, Post
from core.extend.merging import Recipient, Values
from core.mailing import names as mailing_names
from core.mailing.structs import Claimed, Deferred, MailingView, Outcome
from core.mailing.tracking import links as tracked
from core.templates import queries as templates
from core.templates import values
from core.templates.blocks import Content
from core.templates.compiling import Compiled, compiled
from core.templates.drawing import PREFERENCES, UNSUBSCRIBE
from core.templates.sheets import Tracking

AT_ONCE = 3
"""Mails that are made before others have the loop."""
KNOWN_S = 20.0
"""So long what is known of an inbox holds: its server, its key, its name."""
LATER_LEAST_S = 1.0
LETTERS_MAX = 1_000_000
"""Of a mail: values that are long where a template names them often would make a hundred megabytes of it."""
INBOX = "SELECT address, from_name FROM email_inboxes WHERE organization_id = $1 AND inbox_id = $2"
OWNERS = "SELECT id, nonce FROM mail_addresses WHERE organization_id = $1 AND id = ANY ($2::bigint[])"


class Halt(Exception):
    """Nothing of the mailing can go before a person mends what `reason` (a code) says; `said`: a server's words, or what is wrong in ours."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.said = said


class Sender(NamedTuple):
    """An inbox that mail goes out from, with all that each mail needs of it."""

    inbox_id: int
    address: str
    server: Server
    key: Key | None
    frame: Frame
    known_at: float


class Ready(NamedTuple):
    """A mail that can be handed over: `stuffed` is how it travels."""

    mail: Claimed
    sender: Sender
    stuffed: bytes

    @property
    def domain(self) -> str:
        return self.mail.address.rpartition("@")[2]


class Made(NamedTuple):
    """What a mail is made of. `subject`: in place of the template's."""

    template: Compiled
    subject: Compiled | None


class Prepared(NamedTuple):
    """What becomes of a batch: `ready` to go, `settled` without a server being asked, `deferred`."""

    ready: list[Ready]
    settled: list[Outcome]
    deferred: list[Deferred]


class Preparer:
    """Of one mailing."""

    def __init__(self, actor: Actor, mailing: MailingView) -> None:
        self._actor = actor
        self._mailing = mailing
        self._senders: dict[int, Sender] = {}
        source = registry.mail_sources().get(mailing.kind)
        if source is None:
            raise Halt("no_source")
        self._letters = source.letters

    async def prepared(self, claimed: Sequence[Claimed]) -> Prepared:
        """Raises:
        Halt: what all of them need is not there.
        """
        actor = self._actor
        addressees = [Addressee(one.id, one.contact_id, one.entry) for one in claimed]
        answers = await self._letters(actor, self._mailing.source_id, addressees)
        found = Prepared([], [], [])
        going: list[tuple[Claimed, Post]] = []
        for one, answer in zip(claimed, answers, strict=True):
            if isinstance(answer, Later):
                found.deferred.append(Deferred(one.id, one.attempt, answer.reason, max(LATER_LEAST_S, answer.wait_s)))
            elif isinstance(answer, Never):
                found.settled.append(Outcome(one.id, one.attempt, "skipped", answer.reason))
            else:
                going.append((one, answer))
        if going:
            await self._make(going, found)
        return found

    async def _make(self, going: Sequence[tuple[Claimed, Post]], found: Prepared) -> None:
        drawn = {key: await self._compiled(*key) for key in {(post.template_id, post.version) for _, post in going}}
        subjects = {post.subject: _subject(post.subject) for _, post in going if post.subject}
        names_of = frozenset().union(*(one.names for one in (*drawn.values(), *subjects.values())))
        recipients = [Recipient(one.contact_id, post.about) for one, post in going]
        known = await values.of(self._actor, names_of, recipients)
        owners = await self._owners([one.address_id for one, _ in going])
        made: list[tuple[Ready, bytes]] = []
        for number, ((one, post), loaded) in enumerate(zip(going, known, strict=True)):
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
            sender = await self.sender(post.inbox_id)
            owner = owners.get(one.address_id)
            if owner is None:  # it was deleted since it was claimed
                found.settled.append(Outcome(one.id, one.attempt, "skipped", "no_address"))
                continue
            made_of = Made(drawn[post.template_id, post.version], subjects.get(post.subject))
            raw = self._raw(sender, one, post, made_of, loaded, owner)
            if raw is None:
                found.settled.append(Outcome(one.id, one.attempt, "skipped", "too_large"))
                continue
            made.append((Ready(one, sender, b""), raw))
        found.ready.extend(await asyncio.to_thread(_signed, made) if any(one.sender.key for one, _ in made) else _signed(made))

    def _raw(self, sender: Sender, one: Claimed, post: Post, made: Made, loaded: Values, owner: Owner) -> bytes | None:
        """None: what its values make of it is no mail any more."""
        organization_id = self._actor.organization_id
        stop = links.unsubscribe(owner, self._mailing.topic_id)
        own = {UNSUBSCRIBE: stop, PREFERENCES: links.preferences(owner)}
        tracking = _tracking(organization_id, one.id) if post.is_tracked else None
        known = {**loaded, **post.values, **own}
        mail = made.template.mail(known, tracking)
        if made.subject is not None:
            mail = msgspec.structs.replace(mail, subject=made.subject.mail(known).subject)
        if len(mail.html) + len(mail.text) > LETTERS_MAX:
            return None
        envelope = Envelope(
            to=one.address,
            reply_to=names.tagged_for_send(sender.address, organization_id, one.id),
            message_id=mailing_names.message_id(organization_id, one.id, sender.address.rpartition("@")[2]),
            stop=stop if self._mailing.mail_kind == "marketing" or self._mailing.topic_id is not None else "",
        )
        return sender.frame.filled(mail, envelope)

    async def _compiled(self, template_id: int, version: int) -> Compiled:
        try:
            return await templates.ready(self._actor, template_id, version)
        except NotFound:
            raise Halt("no_template") from None
        except Invalid as error:
            raise Halt("faulty_template", str(error)) from None

    async def _owners(self, address_ids: list[int]) -> dict[int, Owner]:
        async with read(self._actor) as db:
            rows = await db.fetch_rows(OWNERS, self._actor.organization_id, address_ids)
        return {address_id: Owner(self._actor.organization_id, address_id, nonce) for address_id, nonce in rows}

    async def sender(self, inbox_id: int) -> Sender:
        """Raises:
        Halt: there is no such e-mail inbox, no server that sends for it, or its key cannot be opened.
        """
        known = self._senders.get(inbox_id)
        if known is not None and time.monotonic() - known.known_at < KNOWN_S:
            return known
        async with read(self._actor) as db:
            rows = await db.fetch_rows(INBOX, self._actor.organization_id, inbox_id)
        if not rows:
            raise Halt("no_mail_inbox")
        [(address, from_name)] = rows
        server = await sending.server_of(self._actor, inbox_id, address)
        if isinstance(server, str):
            raise Halt(server)
        try:
            key = await dkim.key_in_use(self._actor, address)
        except Trouble as trouble:
            raise Halt(trouble.code) from None
        frame = Frame(from_name or address, address, is_bulk=self._mailing.mail_kind == "marketing")
        found = self._senders[inbox_id] = Sender(inbox_id, address, server, key, frame, time.monotonic())
        return found


def _subject(words: str) -> Compiled:
    """A line with tags, of which only the subject matters.

    Raises:
        Halt: a tag in it is none.
    """
    try:
        return compiled(Content(words), registry.merge_fields())
    except Invalid as error:
        raise Halt("faulty_subject", str(error)) from None


def _signed(made: Sequence[tuple[Ready, bytes]]) -> list[Ready]:
    return list(_each_signed(made))


def _each_signed(made: Sequence[tuple[Ready, bytes]]) -> Iterator[Ready]:
    for one, raw in made:
        key = one.sender.key
        yield one._replace(stuffed=line.stuffed(raw if key is None else dkim.signed_by(key, raw)))


def _tracking(organization_id: int, send_id: int) -> Tracking:
    def link(url: str) -> str:
        target = in_ascii(url)
        return tracked.click(organization_id, send_id, target) if tracked.is_target(target) else url

    return Tracking(link, tracked.pixel(organization_id, send_id))


def in_ascii(url: str) -> str:
    """An address of the web as a browser asks for it: what is no ASCII is percent-encoded, but in the name of the server."""
    if url.isascii():
        return url
    try:
        parts = urlsplit(url)
    except ValueError:  # an address of IPv6 that is none: it stays as it is
        return url
    return url if not parts.netloc.isascii() else quote(url, safe="".join(map(chr, range(0x21, 0x7F))))


def by_domain(mails: Sequence[Ready]) -> Mapping[str, list[Ready]]:
    found: dict[str, list[Ready]] = {}
    for one in mails:
        found.setdefault(one.domain, []).append(one)
    return found
