"""What a mail says, read from its bytes as programs really write them."""

import base64
from datetime import UTC, datetime

import pytest

from core.channels.email.parsing import Address, Limits, Mail, parse


def a_mail(*lines: str | bytes) -> Mail:
    return parse(b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))


def test_a_plain_mail() -> None:
    mail = a_mail(
        "From: Ann Lee <ann@example.com>", "To: shop@example.org, \"Doe, John\" <john@example.org>", "Cc: team@example.org",
        "Reply-To: <other@example.com>",
        "Sender: secretary@example.com", "Subject: Where is my parcel?", "Message-ID: <one@example.com>", "In-Reply-To: <zero@example.org>",
        "References: <a@example.org>\r\n <zero@example.org>", "Date: Fri, 27 Nov 2026 10:00:00 +0200", "", "Hello", "",
    )  # fmt: skip
    assert mail.senders == (Address("Ann Lee", "ann@example.com"),)
    assert mail.to == (Address("", "shop@example.org"), Address("Doe, John", "john@example.org"))
    assert mail.cc == (Address("", "team@example.org"),)
    assert mail.reply_to == (Address("", "other@example.com"),)
    assert mail.sender == Address("", "secretary@example.com")
    assert mail.subject == "Where is my parcel?"
    assert mail.message_id == "one@example.com"
    assert mail.in_reply_to == ("zero@example.org",)
    assert mail.references == ("a@example.org", "zero@example.org")
    assert mail.date == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert mail.text == "Hello"
    assert mail.html is None
    assert mail.defects == ()
    assert [header.name for header in mail.headers][:2] == ["From", "To"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?B?w6TDtsO8?=", "äöü"),
        ("=?utf-8?q?a_=C3=A4?= =?utf-8?q?_b?=", "a ä b"),
        ("=?utf-8?B?w6Q?=", "ä"),
        ("=?utf-8?B?w6?= =?utf-8?B?pA==?=", "ä"),
        ("=?utf-8?Q?=C3?=\r\n =?utf-8?Q?=A4?=", "ä"),
        ("=?iso-8859-1*de?Q?=E4?=", "ä"),
        ("=?utf-8?Q?what now?=", "what now"),
        ("=?utf-8?Q?what?=20now?=", "what? now"),
        ("Re:=?utf-8?Q?=C3=A4?=x", "Re:äx"),
        ("=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"),
        ("=?gb2312?B?1tC5+g==?=", "中国"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?no-such-charset?Q?=C3=A4?=", "ä"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("1 =? 2 ?= 3", "1 =? 2 ?= 3"),
        ("folded\r\n\tsubject", "folded subject"),
        ("zero\x00byte", "zerobyte"),
    ],
)
def test_a_subject(written: str, read: str) -> None:
    assert a_mail(f"Subject: {written}", "", "").subject == read


def test_undeclared_bytes_in_a_subject_are_in_the_charset_of_the_text() -> None:
    mail = a_mail("Content-Type: text/plain; charset=koi8-r", "Subject: Привет".encode("koi8-r"), "", "Как дела".encode("koi8-r"))
    assert (mail.subject, mail.text) == ("Привет", "Как дела")


@pytest.mark.parametrize(
    ("declared", "data", "read"),
    [
        ("iso-8859-1", b"\x93quoted\x94 \x80", "“quoted” €"),
        ("us-ascii", "schön".encode(), "schön"),
        ("utf-8", b"ok \xff", "ok �"),
        ("x-unknown", "שלום".encode(), "שלום"),
        ("windows-1251", "Привет".encode("cp1251"), "Привет"),
        ("gb2312", "中国".encode("gb18030"), "中国"),
        ("shift_jis", "日本①".encode("cp932"), "日本①"),
        ("iso-8859-8-i", "שלום".encode("iso8859-8"), "שלום"),
        ("unicode-1-1-utf-7", b"+AOQ-", "ä"),
        ("zlib", b"plain", "plain"),
        ("punycode", b"plain", "plain"),
        ("", "Где моя посылка? Я жду уже две недели.".encode("cp1251"), "Где моя посылка? Я жду уже две недели."),
    ],
)  # fmt: skip
def test_a_charset(declared: str, data: bytes, read: str) -> None:
    assert a_mail(f"Content-Type: text/plain; charset={declared}", "", data).text == read


def test_no_lone_surrogate_and_no_nul_comes_out() -> None:
    mail = a_mail("Subject: =?utf-8?B?7aCA?=", "Content-Type: text/plain; charset=utf-7", "", b"+2AA- \x00 end")
    assert "\x00" not in mail.text
    (mail.subject + mail.text).encode()


