"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import parsers
import portal

MODULES = [module.name for package in (parsers, portal) for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]

# A package that needs an extra: what it imports of it, and the command that installs it.
EXTRAS = {
    "portal.publish.release": ("pyarrow", "make setup-release"),
    "parsers.documents.pictures": ("cv2", "make setup-ocr"),
}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name: str) -> None:
    for package, (needed, command) in EXTRAS.items():
        if name.startswith(package):
            pytest.importorskip(needed, reason=f"`{command}` installs what {package} needs")
    assert doctest.testmod(importlib.import_module(name)).failed == 0
