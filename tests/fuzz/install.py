"""`python -m tests.fuzz.install`: puts the fuzzer beside these files and nowhere else. Runs again for nothing."""

import subprocess
import sys
from pathlib import Path

from tests.fuzz import HERE, PACKAGES

if __name__ == "__main__":
    uv = Path(sys.executable).with_name("uv")
    command = [uv, "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--python", sys.executable, "--target", PACKAGES]
    subprocess.run([*command, "-r", HERE / "requirements.lock"], check=True)
