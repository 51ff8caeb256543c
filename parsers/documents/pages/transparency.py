"""What of a picture can be seen through: the transparency of each dot of a PNG, as far as it is told here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

MAX_DOTS = 1_500_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {4: 2, 6: 4}  # of grey and of coloured dots with transparency
_OPAQUE = 235  # of 255: what is more opaque hides what is below it


class Transparency(NamedTuple):
    """The opacity of each dot, line by line from the top, 0 to 255."""

    lines: Sequence[bytes]

    def hidden(self, left: float, top: float, right: float, bottom: float) -> float:
        """How much is hidden below a part of the picture, whose sides are shares of its width and height."""
        high, wide = len(self.lines), len(self.lines[0])
        columns = slice(max(0, int(left * wide)), min(wide, int(right * wide) + 1))
        dots = b"".join(line[columns] for line in self.lines[max(0, int(top * high)) : min(high, int(bottom * high) + 1)])
        return sum(dot >= _OPAQUE for dot in dots) / len(dots) if dots else 0.0


def is_opaque(picture: bytes) -> bool:
    """Is a picture of a kind that nothing is seen through: JPEG, BMP, PNG without transparency?"""
    if picture[:8] == _SIGNATURE:
        return picture[25:26] in (b"\x00", b"\x02", b"\x03") and b"tRNS" not in picture[:2000]
    return picture.startswith((b"\xff\xd8\xff", b"BM"))


def transparency_of(picture: bytes) -> Transparency | None:
    """That of a PNG whose dots have one each; None of what is not read here."""
    try:
        wide, high, depth, kind, _, _, interlaced = struct.unpack_from(">IIBBBBB", picture, 16)
        if picture[:8] != _SIGNATURE or depth != 8 or kind not in _CHANNELS or interlaced or not 0 < wide * high <= MAX_DOTS:
            return None
        step = _CHANNELS[kind]
        length = 1 + wide * step
        data = zlib.decompressobj().decompress(b"".join(_data(picture)), high * length)
    except (struct.error, zlib.error):
        return None
    lines: list[bytes] = []
    above = bytes(wide)
    for at in range(0, len(data) - length + 1, length):
        above = _plain(data[at], data[at + step : at + length : step], above)
        lines.append(above)
    return Transparency(lines) if len(lines) == high else None


def _data(picture: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(picture):
        (size,) = struct.unpack_from(">I", picture, at)
        if picture[at + 4 : at + 8] == b"IDAT":
            yield picture[at + 8 : at + 8 + size]
        at += size + 12


def _plain(how: int, line: bytes, above: bytes) -> bytes:
    """A line of one channel as it was before it was written as differences: to the dot on the left, above, or what these foretell."""
    if how == 0:
        return line
    if how == 1:
        added: Iterator[int] = accumulate(line, _added)
        return bytes(added)
    if how == 2:
        return bytes((dot + up) & 255 for dot, up in zip(line, above, strict=True))
    plain, left, corner = bytearray(), 0, 0
    for dot, up in zip(line, above, strict=True):
        left = (dot + ((left + up) // 2 if how == 3 else _nearest(left, up, corner))) & 255
        corner = up
        plain.append(left)
    return bytes(plain)


def _added(left: int, dot: int) -> int:
    return (left + dot) & 255


def _nearest(left: int, up: int, corner: int) -> int:
    foretold = left + up - corner
    return min((left, up, corner), key=lambda dot: abs(foretold - dot))
