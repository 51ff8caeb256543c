"""The folders that tests read from."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
SHARED = ROOT.parent / "shared"  # the collected documents, beside the repository where they are at hand
# What `datasette .` serves of the repository.
SERVED = ("metadata.yml", "settings.json", "plugins", "templates", "static", "portal", "data", "docs", "parsers")
