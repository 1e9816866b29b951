"""The steps that workflows bring themselves, one a file."""

from modules.workflows.steps import (
    assign,
    condition,
    contact,
    conversation,
    delay,
    email,
    leave,
    message,
    note,
    segment,
    tag,
    wait,
    webhook,
)

ALL = (
    delay.step, email.step, condition.step, segment.step, wait.step, tag.step, contact.step, conversation.step, message.step, note.step, assign.step,
    webhook.step, leave.step,
)  # fmt: skip
