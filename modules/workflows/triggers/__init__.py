"""The triggers that workflows bring themselves, for core's events, one a file. What a module's own events mean it lists itself."""

from modules.workflows.triggers import contact_updated, conversation_opened, conversation_resolved, segment_entered, welcome

ALL = (
    welcome.trigger,
    contact_updated.trigger,
    conversation_opened.trigger,
    conversation_resolved.trigger,
    segment_entered.trigger,
)
