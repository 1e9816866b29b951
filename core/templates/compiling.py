"""A template, drawn once: what is left for each mail is to fill in values, well under a millisecond."""

from collections.abc import Mapping, Sequence

import msgspec

from core.errors import Invalid
from core.extend.merging import MergeField, Values
from core.templates import drawing, frames
from core.templates.blocks import Content
from core.templates.looks import Look
from core.templates.sheets import Form, Led, Page, Slot, Tracking
from core.templates.tags import Fault, Scope

SUBJECT_MAX = 300
LETTERS_MAX = 1_000_000
"""Of one drawing that somebody looks at, HTML and text together; mail programs cut a mail off after a tenth of it."""


class Mail(msgspec.Struct, frozen=True):
    """A mail to somebody. `subject` is one line."""

    subject: str
    html: str
    text: str


class Compiled:
    """`names`: the merge fields whose values it wants."""

    __slots__ = ("_html", "_led", "_preheader", "_slots", "_subject", "_text", "names")

    def __init__(self, page: Page) -> None:
        self.names = frozenset(page.names)
        self._slots: Sequence[Slot] = tuple(page.slots)
        self._led: Sequence[tuple[int, Led]] = tuple(page.led.items())
        self._html, self._text, self._subject = page.html.whole(), page.text.whole(), page.subject.whole()
        self._preheader: Form = page.preheader.whole()

    def looked_at(self, values: Values) -> Mail:
        """The mail to whoever has these values, for somebody who wants to see it.

        Raises:
            Invalid: `mail_too_long`: it has more than `LETTERS_MAX` letters with them. It is not drawn then.
        """
        said = [slot(values) for slot in self._slots]
        if self._html.letters(said) + self._text.letters(said) > LETTERS_MAX:
            words = f"with these values the mail has more than {LETTERS_MAX:,} letters: it needs fewer tags, or shorter values"
            raise Invalid(words, code="mail_too_long", limit_letters=LETTERS_MAX)
        return self._filled(said)

    def mail(self, values: Values, tracking: Tracking | None = None) -> Mail:
        """The mail to whoever has these values, by the names of fields. Never raises for what a value is.

        `tracking`: the links of the HTML to the web lead elsewhere first, and it has an image that tells of opening; nothing else is different,
        and the text says where links lead in the end.
        """
        said = [slot(values) for slot in self._slots]
        if tracking is not None:
            for number, led in self._led:
                said[number] = led(values, tracking)
        return self._filled(said)

    def _filled(self, said: list[str]) -> Mail:
        subject = " ".join(self._subject.filled(said).split())
        return Mail(subject[:SUBJECT_MAX], self._html.filled(said), self._text.filled(said))

    def preheader(self, values: Values) -> str:
        """What lists of mails show beside the subject."""
        return " ".join(self._preheader.filled([slot(values) for slot in self._slots]).split())


def drawn(content: Content, fields: Mapping[str, MergeField]) -> tuple[Compiled, list[Fault]]:
    """A template as far as it can be drawn, and what in it cannot be."""
    scope, page = Scope(fields), Page()
    subject = frames.words_of(content.subject, scope.of("subject"))
    preheader = frames.words_of(content.preheader, scope.of("preheader"))
    page.plain(subject, page.subject)
    page.plain(preheader, page.preheader)
    look = Look(content.style, content.language, content.style.width - 2 * frames.PADDING)
    frames.open_page(page, look, subject, preheader)
    drawing.draw(content.blocks, page, look, scope, "blocks")
    frames.close_page(page)
    return Compiled(page), scope.faults


def compiled(content: Content, fields: Mapping[str, MergeField]) -> Compiled:
    """A template, ready for values.

    Raises:
        Invalid: `faulty_template`; `faults` says what, and where.
    """
    found, faults = drawn(content, fields)
    if faults:
        told = f"{faults[0].path}: {faults[0].words}"
        raise Invalid(told, code="faulty_template", faults=msgspec.to_builtins(faults))
    return found
