"""Lines that introduce a mail which is quoted or forwarded: `On ... wrote:`, a header within the text, `-----Original Message-----`."""

from core.channels.email import phrases

SENTENCE_LINES = 6
SENTENCE_MAX = 400
HEADER_LINES = 40
FIELDS_MIN = 3
LINES_BETWEEN = 2
"""Lines of a field's value that go on, between two fields."""
MOBILE_MAX = 120


def is_quoted(line: str) -> bool:
    """By a mark before it; a line between two bars is a row of a table."""
    bare = line.strip(" \t")
    return bare[:1] in (">", "＞") or bare == "|" or (bare[:1] == "|" and not bare.endswith("|"))


def is_header(line: str) -> bool:
    return phrases.HEADER.match(line) is not None


def is_mobile_signature(line: str) -> bool:
    """`Sent from my iPhone`, as programs and networks write it under what people write."""
    if not line.strip() or len(line) > MOBILE_MAX:
        return False
    if phrases.GET_APP.match(line) or phrases.MY_DEVICE.match(line) or phrases.FROM_DEVICE.match(line):
        return True
    return bool(phrases.DEVICES.search(line)) and bool(phrases.MOBILE.match(line) or phrases.MOBILE_END.search(line.rstrip()))


def is_perhaps_written(line: str) -> bool:
    """Whether what looks like a signature might be the beginning of a sentence."""
    return bool(phrases.WEAKLY_SENT.match(line) or (phrases.FROM_DEVICE.match(line) and not phrases.MY_DEVICE.match(line)))


def length(lines: list[str], place: int) -> int:
    """How many lines at `place` introduce another mail; mostly none."""
    if place >= len(lines) or not lines[place].strip():
        return 0
    line = lines[place]
    if phrases.MARKER.match(line) or phrases.ANY_MARKER.match(line) or phrases.FORWARD.match(line):
        following = next_written(lines, place + 1)
        fields = header(lines, following)
        return following - place + fields if fields else 1
    return header(lines, place) or sentence(lines, place)


def next_written(lines: list[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def header(lines: list[str], place: int) -> int:
    """At least three different fields, one of them who or when, with a subject or an address: a journey has dates, too.

    A field may go on in the lines below it.
    """
    if place >= len(lines) or not is_header(lines[place]):
        return 0
    names: set[str] = set()
    says_whence, last, between = False, place, 0
    for now in range(place, min(place + HEADER_LINES, len(lines))):
        match = phrases.HEADER.match(lines[now])
        if match:
            names.add(match.group().strip(" \t*_>|:：\u00a0").lower())
            says_whence = says_whence or match.lastgroup is not None
            last, between = now, 0
        elif lines[now].strip():
            between += 1
            if between > LINES_BETWEEN:
                break
        elif not is_header(lines[min(next_written(lines, now), len(lines) - 1)]):
            break
    is_of_mail = not phrases.SUBJECTS.isdisjoint(names) or any("@" in line for line in lines[place : last + 1])
    return last + 1 - place if says_whence and is_of_mail and len(names) >= FIELDS_MIN else 0


def sentence(lines: list[str], place: int) -> int:
    """A date or an address, a name and "wrote", with a colon at the end; it may run over some lines.

    Without the verb: what begins with a date and ends with an address, or has one and ends with an address and a colon, as some programs write.
    """
    first = lines[place]
    if not any(letter.isdigit() or letter in "<@" for letter in first[:SENTENCE_MAX]):
        return 0
    said = ""
    for now in range(place, min(place + SENTENCE_LINES, len(lines))):
        line = lines[now].strip(" \t\u00a0")
        if not line:
            if now + 1 >= len(lines) or not lines[now + 1].lstrip().startswith("<"):
                return 0
            continue
        said = f"{said} {line.lstrip('> ') if now > place else line.lstrip('>* ')}".strip()
        if len(said) > SENTENCE_MAX:
            return 0
        if _introduces(said):
            return now + 1 - place
    return 0


def _introduces(said: str) -> bool:
    bare = said.rstrip("*_ \u00a0")
    if phrases.DATED.match(said) and phrases.ENDS_WITH_ADDRESS.search(said):
        return True
    if phrases.ADDRESS_AND_COLON.search(said) and phrases.WHEN.search(said):
        return True
    if not (bare.endswith((":", "：")) or phrases.VERB.search(bare[-24:])):
        return False
    return bool(phrases.VERB.search(said)) and bool(phrases.TIME_OR_DATE.search(said))
