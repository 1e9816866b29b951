"""What crosses the edge about test mails of templates."""

from typing import Annotated, Literal

import msgspec

from core.auth.structs import Email
from core.channels.email.servers.structs import Code


class TemplateTestInput(msgspec.Struct, forbid_unknown_fields=True):
    """`inbox_id`: the e-mail inbox that it comes from. `to`: people who work here; none: whoever asks. `contact_id`: as if to this contact."""

    inbox_id: int
    to: Annotated[list[Email], msgspec.Meta(max_length=5)] = []
    contact_id: int | None = None


class TemplateTest(msgspec.Struct, frozen=True):
    """`sent`: the mail server has it, but for those it left out; else what is wrong. `detail` is a sentence, `said` what the server said."""

    code: Literal["sent"] | Code
    detail: str
    said: str
    recipients: list[str]
    left_out: list[str]
