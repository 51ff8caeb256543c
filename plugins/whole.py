"""A portal without a whole database of this program's schema does not start: it would answer 500 to everything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from datasette import hookimpl

from portal.build.inspect_data import speaks_of
from portal.build.mark import trouble
from portal.pages.publisher import publisher_of

UNSIGNED = "还没有写明 {}，请填好 metadata.yml 的 plugins: portal: (not stated yet: {}; fill in metadata.yml)"


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> None:
    """Raises ClickException, which the `datasette` command shows as a sentence."""
    path = datasette.get_database("portal").path if "portal" in datasette.databases else "portal.db"
    if sentence := trouble(Path(path)):
        raise click.ClickException(sentence)
    configuration = datasette.plugin_config("portal") or {}
    if configuration.get("without_server"):
        return  # the files of a static site belong together, and a browser would fetch all of the database for its checksum
    inspected = datasette.inspect_data or {}
    if "portal" in inspected and not speaks_of(inspected["portal"], Path(path)):
        del inspected["portal"]  # of another build: what it counted is not what is here
    if missing := publisher_of(configuration).missing:
        print(UNSIGNED.format("、".join(names[0] for names in missing), ", ".join(names[1] for names in missing)), file=sys.stderr)
