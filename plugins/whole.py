"""A portal without a whole database of this program's schema does not start: it would answer 500 to everything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from datasette import hookimpl

from portal.build.inspect_data import speaks_of
from portal.build.mark import is_whole
from portal.pages.publisher import publisher_of

NONE = "没有 portal.db，请先用 build.py 生成 (there is no portal.db: build it first): .venv/bin/python build.py"
UNSIGNED = "还没有写明 {}，请填好 metadata.yml 的 plugins: portal: (not stated yet: {}; fill in metadata.yml)"
OTHER = "portal.db 不完整，或者是别的版本生成的，请重新生成 (portal.db is not whole or of another version: build it anew): .venv/bin/python build.py"


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> None:
    """Raises ClickException, which the `datasette` command shows as a sentence."""
    if "portal" not in datasette.databases:
        raise click.ClickException(NONE)
    path = datasette.get_database("portal").path
    if not is_whole(path):
        raise click.ClickException(OTHER)
    inspected = datasette.inspect_data or {}
    if "portal" in inspected and not speaks_of(inspected["portal"], Path(path)):
        del inspected["portal"]  # of another build: what it counted is not what is here
    configuration = datasette.plugin_config("portal") or {}
    if not configuration.get("without_server") and (missing := publisher_of(configuration).missing):
        print(UNSIGNED.format("、".join(names[0] for names in missing), ", ".join(names[1] for names in missing)), file=sys.stderr)
