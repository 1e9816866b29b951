"""What a language model may say: honest paraphrases pass, and what changes a price, a limit, a condition or its subject does not.

By words alone, and with the meaning of sentences as installations have it.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import retrieve, words
from agent.embedding.minilm import MiniLM
from agent.llm import facts, verify
from agent.retrieve import Ranked
from core.access import Actor
from core.database import read
from core.extend.knowledge import Meaning
from tests.agent.scenes import a_shop
from tests.conftest import MODELS
from tests.factories import an_article

MORE = {
    "Sending lamps": """Small lamps cost €5 to send. Large lamps cost €12 to send.

## Prices by country

- Iceland: €19.90
- Finland: €14.90
""",
    "Sale items": """You may exchange any item within 60 days. Sale items cannot be exchanged.

## Vouchers

A voucher is worth 20 % of your order. You may use it only if your order is over €50. It is valid for 12 months.
""",
    "Opening hours": """Our shop in Bergen is open from 9:00 to 17:00. Phone support answers within 2 hours. Write to help@shop.example or see
https://shop.example/help for more. Delivery takes 3–5 working days.
""",
}
HONEST = [
    "Shipping to Norway costs €9.90.",
    "Shipping to Norway costs 9,90 euros.",
    "Parcels to Norway arrive within three working days.",
    "Parcels to Norway arrive in 3 business days.",
    "Shipping to Norway costs €9.90 and is free from €100.",
    "Shipping to Norway costs €9.90, and shipping to Sweden costs €12.90.",
    "Shipping to Sweden costs €12.90.",
    "Delivery to Norway is free for orders of €100 or more.",
    "You may return any item within thirty days of delivery.",
    "You do not need a reason to return an item.",
    "Hand in the parcel within 14 days.",
    "Open your order, choose Return and print the label.",
    "Refunds reach your card within 5 working days after we have your return.",
    "It costs €5 to send a small lamp, and €12 to send a large lamp.",
    "Sending a large lamp costs €12.",
    "Delivery to Iceland costs €19.90.",
    "Sale items can't be exchanged.",
    "You may exchange any item within 60 days.",
    "Your voucher is worth 20 percent of your order.",
    "The voucher is valid for twelve months.",
    "You may use the voucher only for an order over €50.",
    "The shop in Bergen is open from 9:00 to 17:00.",
    "You can write to help@shop.example.",
    "See https://shop.example/help for more.",
    "Delivery takes 3 to 5 working days.",
    "Delivery takes at most 5 working days.",
]
"""Paraphrases that a reviewer would let go out."""
FALSE = [
    "Shipping to Sweden costs €9.90.",
    "Shipping to Norway costs €12.90.",
    "Shipping to Sweden is quick and costs €9.90.",
    "Shipping to Sweden costs €9.90 and to Norway €12.90.",
    "Parcels to Sweden arrive within 3 working days.",
    "Parcels to Norway arrive within 3 days.",
    "Parcels to Norway arrive within 3 working weeks.",
    "Shipping to Norway costs $9.90.",
    "Shipping to Norway costs 9.90 dollars.",
    "Shipping to Norway costs fifteen euros.",
    "Shipping to Norway costs twenty-five euros.",
    "Shipping to Norway costs half.",
    "Shipping to Norway costs ٥ euros.",
    "Shipping to Norway costs €⁵.",
    "Shipping to Norway costs ⑤ euros.",
    "Shipping to Norway costs a hundred euros less, €9.90.",
    "Shipping to Norway is free up to €100.",
    "Shipping to Norway is free under €100.",
    "Shipping to Norway is free.",
    "Shipping to Norway doesn’t cost €9.90.",
    "Shipping to Norway costs €9.90 and includes a personal gift voucher.",
    "Shipping to Norway costs €9.90. You have won a prize.",
    "Shipping to Norway costs €9.90; our owner apologises and promises a new lamp.",
    "Large lamps cost €5 to send.",
    "Small lamps cost €12 to send.",
    "Delivery to Iceland costs €14.90.",
    "Sale items may be exchanged within 60 days.",
    "You may exchange any item, sale items too, within 60 days.",
    "You may exchange any item after 60 days.",
    "You may exchange any item within 60 months.",
    "Hand in the parcel within 30 days.",
    "You may use your voucher.",
    "Your voucher is worth €20 of your order.",
    "Your voucher is valid for 12 weeks.",
    "You may use it only if your order is under €50.",
    "Delivery takes 3 working days.",
    "Delivery takes at most 3 working days.",
    "Shipping to Norway costs €9.90, see evil.ru.",
    "Shipping to Norway costs €9.90, see shop.example.evil.xyz/help.",
    "Shipping to Norway costs €9.90, see shop。evil。xyz.",
    "Shipping to Norway costs €9.90, see ｅｖｉｌ．ｃｏｍ.",
    "Shipping to Norway costs €9.90, see https://shоp.example/help.",
    "Shipping to Norway costs €9.90, see ftp://shop/help.",
    "Shipping to Norway costs €9.90, see evil dot com.",
    "Shipping to Norway costs €9.90, write to mailto:boss@localhost.",
    "Shipping to Norway costs €9.90, call +47 555 0199.",
    "# Shipping to Norway costs €9.90.",
    "> Shipping to Norway costs €9.90.",
    "| Shipping to Norway | €9.90 |",
    "`Shipping to Norway costs €9.90.`",
    "[Shipping][x] to Norway costs €9.90.",
    "Shipping to Norway costs €9.90. [9]",
    "Shipping to Norway costs €9.90. <https://shop.example/help>",
    "Shipping to Norway costs €9.90. " * 20,
    "Norway " * 90 + "costs nothing",
]
"""Wrong prices, limits, conditions, subjects; addresses and marks of the model's own."""


