"""What the fuzzer begins with. Everything is made here."""

from tests.core.email.test_hostile import PIECES, nested, wide
from tests.core.email.test_parsing import tnef
from tests.core.email.test_rich_text import HEAD, OF_HTML, compress, winmail

PLAIN = (
    b'From: Ida Ash <ida@example.org>\nTo: a: b@c.example, "D, E" <d@e.example>;, f@[192.0.2.1]\nCc: =?utf-8?Q?J=C3=BCrgen?= <j@b\xc3\xbc.example>\n'
    b"Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= and\n more\nDate: Mon, 3 Nov 2025 10:00:00 +0100 (CET)\nMessage-ID: <a@b>\nIn-Reply-To: <c@d>\n"
    b"References: <e@f> <c@d>\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\nHello \nthere\n\n> quoted\n-- \nIda\n"
)
PARTS = (
    b'From: a@b.example\nContent-Type: multipart/mixed; boundary="o"\n\npreamble\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\n'
    b'text\n--i\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n<p>caf=E9 <img src=3D"cid:l"></p>\n'
    b"--i--\n--o\nContent-Type: image/png; name*0*=utf-8''a%20; name*1=b.png\nContent-ID: <l>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    b"--o\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner\n--o\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n"
    b"BEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Meet\nDTSTART;TZID=Europe/Berlin:20251103T100000\nEND:VEVENT\nEND:VCALENDAR\n--o\n"
    b"Content-Transfer-Encoding: x-uuencode\nContent-Disposition: attachment; "
    b'filename="=?utf-8?b?w6Q=?=.txt"\n\nbegin 644 x\n%:&5L;&\\\n`\nend\n--o--\n'
)
BOUNCE = (
    b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: support@shop.example\nSubject: Undelivered Mail Returned to Sender\n"
    b"Auto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nI could not deliver it:\n"
    b"<nobody@example.net>: host mx.example.net said: 550 5.1.1 No such user (in reply to RCPT TO)\n--b\nContent-Type: message/delivery-status\n\n"
    b"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; nobody@example.net\nAction: failed\nStatus: 5.1.1\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 No such user\n--b\nContent-Type: message/rfc822\n\nMessage-ID: "
    b"<m@shop.example>\nTo: nobody@example.net\n\nhi\n--b--\n"
)
PROSE = (
    b"From: Mail Delivery System <mailer-daemon@example.net>\nSubject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: "
    b"a@example.net\n\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered:\n\n"
    b"  a@example.net\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n\n"
    b"Message-ID: <m@shop.example>\nTo: a@example.net\nSubject: hi\n\nhi\n"
)
COMPLAINT = (
    b"From: fbl@example.net\nSubject: complaint\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nabuse\n--b\n"
    b"Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: <a@example.net>\n--b\n"
    b"Content-Type: text/rfc822-headers\n\nMessage-ID: <m@shop.example>\nTo: a@example.net\n--b--\n"
)
NOTIFICATION = (
    b'From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n{"notificationType":"Bounce","bounce":{"bounceType":"Permanent",'
    b'"bouncedRecipients":[{"emailAddress":"a@example.net","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user \\u0000'
    b'\\ud800 unknown"}]},"mail":{"messageId":"<m\\u0000@shop.example>"}}\n'
)
RESULTS = (
    b"Authentication-Results: mx.shop.example; dkim=pass (2048) header.d=example.org; spf=fail "
    b"smtp.mailfrom=x@y; dmarc=pass header.from=example.org\n"
)
WINMAIL = tnef({"a.pdf": b"%PDF", "long name.txt": b"two"})
RICH = compress(OF_HTML)
REPLY = (
    b"Thanks!\n\nOn Mon, 3 Nov 2025 at 10:00, Ida Ash <ida@example.org> wrote:\n> Is it\n> plugged in?\n>> no\n\n-- \nBen\nSent from my iPhone\n\n"
    b"-----Original Message-----\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nolder\n\nAm 03.11.2025 um 10:00 schrieb Ida:\n> ja\n"
)
PAGES = (
    b'<p style="color: red; background: url(x)">a <a href="https://x.example/?a=b&c" target=_top '
    b'onclick=x()>b</a></p><img src="cid:logo"><img src=//t.example/a.png>',
    b"<svg><style><img src=x "
    b"onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    b'<table><tr><td bgcolor=red><font face="a, b" size=7>x</font><details '
    b'open><summary>s</summary>t</details><form><input name=a></form></table><noscript><p title="</noscript><img>">',
    b'<a href="java&#x0a;script:alert(1)">x</a><img src="data:image/png;base64,iVBORw0KGgo="><img '
    b'src="data:image/svg+xml;base64,AA"><base href=//e.example><style>@import x</style>',
    b'<img data-remote-src="https://t.example/b.png"><template><script>a</script></template><xmp><b></xmp><plaintext>',
)
TALKS = (
    b"LHLO me\r\nMAIL FROM:<ida@example.org> SIZE=10 BODY=8BITMIME\r\nRCPT TO:<support+t@shop.example>\r\nRCPT TO:<nobody@else.example>\r\nDATA\r\n"
    b"Subject: a\r\n\r\n..x\r\n.\r\nRSET\r\nNOOP\r\nQUIT\r\n",
    b"EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<@a,@b:support@shop.example>\r\nDATA\r\nx\n.\nMAIL\r\n.\r\nVRFY x\r\nQUIT\r\n",
    b'HELO\r\nHELO a\r\nMAIL FROM:<"a \\" b"@c.example> SIZE=99999999999999999\r\nRCPT TO:x\r\nDATA now\r\n\xff\r\n\n',
)
MAILS = (
    PLAIN,
    PARTS,
    BOUNCE,
    PROSE,
    COMPLAINT,
    NOTIFICATION,
    RESULTS + PLAIN,
    nested(5),
    wide(5),
    b"Content-Type: application/ms-tnef\n\n" + WINMAIL,
    b"Content-Type: application/ms-tnef\n\n" + winmail(RICH),
)
BY_MAILS = ("parse", "headers", "bounces")
OF = {
    "headers": (PLAIN.partition(b"\n\n")[0], b'text/plain; charset*=utf-8\'en\'a; name="a\\"b"; x', b"=?utf-8?q?a_b?= =?x?b?Y=?="),
    "addresses": (
        *(line.partition(b": ")[2] for line in PLAIN.split(b"\n")[:3]),
        b'a (c (d) e) <b@c>, "x" y <z@[::1]>; g: ;',
        b"=?utf-8?q?a=00?= <a@b>",
    ),
    "tnef": (WINMAIL, WINMAIL[6:], WINMAIL[:40], winmail(RICH)),
    "rtf": (
        RICH,
        OF_HTML[5:],
        HEAD[5:] + rb"{\f1 \'93\'fa}\u-10179?\u-8704?}",
        HEAD[5:] + rb'{\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt b}}}',
    ),
    "trim": (REPLY, REPLY + b"\x00<blockquote>x</blockquote>"),
    "clean": PAGES,
    "lmtp": TALKS,
}


def dictionary() -> str:
    """Words that mails are made of, as libFuzzer reads them."""
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in piece) + '"\n' for piece in sorted({*PIECES}))


def of(name: str) -> list[bytes]:
    return [*OF.get(name, ()), *(MAILS if name in BY_MAILS else ())]
