"""The one tree of errors. Inside the core an error has a stable code; words and HTTP status are for the edge.

LacasaError
├── Misconfigured      the operator must act; never reaches a client as such
├── Invalid       400  the input cannot be understood or breaks a rule of its own
├── Unauthenticated 401
├── LimitReached  402  a limit of the organization's plan
├── Forbidden     403
├── NotFound      404  unknown, or not visible to this actor: the two look alike
├── Conflict      409  the state of things forbids it now
├── TooLarge      413
├── UnsupportedType 415
├── TooManyRequests 429
└── Unavailable   503  PostgreSQL or another part is away; try again
"""

from typing import Any, ClassVar


class LacasaError(Exception):
    """Base of all expected failures.

    `code` is stable and machine-readable, `detail` is a sentence for people, `extra` goes into
    the problem document as further members (JSON-able values only).
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Error"

    def __init__(self, detail: str = "", *, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.reason = code or self.code
        self.extra = extra


class Misconfigured(LacasaError):
    code, status, title = "misconfigured", 500, "The server is misconfigured"


class Invalid(LacasaError):
    code, status, title = "invalid", 400, "The request is invalid"


class Unauthenticated(LacasaError):
    code, status, title = "unauthenticated", 401, "Sign in first"


class LimitReached(LacasaError):
    code, status, title = "limit_reached", 402, "The plan's limit is reached"


class Forbidden(LacasaError):
    code, status, title = "forbidden", 403, "Not allowed"


class NotFound(LacasaError):
    code, status, title = "not_found", 404, "Not found"


class Conflict(LacasaError):
    code, status, title = "conflict", 409, "Conflict"


class TooLarge(LacasaError):
    code, status, title = "too_large", 413, "Too large"


class UnsupportedType(LacasaError):
    code, status, title = "unsupported_type", 415, "Unsupported type"


class TooManyRequests(LacasaError):
    """`retry_after_s` tells the client when to come back."""

    code, status, title = "too_many_requests", 429, "Too many requests"

    def __init__(self, detail: str = "", *, retry_after_s: int = 1, **extra: Any) -> None:
        super().__init__(detail, retry_after_s=retry_after_s, **extra)


class Unavailable(LacasaError):
    code, status, title = "unavailable", 503, "Temporarily unavailable"
