"""Facts about the AI agent's decisions. For staff only: the conversation's own events tell the customer."""

from agent.structs import DecisionSummary
from core.events.contract import Event


class AgentDecided(Event, frozen=True, kw_only=True, tag="agent.decided"):
    """The AI agent answered, handed over, or was overtaken; the receipt tells why."""

    decision: DecisionSummary


EVENTS = (AgentDecided,)
