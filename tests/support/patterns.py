"""Every pattern of the project on growing hostile texts: `python -m tests.support.patterns` prints those that take more than linear time.

The patterns are those that the modules of the project compile when they are loaded and when they read the samples. How each is asked,
from the first character alone or from every one, is told from the code. A text is a piece of the pattern's own alphabet again and again,
and what stands behind it. A pattern is too slow on a text if it takes many times the processor time of a linear one, and four times the
text takes it much more than four times as long.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import math
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

from tests.support.paths import ROOT

LENGTH = 20_000  # characters of a text: what is linear takes about a millisecond of it, what is quadratic a fifth of a second and more
ENOUGH = 0.05  # seconds of processor time for it: less is not looked into
MOST = 2  # seconds for a quarter of it
MANY, SOME = 16, 4  # pieces of an alphabet that are asked alone, and in pairs
GROWTH = 8  # times as long for a text of four times the length; a linear pattern takes four times, a quadratic one sixteen
FROM_EVERY = {"search", "finditer", "findall", "sub", "subn", "split"}
FROM_THE_FIRST = {"match", "fullmatch"}
OTHER = "文"  # what few patterns go on with
ANY = {"finditer", "fullmatch"}
PACKAGES = ("parsers", "portal", "plugins")
FILES = {ROOT / "build.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))}
COMMON = ("1", " ", "\n", "\t", "年", "月", "、", "，", "|", "文")
REPRESENTATIVES = {
    code.CATEGORY_DIGIT: "1７",
    code.CATEGORY_NOT_DIGIT: "文",
    code.CATEGORY_SPACE: " \n\t",
    code.CATEGORY_NOT_SPACE: "文1",
    code.CATEGORY_WORD: "文a1",
    code.CATEGORY_NOT_WORD: "，",
}


class Patterns:
    """The patterns compiled so far by code of the project: where, and the methods that each is asked with."""

    def __init__(self) -> None:
        self.methods: dict[re.Pattern[str], set[str]] = defaultdict(set)
        self.places: dict[re.Pattern[str], tuple[Path, int]] = {}
        self._compile = re._compile  # type: ignore[attr-defined]
        re._compile = self._recorded  # type: ignore[attr-defined]

    def _recorded(self, pattern: Any, flags: int) -> Any:
        found = self._compile(pattern, flags)
        asked, caller = sys._getframe(1), sys._getframe(2)
        path = Path(caller.f_code.co_filename)
        if isinstance(found.pattern, str) and path in FILES:
            self.places.setdefault(found, (path, caller.f_lineno))
            self.methods[found] |= {asked.f_code.co_name} - {"compile"}
        return found

    def load(self) -> None:
        """Compile all: load every module, read every sample."""
        for package in PACKAGES:
            for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
                with suppress(ImportError):  # what only an extra brings
                    importlib.import_module(module.name)
        from parsers import read_report

        for sample in sorted((ROOT / "tests" / "samples").iterdir()):
            if sample.is_file():
                read_report(sample.read_bytes())
        self._name()

    def _name(self) -> None:
        """Add how those are asked that are held by a name; of one whose use is not seen, all is supposed."""
        holders, private, public = _uses()
        for pattern, place in self.places.items():
            name = holders.get(place, "")
            if not self.methods[pattern]:
                self.methods[pattern] |= private[place[0], name] if name.startswith("_") else public[name]
            self.methods[pattern] |= set() if self.methods[pattern] else ANY


def _uses() -> tuple[dict[tuple[Path, int], str], dict[tuple[Path, str], set[str]], dict[str, set[str]]]:
    """What holds the patterns compiled on each line, a name or the function that returns it; the methods called on each name of a
    file, and on each name anywhere. What is handed on may be asked anything."""
    holders: dict[tuple[Path, int], str] = {}
    private: dict[tuple[Path, str], set[str]] = defaultdict(set)
    public: dict[str, set[str]] = defaultdict(set)
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):  # from the outer to the inner ones
            if isinstance(node, ast.FunctionDef | ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node
                name = node.name if isinstance(node, ast.FunctionDef) else _named(target if isinstance(node, ast.Assign) else node.target)
                holders |= {(file, line): name for line in range(node.lineno, (node.end_lineno or node.lineno) + 1) if name}
        asked: dict[ast.AST, str] = {node.value: node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        called = {node.func: asked.get(node, "") for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node in asked and _named(node.func) == "compile":  # asked where it is compiled
                name = f"_{asked[node]}"
                holders |= {(file, line): name for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
                private[file, name] |= {asked[node]}
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                method = called[node] if node in called else asked.get(node, "handed on")
                methods = {method} & (FROM_EVERY | FROM_THE_FIRST) or (ANY if method == "handed on" else set())
                private[file, _named(node)] |= methods
                public[_named(node)] |= methods
    return holders, private, public


def _named(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def pieces(pattern: re.Pattern[str]) -> list[str]:
    """The alphabet of a pattern: its words, and characters that its classes take."""
    found: dict[str, None] = {}
    _collect(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), found)
    return list(found)


def _collect(parsed: Any, found: dict[str, None]) -> None:
    word = ""
    for kind, value in parsed:
        if kind is code.LITERAL:
            word += chr(value)
            found[chr(value)] = None
            continue
        if word:
            found[word] = None
        word = ""
        if kind is code.IN:
            found.update(dict.fromkeys(_of_class(value)))
        elif kind is code.ANY:
            found["文"] = None
        elif kind is code.NOT_LITERAL:
            found[chr(value)] = None
        elif kind is code.BRANCH:
            for branch in value[1]:
                _collect(branch, found)
        elif isinstance(value, tuple):
            for inner in value:
                if isinstance(inner, parser.SubPattern):
                    _collect(inner, found)
        elif isinstance(value, parser.SubPattern):
            _collect(value, found)
    if word:
        found[word] = None


def _of_class(items: Any) -> Iterator[str]:
    """Some characters of a class: of many listed, a few."""
    listed = []
    for kind, value in items:
        if kind is code.LITERAL:
            listed.append(chr(value))
        elif kind is code.RANGE:
            listed.append(chr(value[0]))
        elif kind is code.CATEGORY:
            yield from REPRESENTATIVES[value]
    yield from listed[:3]


def texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """What hostile texts are made of: a piece that comes again and again, or one and behind all of them another."""
    alphabet = pieces(pattern)
    few = alphabet[:: len(alphabet) // MANY + 1]
    some = dict.fromkeys([*[piece for piece in few if len(piece) < 20][:SOME], OTHER])
    pairs = list(itertools.permutations(some, 2))
    yield from ((unit,) for unit in dict.fromkeys([*few, *COMMON, *map("".join, pairs), "".join(alphabet)[:2000]]) if unit)
    yield from pairs


def text_of(units: tuple[str, ...], length: int) -> str:
    """
    >>> text_of(("ab", "c"), 8)
    'ababcccc'
    """
    share = length // len(units)
    return "".join(unit * (share // len(unit)) for unit in units)


class _TooLong(Exception):
    pass


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def seconds(pattern: re.Pattern[str], method: str, text: str, most: float) -> float:
    """Processor seconds of asking a pattern for all it finds in a text; without an end if they are more than `most`."""
    begin = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, most)
        try:
            if method in FROM_EVERY:
                for _ in pattern.finditer(text):
                    pass
            else:
                getattr(pattern, method)(text)
            taken = time.process_time() - begin
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _TooLong:  # from the search, or just before the clock was stopped
        return math.inf
    return taken if taken < most else math.inf


def is_slow(pattern: re.Pattern[str], method: str, units: tuple[str, ...]) -> bool:
    """Asked twice: another program may disturb one of the measurements."""
    long = text_of(units, LENGTH)
    if seconds(pattern, method, long, ENOUGH) < math.inf:
        return False
    for _ in range(2):
        short = seconds(pattern, method, text_of(units, LENGTH // 4), MOST)
        if short < math.inf and seconds(pattern, method, long, GROWTH * short) < math.inf:
            return False
    return True


def slow(pattern: re.Pattern[str], methods: set[str]) -> Iterator[str]:
    """What a pattern is too slow on, and asked how."""
    asked = [*(["finditer"] if methods & FROM_EVERY else []), *sorted(methods & FROM_THE_FIRST)]
    yield from (f"{method} of {units}" for units in texts(pattern) for method in asked if is_slow(pattern, method, units))


def main() -> None:
    """Print a line for each pattern that is too slow, and last how many were asked."""
    patterns = Patterns()
    patterns.load()
    signal.signal(signal.SIGVTALRM, _stop)
    for pattern, methods in patterns.methods.items():
        if found := next(slow(pattern, methods), None):
            path, line = patterns.places[pattern]
            print(f"{path.relative_to(ROOT)}:{line}: {pattern.pattern[:300]!r} is slow: {found}", flush=True)
    print(f"{len(patterns.methods)} patterns asked")


if __name__ == "__main__":
    main()