ALTERNATIVE = (
    "Content-Type: multipart/alternative; boundary=b", "", "preamble", "--b", "Content-Type: text/plain", "", "words", "--b",
    "Content-Type: text/html", "",
    "<p>words</p>", "--b--", "epilogue",
)  # fmt: skip


def test_an_alternative_has_text_and_html() -> None:
    mail = a_mail(*ALTERNATIVE)
    assert (mail.text, mail.html, mail.attachments) == ("words", "<p>words</p>", ())


def test_a_part_of_the_outer_multipart_ends_an_inner_one_that_was_not_closed() -> None:
    mail = a_mail(
        "Content-Type: multipart/mixed; boundary=out", "", "--out", "Content-Type: multipart/alternative; boundary=in", "", "--in", "", "words",
        "--in",
        "Content-Type: text/html", "", "<p>words</p>", "--out", "", "footer", "--out--",
    )  # fmt: skip
    assert mail.text == "words\nfooter"
    assert mail.html is not None
    assert "footer" in mail.html


def test_what_a_list_wrote_under_encoded_text_is_text() -> None:
    encoded = base64.b64encode("hellö".encode()).decode()
    mail = a_mail(
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        encoded + "\r\n_______\r\nThe list of lists",
    )
    assert mail.text == "hellö\n_______\nThe list of lists"


def test_strange_letters_within_encoded_text_are_passed_over() -> None:
    assert a_mail("Content-Transfer-Encoding: base64", "", "aGVsb\r\n!G8=").text == "hello"


def test_japanese_text_tells_its_charset_by_itself() -> None:
    assert a_mail("Content-Type: text/plain; charset=us-ascii", "", "こんにちは".encode("iso2022_jp")).text == "こんにちは"


def test_html_alone_has_a_text_made_of_it() -> None:
    mail = a_mail(
        "Content-Type: text/html; charset=utf-8", "",
        "<style>p{}</style><p>One<br>two</p><blockquote>old</blockquote><p><a href='https://example.com/x'>here</a></p>"
    )  # fmt: skip
    assert mail.text_from_html
    assert [line for line in mail.text.split("\n") if line.strip(" >")] == ["One", "two", "> old", "here <https://example.com/x>"]


def test_an_empty_text_beside_html_is_none() -> None:
    mail = a_mail(
        "Content-Type: multipart/alternative; boundary=b",
        "",
        "--b",
        "",
        " ",
        "--b",
        "Content-Type: text/html",
        "",
        "<p>Hi</p>",
        "--b--",
    )
    assert (mail.text, mail.text_from_html) == ("Hi", True)


def test_a_page_may_declare_its_charset_itself() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет</p>'.encode("koi8-r")
    assert a_mail("Content-Type: text/html", "", page).text == "Привет"


def test_a_related_image_is_inline_and_has_its_content_id() -> None:
    mail = a_mail(
        "Content-Type: multipart/related; boundary=r", "", "--r", "Content-Type: text/html", "", '<img src="cid:logo@x">', "--r",
        "Content-Type: image/png; name=logo.png", "Content-ID: <logo@x>", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=", "--r--",
    )  # fmt: skip
    (image,) = mail.attachments
    assert (image.name, image.content_id, image.inline, image.data) == ("logo.png", "logo@x", True, b"\x89PNG\r\n\x1a\n")
    assert mail.html == '<img src="cid:logo@x">'


def test_texts_around_an_image_are_one_body_and_the_image_stands_between() -> None:
    mail = a_mail(
        "Content-Type: multipart/mixed; boundary=m", "", "--m", "Content-Type: text/plain", "", "above", "--m", "Content-Type: image/gif",
        "Content-Transfer-Encoding: base64", "", "R0lGODlh", "--m", "Content-Type: text/plain", "", "below", "--m--",
    )  # fmt: skip
    assert mail.text == "above\nbelow"
    assert [(image.content_type, image.between) for image in mail.attachments] == [("image/gif", True)]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a b.pdf", "a b.pdf"),
        ("attachment; filename*=utf-8''%E2%82%AC.pdf", "€.pdf"),
        ("attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC; filename*2=.pdf", "€.pdf"),
        ("attachment; filename*1=cd.pdf; filename*0=ab", "abcd.pdf"),
        ("attachment; filename*=iso-8859-1'de'%E4.pdf; filename=fallback.pdf", "ä.pdf"),
        ('attachment; filename="=?utf-8?B?w6QucGRm?="', "ä.pdf"),
        ("attachment; filename=ä.pdf", "ä.pdf"),
        ('attachment; filename="..\\..\\evil.exe"', "evil.exe"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('attachment; filename="open.pdf', "open.pdf"),
        ("attachment; filename=; size=3", ""),
        ("attachment", ""),
    ],
)
def test_a_name_of_an_attachment(disposition: str, name: str) -> None:
    mail = a_mail(
        "Content-Type: multipart/mixed; boundary=m",
        "",
        "--m",
        "Content-Type: application/pdf",
        f"Content-Disposition: {disposition}",
        "",
        "x",
        "--m--",
    )
    assert [attachment.name for attachment in mail.attachments] == [name]