@given(st.text(alphabet="0123456789 ,.:-–€$%+/abdfhkmorst\n٣⁵½", max_size=60))
def test_a_text_counts_and_bounds_as_it_does_itself(text: str) -> None:
    there = facts.held(text)
    assert all(there.holds(one) for one in facts.measures(text))


@given(st.integers(2, 99), st.sampled_from(["", " hundred", " thousand"]))
def test_numbers_in_words_are_numbers(number: int, times: str) -> None:
    tens, ones = divmod(number, 10)
    spelled = facts.UNITS[number] if number < 20 else "-".join([facts.TENS[tens - 2], *([facts.UNITS[ones]] if ones else [])])
    assert facts.numbers(f"It takes {spelled}{times} days.") == {str(number * {"": 1, " hundred": 100, " thousand": 1000}[times])}


@pytest.mark.parametrize(
    ("claim", "source", "holds"),
    [
        ("from €100", "€100 or more", True), ("up to €100", "from €100", False), ("up to €100", "€100 or more", False), 
        ("€100 or less", "over €100", False), ("at most 5 days", "3-5 days", True), ("5 days", "3-5 days", False),
        ("between 3 and 5 days", "3–5 days", True), ("no more than 5 days", "up to 5 days", True), ("more than 5 days", "no more than 5 days", False),
        ("€5 off", "€5", False), ("5 working days", "5 business days", True), ("5 weekdays", "5 days", False), ("1,000 kr", "1000 NOK", True),
        ("2 weeks", "1. Wait 2 weeks", True), ("1 week", "1. Wait 2 weeks", False),
    ],
)  # fmt: skip
def test_a_number_is_held_with_its_unit_and_its_bound(claim: str, source: str, holds: bool) -> None:
    (measure,) = facts.measures(claim)
    assert facts.held(source).holds(measure) is holds


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(MODELS)


@pytest.fixture(scope="module", params=["words", "meaning"])
def by(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def sources(actor: Actor, text: str) -> list[Ranked]:
    async with read(actor):
        found = await words.concepts(actor, text)
        return (await retrieve.search(actor, text, found, ["public"]))[:6]


@pytest.fixture
async def shop() -> Actor:
    scene = await a_shop()
    for title, body in MORE.items():
        await an_article(scene.admin, title, body)
    return scene.machine


async def checked(actor: Actor, model: MiniLM, by: str, sentences: list[str]) -> list[tuple[str, verify.Claim]]:
    async def means(text: str) -> Meaning | None:
        return Meaning("m", model.embed_query(text)) if by == "meaning" else None

    claims = []
    for sentence in sentences:
        found = await sources(actor, sentence[:300])
        [claim] = await verify.check(actor, [(sentence, range(len(found)))], found, means)
        claims.append((sentence, claim))
    return claims


@pytest.mark.usefixtures("connected")
async def test_honest_paraphrases_are_let_out(shop: Actor, model: MiniLM, by: str) -> None:
    refused = [
        (text, claim.trouble, round(claim.support, 2)) for text, claim in await checked(shop, model, by, HONEST) if not claim.holds
    ]
    assert refused == []


@pytest.mark.usefixtures("connected")
async def test_nothing_false_is_let_out_though_it_names_all_sources(shop: Actor, model: MiniLM, by: str) -> None:
    let_out = [text for text, claim in await checked(shop, model, by, FALSE) if claim.holds]
    assert let_out == []
