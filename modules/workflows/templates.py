"""Definitions ready to adapt, one for each of the five triggers. What they need besides (a template for each mail) is told as missing."""

from typing import Any

from core.access import MARKETERS, Actor
from modules.workflows import definitions, uses
from modules.workflows.structs import WorkflowTemplate

QUIET = {"start": "21:00", "end": "08:00", "then": "defer"}
WELCOME = {
    "trigger": {"type": "welcome"},
    "steps": [
        {"id": "hello", "name": "Say hello", "type": "email", "config": {}},
        {"id": "three_days", "name": "Three days later", "type": "delay", "config": {"days": 3}},
        {
            "id": "has_ordered", "name": "Ordered already?", "type": "condition",
            "config": {"field": "contact.order_count", "operator": "greater_than", "value": 0},
            "true_branch": [{"id": "customer", "name": "Tag as customer", "type": "tag", "config": {"add": ["customer"]}}],
            "false_branch": [{"id": "favourites", "name": "Show what others like", "type": "email", "config": {}}],
        },
    ],
    "quiet_hours": QUIET,
    "cap": {"count": 2, "hours": 24, "then": "defer"},
}  # fmt: skip
ABANDONED_CART = {
    "trigger": {"type": "abandoned_cart", "filter": {"field": "cart.total", "operator": "greater_than", "value": 0}},
    "steps": [
        {"id": "reminder", "name": "Remind of the cart", "type": "email", "config": {}},
        {
            "id": "buys", "name": "Wait for an order", "type": "wait_until_event", "config": {"event": "order.created", "days": 1},
            "happened_branch": [{"id": "thanks", "name": "Tag as won back", "type": "tag", "config": {"add": ["won back"]}}],
            "timeout_branch": [
                {
                    "id": "large", "name": "A large cart?", "type": "condition",
                    "config": {"field": "cart.total", "operator": "greater_than", "value": 100},
                    "true_branch": [{"id": "offer", "name": "Make an offer", "type": "email", "config": {}}],
                    "false_branch": [],
                }
            ],
        },
    ],
    "reentry": {"rule": "never", "per": "entry"},
    "quiet_hours": QUIET,
    "cap": {"count": 1, "hours": 16, "then": "skip"},
}  # fmt: skip
ORDER_CONFIRMATION = {
    "trigger": {"type": "order_confirmation"},
    "steps": [
        {"id": "confirmation", "name": "Confirm the order", "type": "email", "config": {"kind": "transactional"}},
        {"id": "two_weeks", "name": "Two weeks later", "type": "delay", "config": {"days": 14}},
        {"id": "satisfied", "name": "Ask whether all is well", "type": "email", "config": {}},
    ],
    "exits": ["order.refunded"],
    "quiet_hours": QUIET,
}
SHIPPING = {
    "trigger": {"type": "shipping"},
    "steps": [
        {"id": "on_its_way", "name": "Say that it is on its way", "type": "email", "config": {"kind": "transactional"}},
        {"id": "five_days", "name": "Five days later", "type": "delay", "config": {"days": 5}},
        {"id": "arrived", "name": "Ask whether it arrived", "type": "email", "config": {"kind": "transactional"}},
    ],
    "exits": ["order.refunded"],
}
CUSTOM = {
    "trigger": {"type": "custom", "config": {"event": "signed_up"}},
    "steps": [
        {"id": "first_steps", "name": "First steps", "type": "email", "config": {}},
        {
            "id": "begins", "name": "Wait until they begin", "type": "wait_until_event", "config": {"event": "first_project", "days": 3},
            "happened_branch": [{"id": "active", "name": "Tag as active", "type": "tag", "config": {"add": ["active"]}}],
            "timeout_branch": [{"id": "help", "name": "Offer help", "type": "email", "config": {}}],
        },
    ],
    "goals": ["subscribed"],
    "quiet_hours": QUIET,
}  # fmt: skip
ALL: list[tuple[str, str, str, dict[str, Any]]] = [
    ("welcome", "Welcome", "Greets a new contact, and goes on by whether he has ordered three days later.", WELCOME),
    ("abandoned_cart", "Abandoned cart", "Reminds of a cart that was left, and stops as soon as it is bought.", ABANDONED_CART),
    (
        "order_confirmation",
        "Order confirmation",
        "Confirms an order once it is paid, and asks two weeks later.",
        ORDER_CONFIRMATION,
    ),
    ("shipping", "Shipping", "Tells that an order is on its way, and asks whether it arrived.", SHIPPING),
    ("custom", "Your own event", "Begins with an event that your own program signals, and waits for another one.", CUSTOM),
]


async def all_of(actor: Actor) -> list[WorkflowTemplate]:
    """All of them, with what is still to be chosen by this organization."""
    actor.require(*MARKETERS)
    found = []
    for key, name, description, raw in ALL:
        read = definitions.reading(raw)
        found.append(WorkflowTemplate(key, name, description, key, read.json, await uses.problems(actor, read)))
    return found
