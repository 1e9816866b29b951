"""What happened to contacts, as fields that segments choose by: the rows that analytics counts."""

from core.extend.segments import Facts, SegmentField

GROUP = "Activity"
CHANNEL = SegmentField(
    name="channel", label="Channel", kind="choice", sql="e.metadata ->> 'channel'", choices={"chat": "Chat", "email": "E-mail"}
)
HANDLER = SegmentField(
    name="handler", label="Handled by", kind="choice", sql="e.metadata ->> 'handler'", choices={"ai": "AI agent", "human": "People"}
)


def _counted(name: str, label: str, kind: str, *properties: SegmentField) -> SegmentField:
    return SegmentField(
        name=f"analytics.{name}",
        label=label,
        group=GROUP,
        kind="facts",
        facts=Facts(table="analytics_events", where=f"e.kind = '{kind}'"),
        properties=(CHANNEL, *properties),
    )


FIELDS = (
    _counted("began_conversation", "Began a conversation", "ticket_created"),
    _counted("wrote", "Wrote a message", "message_received"),
    _counted("was_answered_by_ai", "Was answered by the AI agent", "ai_answered"),
    _counted("was_handed_off", "Was handed over to people", "handed_off"),
    _counted("was_resolved", "Had a conversation resolved", "ticket_resolved", HANDLER),
)
