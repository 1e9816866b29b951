"""What campaigns hear: that nothing of a mailing is left, or it cannot go on; and of orders, where a module that is on announces them.

Of those nothing is known but the names of events: what nobody announces is not listened to.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from core.access import system
from core.errors import NotFound
from core.events.contract import on, type_of
from core.extend import registry
from core.extend.module import Handler
from core.mailing.events import MailingFinished, MailingProgressed, MailingReturned, MailingTouched
from modules.campaigns import keys
from modules.campaigns.actions import counting, crediting, touching, watching


@on(MailingFinished, job_class="bulk")
async def finish(event: MailingFinished) -> None:
    if event.kind == keys.KIND:
        with suppress(NotFound):  # a mailing outlives what it was for
            await watching.watch(system(event.organization_id), event.source_id)


@on(MailingProgressed, job_class="bulk")
async def hold_up(event: MailingProgressed) -> None:
    """As it is now: it may have been resumed since."""
    if event.kind == keys.KIND and event.state == "paused" and event.reason:
        with suppress(NotFound):
            await watching.heed(system(event.organization_id), event.source_id)


@on(MailingTouched, job_class="bulk")
async def remember_touch(event: MailingTouched) -> None:
    if event.kind == keys.KIND:
        actor = system(event.organization_id)
        await touching.remember(actor, event.source_id, event.contact_id, event.touch)
        await counting.expect(actor, event.source_id)


@on(MailingReturned, job_class="bulk")
async def count_returned(event: MailingReturned) -> None:
    if event.kind == keys.KIND:
        await counting.expect(system(event.organization_id), event.source_id)


ALL = (finish, hold_up, remember_touch, count_returned)


async def _paid(event: Any) -> None:
    order = event.order
    if order.contact_id is not None and not order.is_test:
        actor = system(event.organization_id)
        await crediting.credit(actor, order.id, order.contact_id, order.total_price, order.currency, order.order_date)
        await crediting.give_back(actor, order.id, order.refunded)


async def _given_back(event: Any) -> None:
    await crediting.give_back(system(event.organization_id), event.order.id, event.order.refunded)


HEARD: Mapping[str, Callable[[Any], Awaitable[None]]] = {
    "order.paid": _paid,
    "order.refunded": _given_back,
    "order.changed": _given_back,
}


def follows() -> Sequence[Handler]:
    """A handler for each of these events that some module of this process announces."""
    announced = {type_of(event): event for module in registry.modules() for event in module.events}
    return [
        Handler(name=f"modules.campaigns.on_{name.replace('.', '_')}", event=announced[name], function=function, job_class="bulk")
        for name, function in HEARD.items()
        if name in announced
    ]
