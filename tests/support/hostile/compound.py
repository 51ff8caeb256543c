"""OLE files written by hand: streams in storages, each as long as it is given; and ones whose chains and trees lead back."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Mapping

_SECTOR, _FREE, _END, _FAT, _DIFAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
Tree = Mapping[str, "bytes | Tree"]


class _Directory:
    """The entries of a file: of each storage its members as a balanced tree, or as a chain."""

    def __init__(self, tree: Tree, balanced: bool) -> None:
        self.entries: list[list[object]] = []  # name, kind, left, right, child, content
        self.balanced = balanced
        self._add("Root Entry", 5, tree)

    def _add(self, name: str, kind: int, content: bytes | Tree) -> int:
        number = len(self.entries)
        entry: list[object] = [name, kind, _FREE, _FREE, _FREE, content if isinstance(content, bytes) else b""]
        self.entries.append(entry)
        if not isinstance(content, bytes):
            within = [self._add(inner, 2 if isinstance(held, bytes) else 1, held) for inner, held in content.items()]
            within.sort(key=lambda n: (len(str(self.entries[n][0])), str(self.entries[n][0]).upper()))
            entry[4] = self._arranged(within)
        return number

    def _arranged(self, numbers: list[int]) -> int:
        if not self.balanced:
            for number, following in itertools.pairwise(numbers):
                self.entries[number][3] = following
            return numbers[0] if numbers else _FREE
        if not numbers:
            return _FREE
        middle = len(numbers) // 2
        self.entries[numbers[middle]][2] = self._arranged(numbers[:middle])
        self.entries[numbers[middle]][3] = self._arranged(numbers[middle + 1 :])
        return numbers[middle]


def compound(tree: Tree, balanced: bool = True) -> bytes:
    """An OLE file with these streams, those in a mapping within a storage of its name."""
    entries = _Directory(tree, balanced).entries
    sectors: list[bytes] = []
    chain: list[int] = []

    def put(content: bytes) -> int:
        count = -(-len(content) // _SECTOR)
        first = len(sectors)
        for at in range(count):
            sectors.append(content[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            chain.append(first + at + 1 if at + 1 < count else _END)
        return first if count else _END

    described = b""
    for name, kind, left, right, child, content in entries:
        assert isinstance(content, bytes) and isinstance(name, str)
        content = content.ljust(4096, b"\0") if kind == 2 else content
        raw = name.encode("utf-16-le")[:62]
        start = put(content) if kind == 2 else _END if kind == 5 else 0
        described += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, left, right, child) + bytes(36)
        described += struct.pack("<IQ", start, len(content))
    directory = put(described.ljust(-(-len(described) // _SECTOR) * _SECTOR, b"\0"))
    count = 0
    while count * 128 < len(sectors) + count + max(0, -(-(count - 109) // 127)):
        count += 1
    extra = max(0, -(-(count - 109) // 127))
    first_fat = len(sectors)
    fat = chain + [_FAT] * count + [_DIFAT] * extra
    fat += [_FREE] * (count * 128 - len(fat))
    places = list(range(first_fat, first_fat + count))
    tables = [struct.pack("<128I", *fat[n * 128 : (n + 1) * 128]) for n in range(count)]
    further = []
    for n in range(extra):
        some = places[109 + 127 * n : 109 + 127 * (n + 1)]
        following = first_fat + count + n + 1 if n + 1 < extra else _END
        further.append(struct.pack("<128I", *(some + [_FREE] * (127 - len(some))), following))
    head = places[:109] + [_FREE] * (109 - len(places[:109]))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack(
            "<HHHHHHIIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            0,
            0,
            count,
            directory,
            0,
            4096,
            _END,
            0,
            first_fat + count if extra else _END,
            extra,
        )
    )
    return (header + struct.pack("<109I", *head)).ljust(_SECTOR, b"\0") + b"".join(sectors + tables + further)


def _back(data: bytes) -> bytes:
    """The same file, each chain of sectors leading back into itself."""
    fat = _SECTOR * (1 + struct.unpack_from("<I", data, 76)[0])
    chains = [number if link >= 0xFFFFFFF0 else max(0, number - 3) for number, link in enumerate(struct.unpack_from("<128I", data, fat))]
    return data[:fat] + struct.pack("<128I", *chains) + data[fat + _SECTOR :]


def _itself(data: bytes) -> bytes:
    """The same file, whose entries are their own neighbours and children."""
    directory = _SECTOR * (1 + struct.unpack_from("<I", data, 48)[0])
    for number in range(3):
        at = directory + 128 * number + 68
        data = data[:at] + struct.pack("<III", number, number, 1) + data[at + 12 :]
    return data


_TEXT, _ATTACHED = "__substg1.0_1000001F", "__substg1.0_37010102"


def message(text: str = "见附件", **attached: bytes | Tree) -> dict[str, bytes | Tree]:
    """The streams of a message of Outlook."""
    return {"__properties_version1.0": bytes(64), _TEXT: text.encode("utf-16-le"), **dict(attached.items())}


def _forwarded(depth: int, wide: int) -> Tree:
    if not depth:
        return message("长" * 2000)
    return message(**{f"__attach_version1.0_#{n:08X}": {"__substg1.0_3701000D": _forwarded(depth - 1, wide)} for n in range(wide)})


def _attachments(count: int, content: bytes) -> dict[str, bytes | Tree]:
    return message(**{f"__attach_version1.0_#{n:08X}": {_ATTACHED: content} for n in range(count)})


FILES: dict[str, Callable[[], bytes]] = {
    "OLE chains that lead back": lambda: _back(compound({"WordDocument": bytes(9000)})),
    "OLE entries that are their own neighbours": lambda: _itself(compound({"WordDocument": bytes(9000), "1Table": bytes(9000)})),
    "OLE entries in a chain of 5,000": lambda: compound({f"a{n}": b"x" for n in range(5000)}, balanced=False),
    "OLE storages 500 deep": lambda: compound(_deep(300)),
    "OLE cut short": lambda: compound({"WordDocument": bytes(90_000)})[:20_000],
    "DOC of zeros": lambda: compound({"WordDocument": bytes(3_000_000), "1Table": bytes(3_000_000)}),
    "DOC that begins as one": lambda: compound({"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1) + b"\xff" * 100_000, "1Table": b"\xff" * 100_000}),
    "WPS of zeros": lambda: compound({"CONTENTS": bytes(300_000), "MatOST": b"x"}),
    "MSG forwarded 30 times": lambda: compound(_forwarded(30, 1)),
    "MSG forwarded to many": lambda: compound(_forwarded(3, 8)),
    "MSG of 3,000 attachments": lambda: compound(_attachments(3000, b"x")),
    "MSG of attachments as a chain": lambda: compound(_attachments(1500, b"x"), balanced=False),
    "MSG of text of 10 MB": lambda: compound(message("长 " * 2_500_000)),
}  # fmt: skip


def _deep(levels: int) -> Tree:
    tree: Tree = {"a": b"x"}
    for _ in range(levels):
        tree = {"s": tree}
    return tree