def test_a_forwarded_mail_is_kept_whole_with_its_subject() -> None:
    inner = "Subject: =?utf-8?Q?Old_=C3=A4?=\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nold\r\n--in--"
    mail = a_mail(
        "Content-Type: multipart/mixed; boundary=m",
        "",
        "--m",
        "",
        "see below",
        "--m",
        "Content-Type: message/rfc822",
        "",
        inner,
        "--m--",
    )
    (forwarded,) = mail.attachments
    assert mail.text == "see below"
    assert forwarded.title == "Old ä"
    assert forwarded.data == inner.replace("\r\n", "\n").encode()


def test_an_invitation_is_an_attachment_and_a_line() -> None:
    mail = a_mail(
        "Content-Type: multipart/mixed; boundary=m", "", "--m", "", "come", "--m", "Content-Type: text/calendar; method=REQUEST", "",
        "BEGIN:VCALENDAR",
        "METHOD:REQUEST", "BEGIN:VEVENT", "SUMMARY:Lunch\\, at last", "DTSTART;TZID=Europe/Madrid:20261127T1300", " 00",
        "ORGANIZER:mailto:ann@example.com", "END:VEVENT",
        "END:VCALENDAR", "--m--",
    )  # fmt: skip
    assert mail.invitation is not None
    assert (mail.invitation.summary, mail.invitation.starts) == ("Lunch, at last", "20261127T130000 Europe/Madrid")
    assert (mail.invitation.method, mail.invitation.organizer) == ("REQUEST", "ann@example.com")
    assert [attachment.content_type for attachment in mail.attachments] == ["text/calendar"]


def tnef(files: dict[str, bytes]) -> bytes:
    """A `winmail.dat` as Outlook writes it, with the short name first and the long one in the properties."""

    def attribute(number: int, value: bytes) -> bytes:
        return (
            b"\x02"
            + number.to_bytes(2, "little")
            + b"\0\0"
            + len(value).to_bytes(4, "little")
            + value
            + (sum(value) & 0xFFFF).to_bytes(2, "little")
        )

    written = b"\x78\x9f\x3e\x22\x00\x01"
    for name, data in files.items():
        wide = (name + "\0").encode("utf-16-le")
        listed = (
            (1).to_bytes(4, "little")
            + b"\x1f\x00\x07\x37"
            + (1).to_bytes(4, "little")
            + len(wide).to_bytes(4, "little")
            + wide
            + b"\0" * (-len(wide) % 4)
        )
        written += (
            attribute(0x9002, b"\0" * 14)
            + attribute(0x8010, b"SHORT~1.DAT\0")
            + attribute(0x800F, data)
            + attribute(0x9005, listed)
        )
    return written


def test_winmail_dat_is_opened_and_what_is_none_stays() -> None:
    def with_winmail(data: bytes) -> Mail:
        encoded = base64.encodebytes(data).decode()
        return a_mail(
            "Content-Type: multipart/mixed; boundary=m", "", "--m", "", "hi", "--m", "Content-Type: application/ms-tnef; name=winmail.dat",
            "Content-Transfer-Encoding: base64", "", encoded, "--m--",
        )  # fmt: skip

    written = tnef({"a.pdf": b"%PDF"}) + b"\x01\x0c\x80\x01\x00\x06\x00\x00\x00inside\x00\x00"
    alone = a_mail("Content-Type: application/ms-tnef", "Content-Transfer-Encoding: base64", "", base64.encodebytes(written))
    assert (alone.text, [file.name for file in alone.attachments]) == ("inside", ["a.pdf"])
    opened = with_winmail(tnef({"Prüfung.pdf": b"%PDF", "b.txt": b"two"}))
    assert [(file.name, file.data) for file in opened.attachments] == [("Prüfung.pdf", b"%PDF"), ("b.txt", b"two")]
    assert [file.name for file in with_winmail(b"no tnef").attachments] == ["winmail.dat"]
    assert [file.name for file in with_winmail(tnef({"a.pdf": b"%PDF"})[:40]).attachments] == ["winmail.dat"]


