"""Whom a mail of ours is for: what is proposed, which the composer shows and the mail then has, and what its writer chose in its place."""

from collections.abc import Iterable

import msgspec

from core.access import STAFF, Actor
from core.channels.email import people
from core.channels.email.parsing import Address
from core.channels.email.servers import queries as servers
from core.channels.email.structs import ChosenView, ForwardInput, PersonView, RecipientsInput, RecipientsView
from core.conversations import queries as conversations
from core.database import Unit, read, transaction
from core.errors import Forbidden, Invalid
from core.messages.structs import MessageView

RECIPIENTS_MAX = 100
NEWEST = 2**63 - 1
"""Above the id of every message."""

LAST = """
SELECT from_name, from_address, people, is_verified FROM message_mails
WHERE organization_id = $1 AND conversation_id = $2 AND message_id < $3 ORDER BY id DESC LIMIT 1
"""
CONTACT = """
SELECT trim(k.first_name || ' ' || k.last_name), coalesce(k.email, '') FROM conversations c
JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.contact_id WHERE c.organization_id = $1 AND c.id = $2
"""
CHOSEN = "SELECT people FROM mail_choices WHERE organization_id = $1 AND user_id = $2 AND conversation_id = $3 AND client_id = $4"
CHOOSE = """
INSERT INTO mail_choices (organization_id, user_id, conversation_id, client_id, people) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, user_id, conversation_id, client_id) DO UPDATE SET people = excluded.people
"""
FORGET = "DELETE FROM mail_choices WHERE organization_id = $1 AND user_id = $2 AND created_at < now() - interval '30 days'"
"""Of whoever chooses now: what became a mail stands there, and what never did is not wanted any more."""
BEGUN = """
SELECT EXISTS (SELECT FROM message_mails WHERE organization_id = $1 AND conversation_id = $2)
    OR EXISTS (SELECT FROM outbound_mails WHERE organization_id = $1 AND conversation_id = $2 AND state <> 'withdrawn'
               AND forwards_id IS NULL)
"""

Person = tuple[str, str]
"""Name and address."""


class Envelope(msgspec.Struct, frozen=True):
    """Whom a mail is for. As JSON it is what `people` of `outbound_mails` and `mail_choices` holds."""

    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (*self.to, *self.cc, *self.bcc)

    @property
    def addresses(self) -> list[str]:
        return list(dict.fromkeys(address for _, address in self.everybody))[:RECIPIENTS_MAX]

    def at(self, known: str) -> list[Address]:
        """Whoever of them has this address, as it is compared."""
        return [Address(*one) for one in self.everybody if people.key(one[1]) == known]

    @property
    def view(self) -> ChosenView:
        return ChosenView(views(self.to), views(self.cc), views(self.bcc))


class _Last(msgspec.Struct, frozen=True):
    """The mail that is answered: who wrote it, where it asks for answers (Reply-To), and whom it was for, us left out."""

    writer: Person
    reply_to: tuple[Person, ...]
    others: tuple[Person, ...]
    is_verified: bool | None

    def answers_to(self, *, by_machine: bool) -> tuple[Person, ...]:
        """Whoever writes under somebody's address may name one of his own in Reply-To. A machine follows that only where our mail server vouches
        for the sender; people, who see it, also where no server is asked: contact forms name their visitor there."""
        heeds = self.is_verified if by_machine else self.is_verified is not False
        return self.reply_to if heeds and self.reply_to else (self.writer,)


async def of(db: Unit, organization_id: int, message: MessageView) -> Envelope:
    """Whom a message of ours is for: whom its writer chose, else what is proposed for it."""
    chosen = await choice(db, organization_id, message)
    return chosen or await proposed(db, organization_id, message.conversation_id, message.id, alone=message.sender_type == "ai")


async def choice(db: Unit, organization_id: int, message: MessageView) -> Envelope | None:
    """Whom the writer of a message chose, if they did."""
    found = await db.fetch_rows(CHOSEN, organization_id, message.sender_id, message.conversation_id, message.client_id)
    return stored(found[0][0]) if found else None


def stored(column: object) -> Envelope:
    """What a column `people` holds; what an earlier release took for an address is left out."""
    held = msgspec.convert(column, Envelope)
    return Envelope(*(tuple(one for one in group if people.key(one[1])) for group in (held.to, held.cc, held.bcc)))


async def proposed(db: Unit, organization_id: int, conversation_id: int, before: int = NEWEST, *, alone: bool = False) -> Envelope:
    """Who wrote last, and whoever that mail was for besides us; without a mail, the contact.

    `before`: the message that answers; what came later is not answered by it. `alone`: nobody but who wrote (where no person answers: RFC 3834).
    """
    return await _proposal(
        db, organization_id, conversation_id, await _last(db, organization_id, conversation_id, before), alone=alone
    )


