"""robots.txt by RFC 9309: the groups for our name, else for all; the longest rule that matches decides, and allows where two are as long."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

import msgspec

NAME = "lacasabot"
SIZE_MAX = 500 * 1024
RULES_MAX = 2000
RULE_MAX = 1000
SITEMAPS_MAX = 50
DELAY_MAX_S = 30.0


class Robots(msgspec.Struct, frozen=True):
    """`rules`: (allows, pattern), for us. `delay_s`: the pause it asks for between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay_s: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, address: str) -> bool:
        parts = urlsplit(address)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        best, allowed = -1, True
        for allows, pattern in self.rules:
            size = len(pattern)
            if (size > best or (size == best and allows)) and _matches(pattern, path):
                best, allowed = size, allows
        return allowed


@lru_cache(maxsize=64)
def parse(text: str) -> Robots:
    """Lines that are no rules are passed over."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    delays: dict[str, float] = {}
    sitemaps, agents, is_naming = list[str](), set[str](), False
    for line in text[:SIZE_MAX].splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            agents = agents if is_naming else set()
            is_naming, agent = True, _agent(value)
            if agent in {NAME, "*"}:
                agents.add(agent)
                groups.setdefault(agent, [])
            continue
        if field == "sitemap":
            sitemaps += [value] if len(sitemaps) < SITEMAPS_MAX else []
            continue
        is_naming = False
        if field in {"allow", "disallow"} and value:
            for rules in (groups[agent] for agent in agents if len(groups[agent]) < RULES_MAX):
                rules.append((field == "allow", _normal(value[:RULE_MAX])))
        elif field == "crawl-delay" and re.match(r"^\d{1,6}(\.\d{1,6})?\Z", value):
            delays |= dict.fromkeys(agents, min(float(value), DELAY_MAX_S))
    ours = NAME if NAME in groups else "*"
    return Robots(tuple(groups.get(ours, [])), delays.get(ours, 0.0), tuple(sitemaps))


def _agent(value: str) -> str:
    found = re.match(r"[A-Za-z_-]{1,100}|\*", value)
    return found.group(0).lower() if found else ""


def _normal(path: str) -> str:
    return quote(unquote(path, errors="surrogateescape"), safe="/?&=*$+,;:@!'()~.-_%", errors="surrogateescape")


def _matches(pattern: str, path: str) -> bool:
    """`*` stands for anything, `$` at the end for the end. Linear: each piece is looked for where the one before ends."""
    is_whole = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return len(path) == len(first) or not is_whole
    place = len(first)
    last = pieces.pop()
    for piece in pieces:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return path.endswith(last) and len(path) - len(last) >= place if is_whole else path.find(last, place) >= 0
