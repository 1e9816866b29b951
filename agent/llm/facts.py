"""What of a sentence must stand in its sources as it is: numbers, with what they count and which way they bound, denials, and addresses.

Pure, and time is in proportion to the text. English words of counting and bounding; figures and signs of any language.
"""

import re
import unicodedata

import msgspec

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
COUNTED = (
    {word: number for number, word in enumerate(UNITS)} | {word: 10 * number for number, word in enumerate(TENS, 2)} | {"dozen": 12}
)
LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SPELLED = re.compile(
    rf"\b(?:(?:one|an?)[ -](?P<large>{'|'.join(LARGE)}|dozen)"
    rf"|(?:(?P<tens>{'|'.join(TENS)})(?:[ -](?P<more>{'|'.join(UNITS[1:10])}))?|(?P<few>{'|'.join((*UNITS[:1], *UNITS[2:], 'dozen'))}))"
    rf"(?:[ -](?P<times>{'|'.join(LARGE)}))?)\b",
    re.IGNORECASE,
)
"""Not "one" by itself, which seldom counts."""
SHARES = {"half": "0.5", "halve": "0.5", "double": "x2", "twice": "x2", "triple": "x3"}
SHARE = re.compile(r"\b(?:half|halve|double|twice|triple)\b", re.IGNORECASE)
GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?:\D|$))")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
COUNTS = {
    "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "$": "usd", "usd": "usd", "dollar": "usd", "dollars": "usd", "£": "gbp", "gbp": "gbp",
    "pound": "gbp", "pounds": "gbp", "¥": "jpy", "yen": "jpy", "kr": "kr", "nok": "kr", "sek": "kr", "dkk": "kr", "crowns": "kr", "chf": "chf",
    "cent": "cent", "cents": "cent", "%": "%", "percent": "%", "second": "second", "seconds": "second", "minute": "minute",
    "minutes": "minute", "min": "minute", "hour": "hour", "hours": "hour", "h": "hour", "day": "day", "days": "day", "night": "night",
    "nights": "night",
    "week": "week", "weeks": "week", "month": "month", "months": "month", "year": "year", "years": "year", "kg": "kg", "kilo": "kg", "kilos": "kg",
    "g": "g", "mm": "mm", "cm": "cm", "m": "m", "km": "km", "am": "am", "pm": "pm",
}  # fmt: skip
WORKING = r"(?:working|business|week(?=[ -]?days?\b))[ -]?"
SIGNS = r"[€$£¥]|eur|usd|gbp|nok|sek|dkk|chf|kr"
LOWER = (
    r"no less than|not less than|no fewer than|no earlier than|from|over|above|at least|more than|minimum(?: of)?|after|beyond|starting at|exceeds|"
    r"exceeding"
)
UPPER = (
    r"no more than|not more than|not exceeding|no later than|under|below|up to|less than|fewer than|at most|within|until|till|"
    r"before|maximum(?: of)?"
)
OR_MORE = r"or more|and more|or above|and above|or over|and over|and up|upwards|or longer|\+"
OR_LESS = r"or less|or fewer|or under|or below|at most|at the latest|maximum|or sooner"
RELATIVE = r"less|off|cheaper|extra|back"
FIGURE = r"\d+(?:[.:/]\d+)*"
MEASURE = re.compile(
    rf"(?:\b(?:(?P<lower>{LOWER})|(?P<upper>{UPPER}))\s(?:the\s|a\s|about\s)?)?(?P<sign>(?:{SIGNS})\s?)?(?P<number>{FIGURE})"
    rf"(?:\s?(?:-|to|until|till)\s?(?:{SIGNS})?\s?(?P<to>{FIGURE}))?"
    rf"(?:[ -]?(?P<working>{WORKING})?(?P<unit>[€$£¥%]|(?!(?:or|and|at|up|to|{RELATIVE})\b)[a-z]{{1,8}}\b))?"
    rf"(?:\s(?:(?P<more>{OR_MORE})|(?P<less>{OR_LESS})|(?P<off>{RELATIVE})\b))?"
)
STEP = re.compile(r"^[ \t]{0,8}\d{1,3}[.)][ \t]", re.MULTILINE)
"""The number of a list's point counts nothing."""
BETWEEN = re.compile(rf"\bbetween ((?:{SIGNS})?{FIGURE}) and (?:{SIGNS})?({FIGURE})")
DOTS = str.maketrans({"\u3002": ".", "\uff61": ".", "\u2024": ".", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-",
                      "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2044": "/", "*": None, "_": None, "`": None})  # fmt: skip
