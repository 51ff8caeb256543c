"""Where the project's data files are (the form, the words, the agencies), and how they are read."""

from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with its C library


def load(path: Path) -> Any:
    """The contents of a YAML file. Raises OSError, or yaml.YAMLError naming the line that is wrong."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_QUICK)
