"""Where what becomes of mails is written down, in batches: right before a server gets them, and afterwards."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from core.access import Actor
from core.channels.email.bulk import fates, rates
from core.channels.email.bulk.line import Result
from core.channels.email.bulk.preparing import Halt, Ready
from core.errors import Unavailable
from core.mailing.actions import claims
from core.mailing.structs import Claimed, Deferred, Outcome

BATCH = 200
TRIES, TRY_S = 30, 0.5
ALL_REFUSED = 50
"""So many refused for good, and nobody else taken: it is the inbox or the mail, and not they."""


class Desk:
    """Of one run of a mailing. `hand`: mails that each inbox may send still, of those granted to this run."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._outcomes: list[Outcome] = []
        self._deferred: list[Deferred] = []
        self._refused: dict[int, dict[str, str]] = {}
        self._accepted: dict[int, set[str]] = {}
        self._asked: list[tuple[Sequence[Claimed], asyncio.Future[set[int]]]] = []
        self._marking: asyncio.Task[None] | None = None
        self.watched: dict[int, frozenset[str]] = {}
        self.slow: set[tuple[int, str]] = set()
        """Domains, by inbox, that want no more for now."""
        self.hand: Counter[int] = Counter()
        self.out = 0
        """Mails that are on their way to a server."""
        self._noted = asyncio.Event()
        self.sent = 0
        self.settled = 0
        self._refusals = 0

    async def mark(self, mails: Sequence[Claimed]) -> set[int]:
        """Which of these may be handed over. Whoever asks while others are being marked is marked together with all who do."""
        future: asyncio.Future[set[int]] = asyncio.get_running_loop().create_future()
        self._asked.append((mails, future))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.create_task(self._mark_all())
        return await future

    async def _mark_all(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                going = await claims.hand_over(self._actor, [one for mails, _ in asked for one in mails])
            except Exception as error:  # whatever it is, those who asked hear of it
                for _, future in asked:
                    if not future.done():
                        future.set_exception(error)
                continue
            for mails, future in asked:
                if not future.done():
                    future.set_result({one.id for one in mails} & going)

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        self._outcomes += outcomes

    def defer(self, deferred: Sequence[Deferred]) -> None:
        self._deferred += deferred

    def put_off(self, ready: Ready, reason: str, wait_s: float) -> None:
        """A mail that no server was asked to take."""
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
        if fate.how == "later":
            self._outcomes.append(Outcome(mail.id, mail.attempt, "queued", fate.reason, result.said, fates.wait_s(mail.attempt)))
        elif fate.how != "not_tried":
            said = "" if fate.how == "sent" else result.said
            self._outcomes.append(Outcome(mail.id, mail.attempt, fate.how, fate.reason, said))
        if fate.how == "failed":
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
                await claims.finish(self._actor, outcomes)
                self.settled += len(outcomes)
                outcomes = []
            await claims.defer(self._actor, deferred)
            deferred = []
            await self._learn()
        except BaseException as error:  # also where whoever flushes is cancelled: settling twice changes nothing
            self._outcomes += outcomes
            self._deferred += deferred
            if isinstance(error, Unavailable):
                return False
            raise
        return True

    async def _learn(self) -> None:
        refused, self._refused = self._refused, {}
        accepted, self._accepted = self._accepted, {}
        for inbox_id in {*refused, *accepted}:
            told = refused.get(inbox_id, {})
            await rates.learn(self._actor, inbox_id, told, accepted.get(inbox_id, set()) - told.keys())

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