ADDRESS = re.compile(
    r"(?:https?://|www\.|\b[a-z]{2,12}://)[^\s)>\]]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_]{2,24}\b[^\s)>\]]*",
    re.IGNORECASE,
)
"""Whatever looks like a page, a mailbox or a host, on whichever top-level domain."""
SPELLED_ADDRESS = re.compile(
    r"\b\w{2,}\s?[\[({]?\b(?:dot|punkt|point)\b[\])}]?\s?(?:com|net|org|io|co|de|eu|app|dev|info|biz|shop|xyz|ru|cn|top|site|me|example)\b",
    re.IGNORECASE,
)

DENIES = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|without|cannot|neither|nor|unable|\w+n't|fails?|refuses?|except|excluded?|excluding|impossible|"
    r"hardly|rarely|seldom|forbidden|prohibited|unavailable|ineligible|cant|dont|wont)\b",
    re.IGNORECASE,
)
"""What turns a sentence round."""


class Measure(msgspec.Struct, frozen=True):
    """A number with its unit (empty: none that is known) and what it bounds: 1 from below, -1 from above, 0 neither."""

    number: str
    unit: str
    bound: int = 0


def plain(text: str) -> str:
    """The text as it reads: compatible characters as one, figures of all scripts as European ones, no marks of emphasis."""
    folded = unicodedata.normalize("NFKC", text).translate(DOTS)
    return "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in folded)


def in_figures(text: str) -> str:
    """In lower case, with figures for spelled numbers: "twenty-five days" is "25 days", "1,000" is "1000", "9,90" is "9.90"."""
    spelled = SPELLED.sub(_figure, STEP.sub("", plain(text).lower()))
    written = re.sub(r"(?<=\d),(?=\d)", ".", GROUPED.sub("", spelled))
    return BETWEEN.sub(r"\1-\2", written)


def _figure(found: re.Match[str]) -> str:
    if found["large"]:
        return str(LARGE.get(found["large"].lower(), 12))
    said = (
        COUNTED[found["tens"].lower()] + COUNTED.get((found["more"] or "").lower(), 0)
        if found["tens"]
        else COUNTED[found["few"].lower()]
    )
    return str(said * LARGE.get((found["times"] or "").lower(), 1))


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text in figures."""
    written = in_figures(text)
    return frozenset(NUMBER.findall(written)) | frozenset(SHARES[word] for word in SHARE.findall(written))


def addresses(text: str) -> frozenset[str]:
    readable = plain(text)
    found = {found.rstrip(".,;:!?").lower() for found in ADDRESS.findall(readable)}
    return frozenset(found) | frozenset(" ".join(spelled.lower().split()) for spelled in SPELLED_ADDRESS.findall(readable))


def measures(text: str) -> list[Measure]:
    """Numbers with what they count. A range is one number, "3-5"."""
    found = []
    for match in MEASURE.finditer(in_figures(text)):
        number = f"{match['number']}-{match['to']}" if match["to"] else match["number"]
        bound = 1 if match["lower"] or match["more"] else -1 if match["upper"] or match["less"] else 0
        found.append(Measure(number, _unit(match), 0 if match["to"] else bound))
    return found


def _unit(match: re.Match[str]) -> str:
    unit = COUNTS[match["sign"].strip()] if match["sign"] else COUNTS.get(match["unit"] or "", "")
    working = "working " if match["working"] and unit == "day" else ""
    return f"{working}{unit}{' off' if match['off'] else ''}"


class Held(msgspec.Struct, frozen=True):
    """The measures of a text of a source by their numbers. `ends`: those of a range, which may be said as its bounds."""

    by_number: dict[str, list[Measure]]
    ends: frozenset[Measure]

    def holds(self, one: Measure) -> bool:
        """Whether the text counts and bounds it so, or leaves it open."""
        return any(_fits(one, other) for other in self.by_number.get(one.number, ())) or any(
            one.number == end.number and one.bound == end.bound and _fits(one, end) for end in self.ends
        )


def held(text: str) -> Held:
    by_number: dict[str, list[Measure]] = {}
    ends = set[Measure]()
    for one in measures(text):
        by_number.setdefault(one.number, []).append(one)
        if "-" in one.number:
            low, high = one.number.split("-")
            ends |= {Measure(low, one.unit, 1), Measure(high, one.unit, -1)}
    return Held(by_number, frozenset(ends))


def _fits(one: Measure, other: Measure) -> bool:
    return (not one.unit or not other.unit or one.unit == other.unit) and one.bound * other.bound >= 0


def without_addresses(text: str) -> str:
    return ADDRESS.sub(" ", plain(text))
