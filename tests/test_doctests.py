"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import parsers
import portal

MODULES = [module.name for package in (parsers, portal) for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name: str) -> None:
    if name.startswith("portal.publish.release"):
        pytest.importorskip("pyarrow", reason="make setup-release installs what a release is written with")
    assert doctest.testmod(importlib.import_module(name)).failed == 0
