"""What somebody wrote anew; and that nothing of the rest is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.channels.email import trimming

QUOTED = "> old words\n> more"
INTRODUCTIONS = [
    "On Fri, Nov 27, 2026 at 10:00 AM Shop <shop@example.com> wrote:",
    "Am 27.11.2026 um 10:00 schrieb Shop <shop@example.com>:",
    "Am Fr., 27. Nov. 2026 um 10:00 Uhr schrieb Shop <shop@example.com>:",
    "Le ven. 27 nov. 2026 à 10:00, Shop <shop@example.com> a écrit :",
    "El vie, 27 nov 2026 a las 10:00, Shop (<shop@example.com>) escribió:",
    "Il giorno ven 27 nov 2026 alle ore 10:00 Shop <shop@example.com> ha scritto:",
    "Op vr 27 nov. 2026 om 10:00 schreef Shop <shop@example.com>:",
    "Em sex., 27 de nov. de 2026 às 10:00, Shop <shop@example.com> escreveu:",
    "W dniu 27.11.2026 o 10:00, Shop pisze:",
    "pt., 27 lis 2026 o 10:00 Shop <shop@example.com> napisał(a):",
    "пт, 27 нояб. 2026 г. в 10:00, Shop <shop@example.com>:",
    "27.11.2026 10:00, Shop пишет:",
    "Den fre 27 nov. 2026 kl 10:00 skrev Shop <shop@example.com>:",
    "Den fre. 27. nov. 2026 kl. 10.00 skrev Shop <shop@example.com>:",
    "pe 27. marrask. 2026 klo 10.00 Shop (shop@example.com) kirjoitti:",
    "pá 27. 11. 2026 v 10:00 odesílatel Shop <shop@example.com> napsal:",
    "2026年11月27日(金) 10:00 Shop <shop@example.com>:",
    "2026/11/27 10:00、Shop <shop@example.com> のメール：",
    "2026년 11월 27일 오전 10:00, Shop <shop@example.com>님이 작성:",
    "Пятница, 27 ноября 2026, 10:00 +03:00 от Shop <shop@example.com>:",
    "2026. november 27. 10:00 Shop <shop@example.com> ezt írta:",
    "Shop <shop@example.com> 于2026年11月27日周五 10:00写道：",
    "في الجمعة، 27 نوفمبر 2026 في 10:00 تمت كتابة ما يلي بواسطة Shop <shop@example.com>:",
    "Shop <shop@example.com>, 27 Kas 2026 Cum, 10:00 tarihinde şunu yazdı:",
    "On Fri, Nov 27, 2026 at 10:00 AM Somebody With A Long Name <\nshop@example.com> wrote:",
    "-----Original Message-----\nFrom: Shop <shop@example.com>\nSent: Friday\nTo: Ann\nSubject: Hi",
    "From: Shop <shop@example.com>\nSent: Friday, November 27, 2026 10:00\nTo: Ann\nSubject: Hi",
    "Von: Shop\nGesendet: Freitag, 27. November 2026 10:00\nAn: Ann\nBetreff: Hallo",
    "De : Shop\nEnvoyé : vendredi 27 novembre 2026 10:00\nÀ : Ann\nObjet : Salut",
    "________________________________\nFrom: Shop\nSent: Friday\nTo: Ann\nSubject: Hi",
    "*Från:* Shop\n*Skickat:* den 27 november 2026\n*Till:* Ann\n*Ämne:* Hej",
    "发件人: Shop\n发送时间: 2026年11月27日\n收件人: Ann\n主题: 你好",
    "من: Shop\nتاريخ الإرسال: 27/11/2026\nإلى: Ann\nالموضوع: مرحبا",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize("quoted", [QUOTED, "old words\nwithout marks"])
def test_an_answer_above_what_it_answers(introduction: str, quoted: str) -> None:
    found = trimming.trim(f"Thanks, that works.\n\n{introduction}\n\n{quoted}\n")
    assert found.visible == "Thanks, that works."
    assert "old words" in found.hidden


def test_an_answer_below_one_quotation() -> None:
    found = trimming.trim(f"{INTRODUCTIONS[0]}\n{QUOTED}\n\nThanks.\n")
    assert found.visible == "Thanks."


def test_what_is_quoted_below_goes_without_an_introduction() -> None:
    assert trimming.trim("Thanks.\n\n> old\n> words\n").visible == "Thanks."


def test_a_signature_may_stand_right_under_a_name() -> None:
    assert trimming.trim("Thanks,\nAnn\nSent from my iPhone\n").visible == "Thanks,\nAnn"


def test_answers_between_quotations_keep_them() -> None:
    text = f"{INTRODUCTIONS[0]}\n> first?\nYes.\n> second?\nNo.\n"
    assert trimming.trim(text).visible == "> first?\nYes.\n> second?\nNo."


@pytest.mark.parametrize("signature", ["-- \nAnn Lee\nExample Ltd", "--\nAnn", "Sent from my iPhone", "Von meinem iPhone gesendet",
"Envoyé de mon iPhone",
                                       "Get Outlook for iOS<https://aka.ms/x>", "أُرسلت من الـ iPhone", "从我的iPhone发送"])  # fmt: skip
def test_a_signature(signature: str) -> None:
    found = trimming.trim(f"Where is it?\n\n{signature}\n")
    assert found.visible == "Where is it?"
    assert found.signature.strip() == signature


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I called. He wrote:\nnothing at all",
        "My order:\nFrom your shop\nTo my house",
        "Prices:\n-----\nlow",
        "The price was 20:00 and then I wrote",
        "Sent from the shop on Monday, and it never came to me although I waited for it at home all week long, every single day and night.",
        "> only quoted",
        "Hello,\nSent by mail on Monday, and nothing came",
        "Please change my journey:\n\nFrom: Berlin\nTo: Paris\nDate: Friday\n\nto Saturday",
        "I never got the mail you sent",
        "Hello,\nOrdered from mobile yesterday",
        "Ich habe die E-Mail gestern gesendet",
        "See the table:\n\n| a | b |\n| 1 | 2 |",
        "Try this:\n\n```\nfoo\n--\nbar\n```\nThanks",
        "One part\n\n-----\n\n" + "Another line of mine\n" * 30,
        "Sent from my iPhone",
        "-- ",
        INTRODUCTIONS[0],
        "Dear shop,\n\nsubject: my order\n\nplease help",
    ],
)
def test_what_is_no_quotation_stays(text: str) -> None:
    assert trimming.trim(text).visible == text.strip("\n \t") or text == "Prices:\n-----\nlow"


@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from([*INTRODUCTIONS, QUOTED, "words", "", "-- ", "Sent from my iPhone", "> > deep"]), max_size=12).map(
        "\n".join
    )
)
def test_nothing_is_lost_and_something_is_seen(text: str) -> None:
    found = trimming.trim(text)
    assert "\n".join(segment.text for segment in found.segments) == text
    assert bool(found.visible) == bool(text.strip("\n \t"))


def test_html_without_what_is_quoted() -> None:
    html = (
        '<div>Thanks</div><div class="gmail_quote">On Friday<blockquote>old<div class="gmail_quote">older</div></blockquote></div>'
    )
    assert trimming.trim("Thanks", html).html == "<div>Thanks</div>"
    assert trimming.trim("Thanks", "<p>Thanks</p>").html is None
    assert trimming.trim("old", '<div class="gmail_quote">old</div>').html is None
    outlook = '<p>Thanks</p><div id="divRplyFwdMsg">From: Shop</div><p>old</p>'
    assert trimming.trim("Thanks", outlook).html == "<p>Thanks</p>"


@pytest.mark.parametrize(
    "line", ["On 1.1.2020 a@b wrote:", "From: x", "-----", "> q", "<a@b", "1:", "a" * 900, "Sent from my iPhone", "2020-01-01 "]
)
def test_time_grows_with_the_text(line: str) -> None:
    started = time.process_time()
    trimming.trim("words\n" + f"{line}\n" * 9_000)
    assert time.process_time() - started < 3
