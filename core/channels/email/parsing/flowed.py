"""`format=flowed` (RFC 3676): lines that end in a blank go on in the next one of the same quotation."""

QUOTES_MAX = 50


def unfold(text: str, *, deletes_blank: bool) -> str:
    """Paragraphs as their writer saw them. The line before a signature, `-- `, never flows."""
    done: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.split("\n"):
        quotes, said = _parted(line)
        is_mark = said == "-- "
        if paragraph and (quotes != depth or is_mark):
            done.append(_joined(paragraph, depth, deletes_blank=deletes_blank))
            paragraph = []
        paragraph.append(said)
        depth = quotes
        if is_mark or not said.endswith(" "):
            done.append(_joined(paragraph, depth, deletes_blank=deletes_blank))
            paragraph = []
    if paragraph:
        done.append(_joined(paragraph, depth, deletes_blank=deletes_blank))
    return "\n".join(done)


def _parted(line: str) -> tuple[int, str]:
    said = line.lstrip(">")
    return min(len(line) - len(said), QUOTES_MAX), said.removeprefix(" ")


def _joined(paragraph: list[str], depth: int, *, deletes_blank: bool) -> str:
    flowing = [said[:-1] if deletes_blank else said for said in paragraph[:-1]]
    text = "".join([*flowing, paragraph[-1]])
    return f"{'>' * depth} {text}" if depth else text
