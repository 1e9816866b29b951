"""Text that a page's own style sheets hide is not read, and what they show is; whatever they hold, nothing is raised, and time is linear."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.knowledge.reading import html
from core.knowledge.reading.stylesheets import RULES_MAX, TEXT_MAX, Sheets

SECRET = "zanzibar"
HIDING = [
    ".x{display:none}", "#x{display:none}", "p.x{display:none}", "P#x{DISPLAY : NONE !important}", "*.x{visibility:hidden}", ".a, .x ,#b{opacity:0}",
    ".x{font-size:0}", ".x{position:absolute;left:-9999px}", ".x{position:fixed; top:-999px}", ".x{text-indent:-999px}", ".x{text-indent:-100em}",
    "body .x{display:none}", "html > body > .x{display:none}", ".x{color:red;display:none;}", ".x{display:none",
    "/* a */.x/* b */{display:/* c */none}",
    "<!-- .x{display:none} -->", "@import 'a.css';.x{display:none}", "@media screen{.x{display:none}}", "@supports (display:grid){.x{display:none}}",
    "@layer a{.x{display:none}}", "@layer a, b;.x{display:none}", ".x{display:block}.x{display:none}", ".x{display:none}.x{display:bogus}",
    ".x{display:none}@media print{.x{display:block}}", ".x{display:none!important}.x{display:block}", "#x{display:none}.x{display:block}",
    'a{content:"}"}.x{display:none}', 'a{content:"/*"}.x{display:none}b{content:"*/"}', "a{content:'\\'}'}.x{display:none}",
    "a{background:url({)}.x{display:none}", "@font-face{font-family:x}.x{display:none}", "@keyframes k{from{top:0}to{top:1px}}.x{display:none}",
    "a{b{c:d}}.x{display:none}", "\\.x{display:block}.x{display:none}", ".\\78{display:none}", "}.x{display:none}",
]  # fmt: skip
SHOWING = [
    ".y{display:none}", ".x .y{display:none}", ".y .x{display:none}", ".x:hover{display:none}", ".x::before{display:none}", ".x{display:block}",
    ".x{display:none}.x{display:block}", ".x{display:none}#x{display:block}", ".x{display:none}p.x{display:flex}", ".x{opacity:0}.x{opacity:.9}",
    "@media print{.x{display:none}}", "@media (max-width:600px){.x{display:none}}", ".x{display:none}@media (min-width:600px){.x{display:block}}",
    ".x{display:none}.x.z{display:block}", ".x{display:none}.z{display:block!important}", "@keyframes x{.x{display:none}}", ".x{color:#fff}",
    ".x{left:-9999px}", ".x{text-indent:-20px}", ".x{height:0;overflow:hidden}", "/* .x{display:none} */", 'a{content:".x{display:none}"}',
    "@font-face{.x{display:none}}", ".x\\:y{display:none}", "#X{display:none}", "p{display:none", "@media{", "@", "", "{",
    ".x{display:none;display:block}",
]  # fmt: skip


def body(style: str, media: str = "", attributes: str = "") -> str:
    page = f"<head><style{media}>{style}</style></head><body><p>Before</p><p class='x z' id='x'{attributes}>{SECRET}</p><p>After</p></body>"
    found = html.read(page).body
    assert "Before" in found
    assert "After" in found
    return found


@pytest.mark.parametrize("style", HIDING)
def test_what_a_style_sheet_hides_is_not_read(style: str) -> None:
    assert SECRET not in body(style)


@pytest.mark.parametrize("style", SHOWING)
def test_what_a_style_sheet_shows_is_read(style: str) -> None:
    assert SECRET in body(style)


def test_all_that_stands_in_a_hidden_element_is_hidden_and_one_that_shows_itself_is_read() -> None:
    page = (
        f"<style>.x{{display:none}}</style><div class='a x'><h2>{SECRET}</h2><p>{SECRET}</div><main class=x>{SECRET}</main><p>After"
    )
    assert html.read(page).body == "After"
    assert SECRET in body(".x{display:none}", attributes=" style='display:block'")


def test_each_style_sheet_stands_alone_and_holds_for_its_media() -> None:
    assert SECRET not in html.read(f"<style>a{{</style><style>.x{{display:none}}</style><p class=x>{SECRET}</p>").body
    assert SECRET in body(".x{display:none}", " media='print'")
    assert SECRET not in body(".x{display:none}", " media=screen")
    assert SECRET in body(".x{display:none}", " type='text/less'")
    shown = "<style>.x{display:none}</style><noscript><style>.x{display:block}</style></noscript>"
    assert SECRET not in html.read(f"{shown}<p class=x>{SECRET}</p>").body


def test_a_page_that_waits_for_its_script_as_a_whole_is_read() -> None:
    page = f"<html class=x><style>.x{{opacity:0}}</style><body class=x><p>{SECRET}"
    assert html.read(page).body == SECRET


def test_names_that_are_written_with_escapes_are_known() -> None:
    style = r".hidden{display:none}@media (min-width:1px){.md\:block{display:block}}.a\.b{display:none}"
    sheets = Sheets([(style, "")])
    assert not sheets.hides("div", {"class": "hidden md:block"})
    assert sheets.hides("div", {"class": "hidden"})
    assert sheets.hides("div", {"class": "a.b"})


def test_there_are_bounds() -> None:
    late = ".x{display:none}"
    assert not Sheets([("a{}" * (TEXT_MAX // 3 + 1) + late, "")]).hides("p", {"class": "x"})
    assert not Sheets([(".y{top:0}" * RULES_MAX + late, "")]).hides("p", {"class": "x"})
    assert Sheets([(".y{top:0}" * (RULES_MAX - 1) + late, "")]).hides("p", {"class": "x"})


CSS = st.lists(
    st.sampled_from([
        *HIDING, *SHOWING, "{", "}", ";", ":", '"', "'", "\\", "/*", "*/", "@media ", "(", ")", "url(", "!important", ",", "\n", "\x00", "\ud83d",
        "é", ".x", "#x", "display:none",
    ])
    | st.text(max_size=20),
    max_size=40,
).map("".join)  # fmt: skip


@given(CSS, st.text(max_size=20), st.text(max_size=20))
@settings(deadline=None)
@example("\\", "\\", "x")
@example(".\\110000{display:none}", "\ufffd", "")
def test_no_style_sheet_breaks_the_reader(style: str, classes: str, media: str) -> None:
    sheets = Sheets([(style, media), (style, "")])
    assert sheets.hides("p", {"class": classes, "id": classes, "style": style}) in {True, False}
    assert sheets.hides("p", {"class": None, "id": None}) in {True, False}


@pytest.mark.parametrize(
    "part",
    [
        ".x{display:none}", ".x", "{", "}", "{}", "/*", "/**/", '"', "'", "\\", "\\a", "url(", "url( ", "@media ", "@media{", ".x,", ".x.y{top:0}",
        "html ", ";", "display:none;", " ", "!", ".\\aaaaaa", "\n\"", "a{content:'", "!important",
    ],
)  # fmt: skip
def test_time_is_linear(part: str) -> None:
    def cpu_s(size: int) -> float:
        text = part * (size // len(part))
        began = time.process_time()
        for style in (text, f".x{{{text}", f".x{{left:{text}}}", f"{text}{{display:none}}"):
            Sheets([(style, "")]).hides("p", {"class": text})
        return time.process_time() - began

    cpu_s(1000)
    assert cpu_s(400_000) < 8 * max(cpu_s(100_000), 0.1)


def test_many_elements_of_many_classes_cost_no_more_than_their_text() -> None:
    names = " ".join(f"c{number}" for number in range(12))
    pairs = "".join(f".c0.d{number}{{top:0}}" for number in range(RULES_MAX - 100))
    sheets = Sheets([(".c0{display:none}" + pairs, "")])
    began = time.process_time()
    for _ in range(20_000):
        assert sheets.hides("p", {"class": names})
    assert time.process_time() - began < 5
