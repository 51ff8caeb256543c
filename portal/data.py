"""Where the portal's data files are. It has a place of its own, so that pages import no parser."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
