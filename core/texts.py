r"""Patterns of what people type. msgspec searches them with Python's `re`, whose `$` lets a line break through: they end in `\Z`."""

UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Control characters, line breaks of every kind, and what turns the direction of writing: a name could rewrite what stands beside it."""
LINE = rf"^[^{UNSEEN}]*\Z"
NAME = rf"^(?!\s*\Z)[^{UNSEEN}]*\Z"
"""A line with something in it."""
TEXT = r"^[^\x00]*\Z"
"""Anything that PostgreSQL can hold."""
URL_SAFE = r"^[A-Za-z0-9_-]+\Z"
ADDRESS = r"^(?![^@]*=\?)[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++\Z"
"""An e-mail address in ASCII, so that lower case is the same to Python and to PostgreSQL. International domains: as `xn--…`.
Without `=?`: what begins an encoded word would be decoded in a header of ours, line breaks and all."""
