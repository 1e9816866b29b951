"""Which of a campaign's mails somebody gets: always the same one, told by campaign and contact alone, here and in SQL alike."""

import hashlib
from collections.abc import Sequence

NAMES = "ABCD"
DIGITS = 12
"""Hexadecimal digits of the hash that count: 48 bits, so that no weight is favoured by more than one in 2^39."""


def place_of(campaign_id: int, contact_id: int, weights: Sequence[int]) -> int:
    """The place, from 0, of the mail that a contact gets, of as many as there are weights."""
    digest = hashlib.sha256(f"{campaign_id}:{contact_id}".encode()).hexdigest()
    point = int(digest[:DIGITS], 16) % sum(weights)
    for place, weight in enumerate(weights):
        point -= weight
        if point < 0:
            return place
    raise RuntimeError("a point is below the sum of all weights")


def place_sql(campaign_id: int, contact: str, weights: Sequence[int]) -> str:
    """The same as an SQL expression; `contact`: one that gives the id."""
    if len(weights) < 2:
        return "0"
    text = f"convert_to('{campaign_id}:' || {contact}, 'UTF8')"
    point = f"('x' || left(encode(sha256({text}), 'hex'), {DIGITS}))::bit({4 * DIGITS})::bigint % {sum(weights)}"
    below, cases = 0, []
    for place, weight in enumerate(weights):
        below += weight
        cases.append(f"WHEN {point} < {below} THEN {place}")
    return f"(CASE {' '.join(cases)} END)"
