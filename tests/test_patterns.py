"""No pattern of the project takes more than linear time of any text: a report may have 4,000 blank lines, or a million."""

from __future__ import annotations

import subprocess
import sys

from tests.support.paths import ROOT


def test_every_pattern_takes_linear_time() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.support.patterns"], cwd=ROOT, capture_output=True, text=True, check=True)
    *slow, counted = done.stdout.splitlines()
    assert not slow
    assert int(counted.split()[0]) > 100


def test_one_that_takes_more_is_found() -> None:
    asked = {r"\s+年": "search", r"(?<!\s)\s++年": "search", r"\s*\d*\s*": "fullmatch", r"\s*+\d*+\s*+": "fullmatch"}
    code = f"""
import re, signal
from tests.support.patterns import _stop, slow
signal.signal(signal.SIGVTALRM, _stop)
print([any(slow(re.compile(pattern), {{method}})) for pattern, method in {asked!r}.items()])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[True, False, True, False]"
