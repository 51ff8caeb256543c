"""Where the project's data files are: the form, the words, the agencies."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
