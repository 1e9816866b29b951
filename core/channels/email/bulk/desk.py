"""Where what becomes of mails is written down, in batches: right before a server gets them, and afterwards."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from core.access import Actor
from core.channels.email.bulk import fates, rates
from core.channels.email.bulk.line import Result
from core.channels.email.bulk.preparing import Halt, Ready
from core.channels.email.returned.reasons import reason_of
from core.channels.email.returned.structs import HARD
from core.consent.actions import suppressions
from core.consent.actions.suppressions import Found
from core.database import transaction
from core.errors import Unavailable
from core.mailing import names as mailing_names
from core.mailing.actions import claims
from core.mailing.structs import Claimed, Deferred, Outcome

BATCH = 200
TRIES, TRY_S = 30, 0.5
STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}\Z")
ALL_REFUSED = 50
"""So many refused for good, and nobody else taken: it is the inbox or the mail, and not they."""


class Desk:
    """Of one run of a mailing. `hand`: mails that each inbox may send still, of those granted to this run."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._outcomes: list[Outcome] = []
        self._deferred: list[Deferred] = []
        self._held: dict[tuple[int, int], Claimed] = {}
        self._unused: set[int] = set()
        """Mails that counted in the plan, and that no server took."""
        self._refused: dict[int, dict[str, str]] = {}
        self._accepted: dict[int, set[str]] = {}
        self._dead: dict[str, dict[str, str]] = {}
        """Addresses at which there is nobody, as their server says, and how that is known."""
        self.watched: dict[int, frozenset[str]] = {}
        self.slow: set[tuple[int, str]] = set()
        """Domains, by inbox, that want no more for now."""
        self.hand: Counter[int] = Counter()
        self.out = 0
        """Mails that are on their way to a server, or about to be."""
        self._noted = asyncio.Event()
        self.sent = 0
        self.settled = 0
        self._refusals = 0

    async def mark(self, mails: Sequence[Claimed]) -> set[int]:
        """Which of these may be handed over, from now on for a minute, or as long as `renew` is called: from here on they count in the plan."""
        async with transaction(self._actor) as db:
            allowed = await rates.use(db, self._actor, len(mails))
            going = await claims.hand_over(self._actor, mails[:allowed])
            await rates.unuse(db, self._actor, allowed - len(going))
        self._unused -= going
        self._held |= {(mail.id, mail.attempt): mail for mail in mails if mail.id in going}
        return going

    async def renew(self) -> None:
        """Those that are marked and of which nothing is known yet are still ours: a server may think for minutes."""
        if self._held:
            await claims.renew(self._actor, list(self._held.values()))

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        self._outcomes += outcomes

    def defer(self, deferred: Sequence[Deferred]) -> None:
        self._deferred += deferred

    def reserve(self, inbox_id: int, count: int) -> None:
        """So many of those in hand are on their way; less than none: they are in hand again."""
        self.hand[inbox_id] -= count
        self.out += count
        self._noted.set()

    def put_off(self, ready: Ready, reason: str, wait_s: float) -> None:
        """A mail that no server was asked to take."""
        if self._held.pop((ready.mail.id, ready.mail.attempt), None) is not None:
            self._unused.add(ready.mail.id)
        self.out -= 1
        self._noted.set()
        self.hand[ready.sender.inbox_id] += 1
        self._deferred.append(Deferred(ready.mail.id, ready.mail.attempt, reason, wait_s))

    def note(self, ready: Ready, result: Result) -> None:
        """What a server said to a mail.

        Raises:
            Halt: it says the same to all.
        """
        mail, fate, inbox_id = ready.mail, result.fate, ready.sender.inbox_id
        self._held.pop((mail.id, mail.attempt), None)
        self.out -= 1
        self._noted.set()
        if fate.blamed == "domain":
            self.slow.add((inbox_id, ready.domain))
            self._refused.setdefault(inbox_id, {})[ready.domain] = result.said
        elif fate.how == "sent" and (watched := self.watched.get(inbox_id)):
            self._accepted.setdefault(inbox_id, set()).update(watched & {rates.SERVER, ready.domain})
        if fate.how in {"sent", "uncertain"}:
            self.sent += fate.how == "sent"
            self._refusals = 0
        else:
            self.hand[inbox_id] += 1
            self._unused.add(mail.id)
        if fate.how == "later":
            self._outcomes.append(Outcome(mail.id, mail.attempt, "queued", fate.reason, result.said, fates.wait_s(mail.attempt)))
        elif fate.how != "not_tried":
            said = "" if fate.how == "sent" else result.said
            self._outcomes.append(Outcome(mail.id, mail.attempt, fate.how, fate.reason, said))
        if fate.how == "failed":
            if is_dead(result.said):
                self._dead[ready.mail.address] = _evidence(self._actor, ready, result.said)
            self._refusals += 1
            if self._refusals >= ALL_REFUSED and not self.sent:
                raise Halt("all_refused", result.said)

    async def news(self) -> None:
        """Wait until something has become of one more mail."""
        self._noted.clear()
        await self._noted.wait()

    @property
    def is_full(self) -> bool:
        return len(self._outcomes) + len(self._deferred) >= BATCH

    async def flush(self) -> bool:
        """Write down what has become of mails. False: PostgreSQL is away, and it is kept for the next time."""
        outcomes, self._outcomes = self._outcomes, []
        deferred, self._deferred = self._deferred, []
        try:
            if outcomes:
                await self._end(lambda: claims.finish(self._actor, outcomes))
                self.settled += len(outcomes)
                outcomes = []
            if deferred:
                await self._end(lambda: claims.defer(self._actor, deferred))
                deferred = []
            await self._learn()
            await self._remember_dead()
        except BaseException as error:  # also where whoever flushes is cancelled: settling twice changes nothing
            self._outcomes += outcomes
            self._deferred += deferred
            if isinstance(error, Unavailable):
                return False
            raise
        return True

    async def _end(self, write: Callable[[], Awaitable[set[int]]]) -> None:
        """What ends there as no server's counts in the plan no more, once."""
        async with transaction(self._actor) as db:
            ended = await write()
            await rates.unuse(db, self._actor, len(ended & self._unused))
        self._unused -= ended

    async def _learn(self) -> None:
        refused, self._refused = self._refused, {}
        accepted, self._accepted = self._accepted, {}
        for inbox_id in {*refused, *accepted}:
            told = refused.get(inbox_id, {})
            await rates.learn(self._actor, inbox_id, told, accepted.get(inbox_id, set()) - told.keys())

    async def _remember_dead(self) -> None:
        """No mail goes to these any more. A server that takes nobody at all may be wrong about everybody, and is not believed."""
        while self.sent and self._dead:
            address = next(iter(self._dead))
            await suppressions.found(self._actor, address, Found("bounced", "report", self._dead[address]))
            del self._dead[address]

    async def close(self) -> None:
        """After the last mail: the rest is written down, also where PostgreSQL has to come back first, and what was granted and not used goes back.

        Raises:
            Unavailable: it has not come back; what it was not told of is uncertain.
        """
        for _ in range(TRIES):
            if await self.flush():
                break
            await asyncio.sleep(TRY_S)
        else:
            raise Unavailable("what became of some mails could not be written down")
        for inbox_id, count in self.hand.items():
            await rates.give_back(self._actor, inbox_id, count)
        self.hand.clear()


def is_dead(said: str) -> bool:
    """Whether a refusal for good says that nobody is there, and not that this mail is not wanted."""
    reply, _, words = said.partition(" ")
    status = words.partition(" ")[0]
    return reason_of(said, status if STATUS.match(status) else "", reply) in HARD


def _evidence(actor: Actor, ready: Ready, said: str) -> dict[str, str]:
    domain = ready.sender.address.rpartition("@")[2]
    return {"message_id": mailing_names.message_id(actor.organization_id, ready.mail.id, domain), "said": said}
