"""`datasette publish directory DATABASE OUT` and `datasette publish static DATABASE OUT`.

The package's entry point in pyproject.toml names this module: plugins in a folder come too late to add a command.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from datasette import hookimpl

from portal.build.mark import is_whole

DATABASE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(path_type=Path)


@hookimpl  # type: ignore[untyped-decorator]
def publish_subcommand(publish: Any) -> None:
    """Add both commands to `datasette publish`."""

    @publish.command()  # type: ignore[untyped-decorator]
    @click.argument("database", type=DATABASE)
    @click.argument("out", type=OUT)
    def directory(database: Path, out: Path) -> None:
        """Write a directory that Docker, Fly, Cloud Run, Heroku or any machine with Python runs as it stands."""
        from portal.publish.directory import write_directory

        _publish(database, lambda: write_directory(database, out))

    @publish.command()  # type: ignore[untyped-decorator]
    @click.argument("database", type=DATABASE)
    @click.argument("out", type=OUT)
    @click.option("--workers", type=click.IntRange(1), help="processes that write pages (default: the processors)")
    def static(database: Path, out: Path, workers: int | None) -> None:
        """Write the whole portal as files for a plain file host; search and SQL run in the reader's browser."""
        from portal.publish.static_site import write_site

        _publish(database, lambda: write_site(database, out, workers))


def _publish(database: Path, write: Callable[[], str]) -> None:
    """Run one of the commands on a whole database. What is in its way is one sentence, not a traceback."""
    if not is_whole(str(database)):
        raise click.ClickException(
            f"{database}: 不完整，或者是别的版本生成的，请用 build.py 重新生成 (is not whole or of another version: build it anew)"
        )
    try:
        click.echo(write())
    except OSError as error:
        raise click.ClickException(f"{error.filename or database}: 写不进去 (cannot be written): {error.strerror}") from error
