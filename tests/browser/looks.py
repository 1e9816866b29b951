"""How pages are looked at: in the dark on a phone in Arabic. `LACASA_LOOKS=all`: also on a desk in the light, where the
stories go anyway, and in each of these by itself."""

import os
from typing import Any

from tests.browser.inbox.pages import DESKTOP, PHONE

ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, Any]] = {"pocket": {**ON_A_PHONE, "color_scheme": "dark", "locale": "ar"}}
if os.environ.get("LACASA_LOOKS") == "all":
    LOOKS |= {
        "light": {"viewport": DESKTOP},
        "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
        "phone": ON_A_PHONE,
        "rtl": {"viewport": DESKTOP, "locale": "ar"},
    }
