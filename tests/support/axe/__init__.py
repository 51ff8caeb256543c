"""axe-core, which judges pages by the rules of WCAG 2.2: npm's package in the version of package-lock.json."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from portal.publish.npm import fetched

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """rules => axe.run(document, { runOnly: rules, resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`)))"""


@cache
def program() -> str:
    """axe's script. Skips the test where npm or the network is not there."""
    try:
        return (fetched(Path(__file__).parent, "axe-core", ["axe.min.js"]) / "axe.min.js").read_text(encoding="utf-8")
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"axe-core could not be fetched by npm: {error}")


def violations(page: Any) -> list[str]:
    """What axe finds wrong on the page that the browser shows: its rule and the element, one each."""
    page.evaluate(program())  # not as an element: the portal's policy allows no script but its own files
    found: list[str] = page.evaluate(_RUN, RULES)
    return found
