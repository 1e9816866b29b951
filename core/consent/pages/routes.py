"""Pages for whoever gets mail: confirming, unsubscribing, choosing, signing up. Opening one changes nothing: programs follow every link in a mail."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from litestar import Response, Router, get, post
from litestar.params import FromPath

from core import plain
from core.auth import limits
from core.auth.edge import Incoming, address_of, language_of
from core.consent import links
from core.consent.actions import consents
from core.consent.links import Confirmation
from core.consent.pages import queries, words
from core.consent.pages.queries import Preferences
from core.consent.pages.words import Words
from core.consent.structs import TopicView
from core.errors import Invalid, LacasaError, NotFound, TooManyRequests
from core.networks import coarse
from core.plain import House

FIELDS_MAX = 200


@get("/mail/confirm/{confirm:str}", include_in_schema=False)
async def ask_to_confirm(request: Incoming, confirm: FromPath[str]) -> Response[str]:
    told = _admitted(request)
    topic, address, house = await queries.confirmation(confirm)
    question = _filled(told.confirm_question, topic=topic.name, address=address)
    text = f'<p class="fine" dir="auto">{escape(topic.text)}</p>' if topic.text else ""
    return _page(request, told.confirm_title, f"<p>{question}</p>{text}{_button(told.confirm_button)}", house)


@post("/mail/confirm/{confirm:str}", status_code=200, include_in_schema=False)
async def confirm_consent(request: Incoming, confirm: FromPath[str]) -> Response[str]:
    told = _admitted(request)
    topic = await consents.confirm(confirm, coarse(address_of(request)))
    owner = links.opened(links.CONFIRM, confirm, Confirmation).owner
    done = _status(_filled(told.confirm_done, topic=topic.name))
    return _page(
        request, told.confirmed_title, f"{done}{_more(told, links.preferences(owner))}", await queries.house(owner.organization_id)
    )


@get("/mail/unsubscribe/{unsubscribe:str}", include_in_schema=False)
async def ask_to_unsubscribe(request: Incoming, unsubscribe: FromPath[str]) -> Response[str]:
    told = _admitted(request)
    topic, address, more, house = await queries.unsubscription(unsubscribe)
    question = told.stop_all_question if topic is None else told.stop_question
    asked = _filled(question, topic="" if topic is None else topic.name, address=address)
    return _page(request, told.stop_title, f"<p>{asked}</p>{_button(told.stop_button)}{_more(told, more)}", house)


@post("/mail/unsubscribe/{unsubscribe:str}", status_code=200, include_in_schema=False)
async def unsubscribe_by_click(request: Incoming, unsubscribe: FromPath[str]) -> Response[str]:
    """From that page, or from a mail program (RFC 8058), in whatever form and with whatever words it comes: the address says all."""
    told = _admitted(request)
    is_one_click = b"List-Unsubscribe" in (await request.body())[:4096]
    topic = await consents.unsubscribe(unsubscribe, "one_click" if is_one_click else "preferences", coarse(address_of(request)))
    _, _, more, house = await queries.unsubscription(unsubscribe)
    done = told.stop_all_done if topic is None else _filled(told.stop_done, topic=topic.name)
    return _page(request, told.stop_title, f"{_status(done)}{_more(told, more)}", house)


@get("/mail/preferences/{preferences:str}", include_in_schema=False)
async def show_preferences(request: Incoming, preferences: FromPath[str]) -> Response[str]:
    told = _admitted(request)
    found = await queries.preferences(preferences)
    return _page(request, told.choose_title, _choices(told, found), found.house)


@post("/mail/preferences/{preferences:str}", status_code=200, include_in_schema=False)
async def save_preferences(request: Incoming, preferences: FromPath[str]) -> Response[str]:
    told = _admitted(request)
    fields = _fields(await request.body())
    network = coarse(address_of(request))
    if ("all", "stop") in fields:
        await consents.end_all(preferences, network)
        done = told.all_done
    else:
        await consents.choose(preferences, frozenset(_numbers(value for name, value in fields if name == "topic")), network)
        done = told.choose_done
    found = await queries.preferences(preferences)
    return _page(request, told.choose_title, _status(done) + _choices(told, found), found.house)


@get("/mail/subscribe/{form:str}", include_in_schema=False)
async def show_form(request: Incoming, form: FromPath[str]) -> Response[str]:
    told = _admitted(request)
    topic, house = await queries.form(form)
    return _page(request, topic.name, _form(told, topic), house)


@post("/mail/subscribe/{form:str}", status_code=200, include_in_schema=False)
async def sign_up(request: Incoming, form: FromPath[str]) -> Response[str]:
    """The answer does not tell what was known of the address."""
    told = _admitted(request)
    topic, house = await queries.form(form)
    limits.of_visitors().write(form, address_of(request))
    email = next((value.strip() for name, value in _fields(await request.body()) if name == "email"), "")
    try:
        await consents.sign_up(form, email, coarse(address_of(request)), language_of(request))
    except Invalid:
        wrong = f'<p role="alert" id="wrong">{escape(told.form_wrong)}</p>'
        return _page(request, topic.name, f"{wrong}{_form(told, topic, email)}", house)
    return _page(request, topic.name, _status(escape(told.form_done)), house)


def _admitted(request: Incoming) -> Words:
    """What to say, to whoever does not ask too often."""
    limits.of_visitors().read(address_of(request))
    return words.of(language_of(request))


def _page(request: Incoming, title: str, body: str, house: House = plain.NOBODYS, status: int = 200) -> Response[str]:
    return plain.page(words.known(language_of(request)), title, body, house, status)


def _refused(request: Incoming, error: LacasaError) -> Response[Any]:
    """A page for people; programs get what they get everywhere."""
    told = words.of(language_of(request))
    if "text/html" in request.headers.get("accept", ""):
        if isinstance(error, NotFound):
            return _page(request, told.gone_title, f"<p>{escape(told.gone_text)}</p>", status=error.status)
        if isinstance(error, TooManyRequests):
            return _page(request, told.busy_title, f"<p>{escape(told.busy_text)}</p>", status=error.status)
    everywhere: Callable[[Incoming, LacasaError], Response[Any]] = request.app.exception_handlers[LacasaError]
    return everywhere(request, error)


def _filled(sentence: str, *, topic: str = "", address: str = "") -> str:
    """A sentence as HTML; names in it keep the direction in which they are written."""
    return escape(sentence).format(topic=f"<bdi>{escape(topic)}</bdi>", address=f"<bdi>{escape(address)}</bdi>")


def _status(told: str) -> str:
    return f'<p role="status">{told}</p>'


def _button(told: str) -> str:
    return f'<form method="post"><button>{escape(told)}</button></form>'


def _more(told: Words, link: str) -> str:
    return f'<p><a href="{escape(link)}">{escape(told.more)}</a></p>'


def _choices(told: Words, found: Preferences) -> str:
    rows = "".join(
        f'<div class="choice"><input type="checkbox" id="t{one.topic_id}" name="topic" value="{one.topic_id}"{" checked" if one.is_on else ""}>'
        f'<label for="t{one.topic_id}"><bdi>{escape(one.name)}</bdi></label><p><bdi>{escape(one.description or one.text)}</bdi></p></div>'
        for one in found.choices
    )
    held = f'<p role="note">{escape(told.held_back)}</p>' if found.is_held_back else ""
    legend = _filled(told.choose_legend, address=found.address)
    return (
        f'{held}<form method="post"><fieldset><legend>{legend}</legend>{rows}</fieldset><button>{escape(told.choose_button)}</button></form>'
        f'<form method="post"><button class="quiet" name="all" value="stop">{escape(told.all_button)}</button></form>'
    )


def _form(told: Words, topic: TopicView, email: str = "") -> str:
    described = f'<p dir="auto">{escape(topic.description)}</p>' if topic.description else ""
    agreed = f'<p class="fine" dir="auto">{escape(topic.text)}</p>' if topic.text else ""
    wrong = ' aria-invalid="true" aria-describedby="wrong"' if email else ""
    field = 'type="email" id="email" name="email" required maxlength="254" autocomplete="email" dir="ltr"'
    return (
        f'{described}<form method="post"><p><label for="email">{escape(told.form_label)}</label>'
        f'<input {field} value="{escape(email[:254])}"{wrong}></p>{agreed}'
        f"<button>{escape(told.form_button)}</button></form>"
    )


def _fields(body: bytes) -> list[tuple[str, str]]:
    """What a form of ours sends.

    Raises:
        Invalid: it is more than any form of ours has.
    """
    try:
        return parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError:
        raise Invalid("this form has too many fields") from None


def _numbers(values: Iterable[str]) -> Iterable[int]:
    return (int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19)


HANDLERS = [
    ask_to_confirm, confirm_consent, ask_to_unsubscribe, unsubscribe_by_click, show_preferences, save_preferences, show_form, sign_up,
]  # fmt: skip
router = Router("/", route_handlers=HANDLERS, exception_handlers={LacasaError: _refused})
PUBLIC = tuple(
    f"{method} /mail/{page}:str}}"
    for page in ("confirm/{confirm", "unsubscribe/{unsubscribe", "preferences/{preferences", "subscribe/{form")
    for method in ("GET", "POST")
)
