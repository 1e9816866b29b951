from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = HERE / ".venv"
"""Where `python -m tests.fuzz.install` puts atheris, and nothing else is."""
