#!/bin/sh
# Brings a Chromium for the browser tests where none is: from the system, else apt as root, else Playwright's.
# usage: bring_chromium.sh [python]
set -eu
python=${1:-python3}

system_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # By its answer, not by its name: some systems ship a stub that only says where to get the program.
        if command -v "$name" >/dev/null 2>&1 && "$name" --version >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

playwright_chromium() {
    "$python" -c '
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))
' 2>/dev/null
}

missing_packages() {
    system_chromium || echo chromium
    for package in fonts-liberation fonts-noto-color-emoji; do
        dpkg -s "$package" >/dev/null 2>&1 || echo "$package"
    done
}

install_with_apt() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    echo "==> installing" $packages
    apt-get update -qq >/dev/null || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null ||
        echo "    apt could not install them" >&2
}

playwright_chromium || install_with_apt
if system_chromium || playwright_chromium; then
    exit 0
fi
echo "==> installing Playwright's Chromium"
if [ "$(id -u)" -eq 0 ]; then
    exec "$python" -m playwright install --with-deps chromium
fi
exec "$python" -m playwright install chromium
