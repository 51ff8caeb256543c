"""Where the portal's data files are, and how they are read. It has a place of its own, so that pages import no parser."""

from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


def load(path: Path) -> Any:
    """The contents of a YAML file. Raises OSError, or yaml.YAMLError naming the line that is wrong."""
    import yaml  # not every process that asks where the data is reads YAML

    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with its C library
    return yaml.load(path.read_text(encoding="utf-8"), Loader=quick)
