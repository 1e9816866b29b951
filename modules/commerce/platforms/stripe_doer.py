"""What is done with a charge at Stripe, which knows the key of each request for a day and does nothing twice."""

from modules.commerce.facts import Fact
from modules.commerce.platforms import reading, stripe
from modules.commerce.platforms.asking import Asking
from modules.commerce.platforms.doer import Doer, Wanted
from modules.commerce.platforms.stripe_reader import moment


async def do(asking: Asking, wanted: Wanted) -> str:
    form = {
        "charge": wanted.order_id,
        "amount": str(stripe.coins(wanted.amount, wanted.currency)),
        "metadata[note]": wanted.mark[:500],
    }
    answered = await asking.ask("POST", "/refunds", data=form, headers={"idempotency-key": f"lacasa-{wanted.key}"})
    return reading.name(reading.mapping(answered.body, "the refund").get("id"), "the refund")


async def find(asking: Asking, wanted: Wanted) -> str | None:
    """Nobody needs to look: asking again is the way to find out."""
    del asking, wanted
    return None


async def look(asking: Asking, order_id: str) -> list[Fact]:
    answered = await asking.ask("GET", f"/charges/{order_id}")
    return stripe.charge({"data": {"object": answered.body}, "created": moment(answered)})


DOER = Doer(frozenset({"refund"}), repeats=True, do=do, find=find, look=look)