async def _proposal(db: Unit, organization_id: int, conversation_id: int, last: _Last | None, *, alone: bool = False) -> Envelope:
    if last is None:
        found = await db.fetch_rows(CONTACT, organization_id, conversation_id)
        return Envelope(to=tuple((name, address) for name, address in found if people.key(address)))
    to = tuple(one for one in last.answers_to(by_machine=alone) if people.key(one[1]))
    if alone:
        return Envelope(to=to)
    taken = {people.key(address) for _, address in (*to, last.writer)}
    return Envelope(to=to, cc=tuple(one for one in last.others if people.key(one[1]) not in taken))


async def _last(db: Unit, organization_id: int, conversation_id: int, before: int) -> _Last | None:
    found = await db.fetch_rows(LAST, organization_id, conversation_id, before)
    if not found:
        return None
    name, address, groups, is_verified = found[0]
    ours = await people.our_addresses(db, organization_id)
    slips = await people.slips(db, organization_id, conversation_id)
    met = [*groups.get("to", []), *groups.get("cc", [])]
    others = [(called, one) for called, one in met if not people.is_one_of(one, ours) and people.key(one) not in slips]
    reply_to = _once((called, one) for called, one in groups.get("reply_to", []) if people.key(one) not in slips)
    return _Last((name, address), reply_to, _once(others), is_verified)


def _once(those: Iterable[Person]) -> tuple[Person, ...]:
    """Everybody who has an address, each address once."""
    found: dict[str, Person] = {}
    for name, address in those:
        if people.key(address):
            found.setdefault(people.key(address), (name, address))
    return tuple(found.values())


async def view(actor: Actor, conversation_id: int) -> RecipientsView:
    """Whom a reply that is written now would go to.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        conversation = await conversations.get(actor, conversation_id)
        last = await _last(db, actor.organization_id, conversation_id, NEWEST)
        envelope = await _proposal(db, actor.organization_id, conversation_id, last)
        begun = await db.fetch_value(BEGUN, actor.organization_id, conversation_id)
        address = await people.address_of(db, actor.organization_id, conversation.inbox_id)
        can_send = address is not None and await servers.can_send(actor, conversation.inbox_id, address)
    met = () if last is None else (last.writer, *last.reply_to, *last.others)
    asked = () if last is None else tuple(one for one in last.reply_to if people.key(one[1]) != people.key(last.writer[1]))
    return RecipientsView(
        to=views(envelope.to),
        cc=views(envelope.cc),
        last=views(_once(met)),
        subject=conversation.subject,
        is_first=not begun,
        reply_to=views(asked),
        can_send=can_send,
    )


async def choose(actor: Actor, conversation_id: int, data: RecipientsInput) -> None:
    """Whom the reply is for that the actor sends next under `client_id`. The same again changes nothing, nor does anything once it is queued.

    Raises:
        NotFound: the conversation is not visible to the actor.
        Invalid: `too_many_recipients`; or `own_address`: one of them is ours, which answers would go round.
    """
    actor.require(*STAFF)
    if actor.user_id is None:
        raise Forbidden("only people choose whom a reply is for")
    async with transaction(actor) as db:
        await conversations.get(actor, conversation_id)
        wanted = await checked(db, actor, data)
        await db.execute(FORGET, actor.organization_id, actor.user_id)
        await db.execute(CHOOSE, actor.organization_id, actor.user_id, conversation_id, data.client_id, wanted)
        declared = await people.declared(db, actor.organization_id, conversation_id)
        await people.join(db, actor.organization_id, conversation_id, wanted.at(declared), is_declared=True)


async def checked(db: Unit, actor: Actor, data: RecipientsInput | ForwardInput) -> Envelope:
    """Whom somebody wants to write to, each address once.

    Raises:
        Invalid: `too_many_recipients`; or `own_address`: one of them is ours, which answers would go round.
    """
    groups = [_once((one.name, one.address) for one in group) for group in (data.to, data.cc, data.bcc)]
    taken: set[str] = set()
    for number, group in enumerate(groups):
        groups[number] = tuple(one for one in group if people.key(one[1]) not in taken)
        taken |= {people.key(address) for _, address in group}
    if len(taken) > RECIPIENTS_MAX:
        raise Invalid(f"a mail is for {RECIPIENTS_MAX} people at most", code="too_many_recipients")
    ours = await people.our_addresses(db, actor.organization_id)
    if any(people.is_one_of(address, ours) for address in taken):
        raise Invalid("one of these addresses is ours", code="own_address")
    return Envelope(*groups)


def views(those: tuple[Person, ...]) -> list[PersonView]:
    return [PersonView(name, address) for name, address in those]
