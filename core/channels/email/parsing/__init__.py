"""Reading mails: bytes from anybody become a `Mail`, whatever they are. Nothing is raised, time and memory are bounded."""

from core.channels.email.parsing.parse import parse
from core.channels.email.parsing.structs import Address, Attachment, Header, Invitation, Limits, Mail

__all__ = ["Address", "Attachment", "Header", "Invitation", "Limits", "Mail", "parse"]
