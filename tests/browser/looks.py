"""How pages are looked at: on a desk in the light, and in the dark on a phone in Arabic. `LACASA_LOOKS=all`: each of these by itself too."""

import os
from typing import Any

from tests.browser.inbox.pages import DESKTOP, PHONE

ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESKTOP},
    "pocket": {**ON_A_PHONE, "color_scheme": "dark", "locale": "ar"},
}
if os.environ.get("LACASA_LOOKS") == "all":
    LOOKS |= {
        "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
        "phone": ON_A_PHONE,
        "rtl": {"viewport": DESKTOP, "locale": "ar"},
    }
