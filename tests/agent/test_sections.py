"""The right article is not enough: its right section is quoted."""

import pytest

from tests.agent.scenes import a_shop, ask, receipts, said, work
from tests.factories import an_article

pytestmark = pytest.mark.usefixtures("connected")
BODY = (
    """A boat may be hired for a day or for a week. The insurance lasts 3 years.

## What is insured

- the hull and the mast
- the sails
- the motor

## What is not insured

- lost anchors
- scratches from the beach

## How to claim

1. Take a photo of the hull.
2. Write to us.

## Cleaning

Sweep the deck every evening. """
    + "The harbour master comes by at noon and looks at the ropes. " * 8
)


@pytest.mark.parametrize(
    ("question", "heading", "words"),
    [
        ("What is insured with the boat insurance?", "What is insured", ["the hull and the mast", "the sails", "the motor"]),
        (
            "What does the boat insurance not cover, what isn't insured?",
            "What is not insured",
            ["lost anchors", "scratches from the beach"],
        ),
        ("How do I make an insurance claim for my boat?", "How to claim", ["1. Take a photo", "2. Write to us"]),
        ("How many years does the boat insurance last?", "", ["3 years"]),
        ("Hi, could you tell me what the boat insuranse is? Thanks", "", ["3 years"]),
    ],
)
async def test_the_section_that_answers_is_quoted_with_its_whole_list(question: str, heading: str, words: list[str]) -> None:
    scene = await a_shop()
    await an_article(scene.admin, "Boat insurance", BODY)
    _, sent = await ask(scene, question)
    assert await work(scene, sent) == "answered"
    (receipt,) = await receipts(scene, sent)
    assert heading in [passage.heading for passage in receipt.passages if passage.quoted]
    (answer,) = await said(scene, sent)
    assert all(one in answer.content for one in words)
