"""Which language somebody reads, as a browser says it."""

import re

TAG = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8}){0,4}\Z")
QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")
HEADER_MAX = 400
CHOICES_MAX = 20


def preferred(header: str) -> str:
    """The language of an `Accept-Language` header that is wanted most, as two or three small letters; empty where it names none."""
    best, worth = "", 0.0
    for choice in header[:HEADER_MAX].split(",")[:CHOICES_MAX]:
        name, _, parameter = choice.replace(" ", "").partition(";")
        tag, quality = TAG.match(name), QUALITY.match(parameter or "q=1")
        if tag and quality and float(quality.group(1)) > worth:
            best, worth = tag.group(1).lower(), float(quality.group(1))
    return best