@pytest.mark.parametrize(
    ("encoding", "written", "data"),
    [
        ("base64", "aGVs\r\n!!bG8", b"hello"),
        ("base64", "aGVsbG8= ignored\r\nd29ybGQ=", b"helloworld"),
        ("BASE64", "aGVsbG8==aGVsbG8=", b"hellohello"),
        ("base64", "a", b""),
        ("quoted-printable", "a=3Db=\r\nc =ZZ", b"a=bc =ZZ"),
        ("x-uuencode", "begin 644 x\r\n%:&5L;&\\\r\n`\r\nend", b"hello"),
        ("7bit", "as it is", b"as it is"),
        ("nonsense", "as it is", b"as it is"),
    ],
)
def test_a_transfer_encoding(encoding: str, written: str, data: bytes) -> None:
    mail = a_mail("Content-Type: application/x-any", f"Content-Transfer-Encoding: {encoding}", "", written)
    assert mail.attachments[0].data == data


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("one--i--", "one"),
        ("one--i--\r\n \r\n", "one"),
        ("one--o--", "one"),
        ("one--i--\r\n--o--", "one"),
        ("one--i--\r\n--i--", "one--i--"),
        ("one--i-- two", "one--i-- two"),
        ("one--i", "one--i"),
    ],
)
def test_a_closing_delimiter_without_a_line_of_its_own_is_no_text(end: str, text: str) -> None:
    mail = a_mail(
        "Content-Type: multipart/mixed; boundary=o", "", "--o", "Content-Type: multipart/mixed; boundary=i", "", "--i", "", end
    )
    assert mail.text == text


def test_flowed_text_runs_on_and_a_signature_does_not() -> None:
    mail = a_mail("Content-Type: text/plain; format=flowed", "", "one ", "line", "> old ", "> words", "-- ", "Ann")
    assert mail.text == "one line\n> old words\n-- \nAnn"


def test_flowed_text_does_not_run_into_a_quotation() -> None:
    assert a_mail("Content-Type: text/plain; format=flowed", "", "above ", "> quoted ", "below").text == "above \n> quoted \nbelow"


def test_several_from_fields_are_a_defect() -> None:
    mail = a_mail("From: a@example.com", "From: b@example.com", "", "")
    assert [sender.address for sender in mail.senders] == ["a@example.com", "b@example.com"]
    assert "several_from" in mail.defects


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("27 Nov 2026 10:00:00 -0000", datetime(2026, 11, 27, 10, tzinfo=UTC)),
        ("Fri, 27 Nov 26 10:00 GMT", datetime(2026, 11, 27, 10, tzinfo=UTC)),
        ("yesterday", None),
        ("Fri, 99 Nov 2026 10:00:00 +0000", None),
        ("", None),
        ("1 Jan 99999999999999999999 10:00:00 +0000", None),
    ],
)
def test_a_date(written: str, read: datetime | None) -> None:
    assert a_mail(f"Date: {written}", "", "").date == read


def test_what_is_no_header_is_text() -> None:
    assert a_mail("hello there", "no header at all").text == "hello there\nno header at all"
    assert a_mail("Subject: x", "Hello without a line between").text == "Hello without a line between"
    assert a_mail("From MAILER-DAEMON Fri Apr 29", "Subject: x", "", "y").subject == "x"
    assert parse(b"").text == ""


def test_references_and_addresses_are_bounded() -> None:
    many = " ".join(f"<{number}@x>" for number in range(300))
    mail = a_mail(f"References: {many}", "To: " + ", ".join(f"u{number}@example.com" for number in range(600)), "", "x")
    assert (len(mail.references), mail.references[0], mail.references[-1]) == (100, "0@x", "299@x")
    assert len(mail.to) == 500
    assert {"references_cut", "addresses_cut"} <= set(mail.defects)


def test_a_very_long_text_is_cut_and_attached_whole() -> None:
    mail = parse(b"Subject: x\n\n" + b"word " * 1000, Limits(text_bytes=1000))
    assert len(mail.text) == 1000
    assert [len(attachment.data) for attachment in mail.attachments] == [5000]
    assert mail.defects == ("text_cut",)
