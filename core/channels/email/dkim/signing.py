"""A DKIM signature (RFC 6376) over a mail that is ready to go: rsa-sha256, relaxed/relaxed. Pure, but for the time in it.

Our own, over `cryptography`: dkimpy, which others use, does RSA in Python, without its defences and many times slower; the tests verify with it.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from textwrap import wrap

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_BITS = 2048
SIGNED = (
    "from", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "content-type",
    "content-transfer-encoding", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip
ONCE_MORE = ("from", "reply-to", "to", "cc", "subject", "date", "message-id", "content-type")
"""Named once more than they stand there: nobody on the way adds another one to a mail that stays signed."""
BLANKS = re.compile(rb"[ \t]+")
LINES = re.compile(rb"\r\n|\r|\n")


def new_key() -> bytes:
    """A private key, in PKCS #8. Takes a tenth of a second or several."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def public_half(key: bytes) -> str:
    """As the record has it."""
    public = _loaded(key).public_key()
    return base64.b64encode(
        public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).decode()


def signed(raw: bytes, *, domain: str, selector: str, key: bytes, at_s: int) -> bytes:
    """The mail with its signature before it, in CRLF. `at_s`: seconds since 1970."""
    raw = LINES.sub(b"\r\n", raw)
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = list(_fields(head))
    names = [name for name in SIGNED for one, _ in fields if one == name] + list(ONCE_MORE)
    digest = base64.b64encode(hashlib.sha256(_body(body)).digest()).decode()
    tags = [f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector}; t={at_s};"]
    tags += [*wrap(f"h={': '.join(names)};", 70, break_on_hyphens=False), f"bh={digest};", "b="]
    unsigned = "DKIM-Signature: " + "\r\n\t".join(tags)
    said = b"".join(_canonical(name, value) + b"\r\n" for name, value in _chosen(fields, names))
    said += _canonical("dkim-signature", unsigned.partition(":")[2].encode())
    signature = base64.b64encode(_loaded(key).sign(said, padding.PKCS1v15(), hashes.SHA256())).decode()
    return (unsigned + "\r\n\t".join(wrap(signature, 70)) + "\r\n").encode() + raw


@lru_cache(maxsize=32)
def _loaded(key: bytes) -> rsa.RSAPrivateKey:
    """Not looked at anew: it is one that we made, and looking takes many times as long as signing."""
    loaded = serialization.load_der_private_key(key, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise TypeError("a key of another kind")
    return loaded


def _fields(head: bytes) -> Iterator[tuple[str, bytes]]:
    """Names in small letters, and values as they stand there, over several lines."""
    name, value = "", b""
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            value += b"\r\n" + line
            continue
        if name:
            yield name, value
        found, _, value = line.partition(b":")
        name = found.decode("latin-1").strip().lower()
    if name:
        yield name, value


def _chosen(fields: list[tuple[str, bytes]], names: list[str]) -> Iterator[tuple[str, bytes]]:
    """For each name the lowest field of it that was not chosen yet; nothing where there is none left (RFC 6376, 5.4.2)."""
    left = list(fields)
    for name in names:
        place = next((place for place in reversed(range(len(left))) if left[place][0] == name), None)
        if place is not None:
            yield left.pop(place)


def _canonical(name: str, value: bytes) -> bytes:
    unfolded = value.replace(b"\r\n", b"")
    return name.encode("latin-1") + b":" + BLANKS.sub(b" ", unfolded).strip(b" ")


def _body(body: bytes) -> bytes:
    kept = BLANKS.sub(b" ", body).replace(b" \r\n", b"\r\n").rstrip(b" \r\n")
    return kept + b"\r\n" if kept else b""
