"""Facts about the AI agent's decisions and what people say of them. For staff only: the conversation's own events tell the customer."""

from agent.reviews.structs import ReviewSummary
from agent.structs import DecisionSummary
from agent.tools.structs import ToolCallSummary
from core.access import ActorRef
from core.events.contract import Event


class AgentDecided(Event, frozen=True, kw_only=True, tag="agent.decided"):
    """The AI agent answered, handed over, or was overtaken; the receipt tells why."""

    decision: DecisionSummary


class AgentReviewed(Event, frozen=True, kw_only=True, tag="agent.reviewed"):
    """Somebody said what a draft of the AI agent is worth."""

    review: ReviewSummary
    by: ActorRef


class ToolCallSaved(Event, frozen=True, kw_only=True, tag="agent.tool_call_saved"):
    """A change was proposed, people decided on it, or it was carried out; `call.status` tells which."""

    call: ToolCallSummary


EVENTS = (AgentDecided, AgentReviewed, ToolCallSaved)
