"""One mail, from its bytes."""

from html import escape

from core.channels.email.parsing import (
    addresses,
    bodies,
    calendars,
    encodings,
    flowed,
    headers,
    lzfu,
    parameters,
    parts,
    plain,
    references,
    rtf,
    tnef,
    words,
)
from core.channels.email.parsing.charsets import Guesses, decode
from core.channels.email.parsing.parts import Part
from core.channels.email.parsing.structs import Address, Attachment, Invitation, Limits, Mail, Refused
from core.knowledge.reading.characters import DECLARED, HEAD

TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
TNEF_NAMES = frozenset({"winmail.dat", "win.dat"})
SUBJECT_MAX = 2000
TITLE_HEADER_BYTES = 64 * 1024
DEFECTS_MAX = 100
DEFAULTS = Limits()


def parse(raw: bytes, limits: Limits = DEFAULTS) -> Mail:
    """Read a mail. Line feeds and carriage returns with line feeds give the same mail; parsing again gives an equal one.

    Never raises, whatever the bytes are. Over a limit the mail comes back `refused`, with those of its header fields that could be read.
    """
    raw = _begun(raw)
    if len(raw) > limits.raw_bytes:
        return _refused(raw[: limits.header_bytes], limits, "raw_bytes")
    try:
        root, defects = parts.tree(raw, limits)
        chosen = bodies.choose(root, limits.attachments)
        return _Mail(raw, root, chosen, defects, limits).read()
    except Refused as refused:
        return _refused(raw[: limits.header_bytes], limits, str(refused.args[0]))


