"""The steps that workflows bring themselves, one a file."""

from modules.workflows.steps import assign, condition, contact, conversation, delay, leave, message, note, tag, wait, webhook

ALL = (
    delay.step, condition.step, wait.step, tag.step, contact.step, conversation.step, message.step, note.step, assign.step, webhook.step,
    leave.step,
)  # fmt: skip
