"""What crosses the edge about mail templates; what they are made of is in `blocks`."""

from datetime import datetime
from typing import Annotated

import msgspec

from core import texts
from core.extend.merging import FieldKind
from core.templates.blocks import Blocks, Content, Language, Subject, TemplateStyle
from core.templates.hints import Hint
from core.templates.tags import Fault

TEMPLATES_MAX = 2000
VERSIONS_MAX = 30
TemplateName = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=texts.NAME)]
Version = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class TemplateView(msgspec.Struct, frozen=True):
    id: int
    name: str
    subject: str
    preheader: str
    language: str
    style: TemplateStyle
    blocks: Blocks
    version: int
    author_id: int | None
    created_at: datetime
    updated_at: datetime


class TemplateSummary(msgspec.Struct, frozen=True):
    """A template in a list, without its blocks."""

    id: int
    name: str
    subject: str
    language: str
    version: int
    updated_at: datetime


class TemplatePage(msgspec.Struct):
    items: list[TemplateSummary]
    next: str | None


class TemplateInput(msgspec.Struct, forbid_unknown_fields=True):
    """All of it has at most 256 KiB (`blocks.CONTENT_MAX`) and 500 tags (`tags.TAGS_MAX`, fault `too_many_tags`)."""

    name: TemplateName
    subject: Subject = ""
    preheader: Subject = ""
    language: Language = ""
    style: TemplateStyle = msgspec.field(default_factory=TemplateStyle)
    blocks: Blocks = []


class TemplateChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `version`: the one that was read; another one by now is a conflict."""

    version: Version
    name: TemplateName | msgspec.UnsetType = msgspec.UNSET
    subject: Subject | msgspec.UnsetType = msgspec.UNSET
    preheader: Subject | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType = msgspec.UNSET
    style: TemplateStyle | msgspec.UnsetType = msgspec.UNSET
    blocks: Blocks | msgspec.UnsetType = msgspec.UNSET


class TemplateRestore(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: that of the template as it was read."""

    version: Version


class TemplateVersionSummary(msgspec.Struct, frozen=True):
    version: int
    name: str
    subject: str
    author: str
    restored: int | None
    created_at: datetime


class TemplateVersionView(msgspec.Struct, frozen=True):
    version: int
    name: str
    subject: str
    preheader: str
    language: str
    style: TemplateStyle
    blocks: Blocks
    author: str
    restored: int | None
    created_at: datetime


class PreviewInput(msgspec.Struct, forbid_unknown_fields=True):
    """What is written, saved or not. `contact_id`: to whom; null: to somebody made up."""

    content: Content
    contact_id: int | None = None


class TemplatePreview(msgspec.Struct, frozen=True):
    """A mail as somebody would get it. `html` is for a sandboxed frame; `size` is its length in bytes.

    HTML and text have together at most a million letters (`compiling.LETTERS_MAX`); else there is none, but the problem `mail_too_long`.
    """

    subject: str
    preheader: str
    html: str
    text: str
    size: int
    hints: list[Hint]


class TemplateCheck(msgspec.Struct, frozen=True):
    """`faults`: why it cannot be saved; `hints`: what would help it."""

    faults: list[Fault]
    hints: list[Hint]


class MergeFieldView(msgspec.Struct, frozen=True):
    """A field that templates can name; of a `map`, one of its own names follows after a dot."""

    name: str
    title: str
    kind: FieldKind