def _begun(raw: bytes) -> bytes:
    """Without a byte order mark and empty lines before the first field; where lines end in carriage returns alone, these are line feeds."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw.replace(b"\r", b"\n") if b"\r" in raw and b"\n" not in raw else raw


def _refused(beginning: bytes, limits: Limits, code: str) -> Mail:
    """Who wrote about what, for people who look at what was refused; the header may be cut off in the middle."""
    beginning = encodings.with_line_feeds(beginning)
    end = beginning.find(b"\n\n")
    end = end if end >= 0 else len(beginning)
    root = Part(headers.lenient(beginning[:end])[: limits.headers], end, end, "text/plain")
    return _Mail(beginning[:end], root, bodies.Chosen(), [], limits, refused=code).read()


def _declared_within(data: bytes, part: Part) -> str:
    """The charset that an HTML page itself declares."""
    match = DECLARED.search(data[:HEAD]) if part.media == "text/html" else None
    return match.group(1).decode("ascii") if match else ""


class _Mail:
    def __init__(
        self, raw: bytes, root: Part, chosen: bodies.Chosen, defects: list[str], limits: Limits, refused: str = ""
    ) -> None:
        self.raw = raw
        self.root = root
        self.chosen = chosen
        self.defects = defects
        self.limits = limits
        self.refused = refused
        declared = [part.parameters.get("charset", "") for part in (*chosen.text, *chosen.html)]
        self.guesses = Guesses(raw, declared)
        self.shown: dict[int, str] = {}
        self.cut: list[Part] = []
        self.is_bare = False
        """Whether there is nothing to be shown but what Outlook wrapped up."""
        self.opened: list[tnef.Opened] = []

    def read(self) -> Mail:
        fields = self.root.fields
        senders = [said for name, _, value in fields if name == "from" for said in self._addresses(value)]
        if sum(name == "from" for name, _, _ in fields) > 1:
            self.defects.append("several_from")
        in_reply_to, _ = references.identifiers(self._text("in-reply-to"), self.limits.references)
        named, all_named = references.identifiers(self._text("references"), self.limits.references)
        if not all_named:
            self.defects.append("references_cut")
        text, from_html, html = self._bodies()
        self.is_bare = not (text.strip() or (html is not None and ("<img" in html.lower() or plain.text_of(html).strip())))
        attachments, invitation = self._attachments()
        if not text.strip():
            text, from_html, html = self._other_text(html)
        sender = self._listed("sender")
        return Mail(
            headers=headers.listed(fields, self.guesses.of_header), senders=tuple(senders), sender=sender[0] if sender else None,
            reply_to=self._listed("reply-to"), to=self._listed("to"), cc=self._listed("cc"), bcc=self._listed("bcc"),
            subject=words.decode(self._text("subject"))[:SUBJECT_MAX], message_id=references.identifier(self._text("message-id")),
            in_reply_to=in_reply_to, references=named, date=references.date(self._text("date")), content_type=self.root.media,
            parameters=self.root.parameters, text=text, text_from_html=from_html, html=html, attachments=tuple(attachments), invitation=invitation,
            defects=tuple(dict.fromkeys(self.defects))[:DEFECTS_MAX], refused=self.refused,
        )  # fmt: skip

    def _text(self, name: str) -> str:
        return words.text_of(headers.first(self.root.fields, name), self.guesses.of_header)

    def _addresses(self, value: bytes) -> list[Address]:
        found, complete = addresses.read(words.text_of(value, self.guesses.of_header), self.limits.addresses)
        if not complete:
            self.defects.append("addresses_cut")
        return found

    def _listed(self, name: str) -> tuple[Address, ...]:
        found = [said for given, _, value in self.root.fields if given == name for said in self._addresses(value)]
        return tuple(found[: self.limits.addresses])

    def _bytes(self, part: Part) -> bytes:
        media = bodies.media_of(part)
        return encodings.decoded(self.raw[part.start : part.end], part.encoding, is_text=media.startswith(("text/", "message/")))

    def _shown(self, part: Part) -> str:
        """The text of a part of the body; a very long one is cut, and is an attachment as well."""
        found = self.shown.get(id(part))
        if found is not None:
            return found
        data = self._bytes(part)
        if len(data) > self.limits.text_bytes:
            self.defects.append("text_cut")
            self.cut.append(part)
            data = data[: self.limits.text_bytes]
        text, defect = decode(data, part.parameters.get("charset", "") or _declared_within(data, part), self.guesses.of_text)
        if defect:
            self.defects.append(defect)
        if part.parameters.get("format", "").lower() == "flowed" and part.media == "text/plain":
            text = flowed.unfold(text, deletes_blank=part.parameters.get("delsp", "").lower() == "yes")
        self.shown[id(part)] = text
        return text

    def _bodies(self) -> tuple[str, bool, str | None]:
        """Text, whether it was made of HTML, and HTML."""
        texts = [part for part in self.chosen.text if not bodies.is_media(part)]
        htmls = [part for part in self.chosen.html if not bodies.is_media(part)]
        pieces = [plain.text_of(self._shown(part)) if part.media == "text/html" else self._shown(part) for part in texts]
        from_html = any(part.media == "text/html" for part in texts)
        text = "\n".join(piece.strip("\n") for piece in pieces)
        if not any(part.media == "text/html" for part in htmls):
            return text, from_html, None
        return text, from_html, "\n".join(self._as_html(part) for part in htmls)

    def _other_text(self, html: str | None) -> tuple[str, bool, str | None]:
        """Where the plain text is empty: that of the HTML, or of what Outlook wrapped up."""
        opened = self.opened if self.is_bare else []
        said = next((one.text for one in opened if one.text.strip()), "")
        wrapped = next((one.html for one in opened if one.html.strip()), None)
        if said or wrapped is not None:
            html = wrapped
        return (said, False, html) if said or html is None else (plain.text_of(html), True, html)

    def _as_html(self, part: Part) -> str:
        text = self._shown(part)
        return text if part.media == "text/html" else f'<div style="white-space: pre-wrap">{escape(text, quote=False)}</div>'

    def _attachments(self) -> tuple[list[Attachment], Invitation | None]:
        found: list[Attachment] = []
        invitation: Invitation | None = None
        for part in (*self.chosen.attachments, *self.cut):
            attachment = self._attachment(part)
            if attachment.content_type in TNEF or attachment.name.lower() in TNEF_NAMES:
                found += self._unwrapped(attachment)
                continue
            if attachment.content_type == "text/calendar" and invitation is None:
                invitation = calendars.read(decode(attachment.data[: calendars.TEXT_MAX], part.parameters.get("charset", ""))[0])
            found.append(attachment)
        if len(found) > self.limits.attachments:
            raise Refused("attachments")
        return found, invitation

    def _attachment(self, part: Part) -> Attachment:
        media, data = bodies.media_of(part), self._bytes(part)
        is_between = id(part) in self.chosen.between
        return Attachment(
            name=part.name, content_type=media, data=data, content_id=part.content_id, disposition=part.disposition,
            inline=is_between or part.disposition == "inline" or (bool(part.content_id) and part.disposition != "attachment"), between=is_between,
            title=self._title(data) if media in ("message/rfc822", "message/global") else "",
        )  # fmt: skip

    def _title(self, data: bytes) -> str:
        """The subject of a forwarded mail."""
        fields = headers.lenient(_begun(data[:TITLE_HEADER_BYTES]))
        return words.decode(words.text_of(headers.first(fields, "subject"), self.guesses.of_header))[:SUBJECT_MAX]

    def _unwrapped(self, attachment: Attachment) -> list[Attachment]:
        """The files of a `winmail.dat`; itself too where not all of it could be read, or it holds none."""
        opened = tnef.read(attachment.data)
        if opened is None:
            return [attachment]
        most, known = self.limits.text_bytes, len(self.defects)
        opened = opened._replace(text=opened.text[:most], html=opened.html[:most])
        if opened.rich and self.is_bare and not any(one.rich for one in self.opened):
            opened = self._with_rich(opened, most)
        self.opened.append(opened)
        files = [
            Attachment(
                name=parameters.file_name_of(file.name), content_type=parameters.media_of(file.content_type), data=file.data,
                content_id=file.content_id, disposition="attachment", inline=bool(file.content_id),
            )
            for file in opened.files
        ]  # fmt: skip
        is_read = len(self.defects) == known and bool(files or opened.text.strip() or (self.is_bare and opened.html.strip()))
        return files if is_read else [*files, attachment]

    def _with_rich(self, opened: tnef.Opened, most: int) -> tnef.Opened:
        """With what its RTF says, which is larger than the HTML within. Of one `winmail.dat` in a mail, for it takes time."""
        try:
            data, is_cut = lzfu.decompressed(opened.rich, 2 * most)
            found = rtf.read(data)
        except lzfu.Damaged:
            self.defects.append("rtf_damaged")
            return opened
        if is_cut or max(map(len, found)) > most:
            self.defects.append("text_cut")
        text = opened.text if opened.text.strip() else found.text[:most]
        return opened._replace(text=text, html=opened.html if opened.html.strip() else found.html[:most])
