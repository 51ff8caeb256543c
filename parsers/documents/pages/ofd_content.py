"""What the layers of an OFD page draw: text, paths, pictures, one above the other."""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, pi

from lxml import etree

from parsers.documents.page import MAX_CHARS, SLANTED, UNREAD, Box, Glyph
from parsers.documents.pages.ofd_fonts import Characters, characters_of, may_show
from parsers.documents.pages.ofd_values import (
    box_of,
    glyphs_of,
    is_true,
    lightness_of,
    matrix_of,
    number_of,
    numbers_of,
    own_matrix,
    placed,
    placed_chars,
    subpaths_of,
)
from parsers.documents.pages.overlaps import Look
from parsers.documents.pages.painted_over import Area
from parsers.documents.pages.shapes import UNMOVED, Matrix, around, is_thin, moved, shape_of, times
from parsers.documents.pages.transparency import is_opaque, transparency_of
from parsers.printed.decode import Undecodable

POINT = 72 / 25.4  # points of a millimetre
MAX_OBJECTS = 100_000  # on one page
MAX_DEPTH = 8
_TINY = 1.0  # points: nobody reads text so small
_LEVEL = 0.1  # quarter turns: what leans more is slanted


class Resources:
    """What the resource parts of a document define, by ID."""

    def __init__(self) -> None:
        self.units: dict[str, etree._Element] = {}
        self.parameters: dict[str, etree._Element] = {}
        self.pictures: dict[str, Callable[[], bytes]] = {}
        self.palettes: dict[str, list[str]] = {}
        self._fonts: dict[str, Callable[[], bytes]] = {}
        self._characters: dict[str, Characters] = {}

    def add(self, part: etree._Element, read: Callable[[str], bytes]) -> None:
        self.units |= {unit.get("ID", ""): unit for unit in part.iter("{*}CompositeGraphicUnit", "{*}CompositeGraphUnit")}
        self.parameters |= {parameter.get("ID", ""): parameter for parameter in part.iter("{*}DrawParam")}
        for space in part.iter("{*}ColorSpace"):
            self.palettes[space.get("ID", "")] = [entry.text or "" for entry in space.iter("{*}CV")]
        for font in part.iter("{*}Font"):
            if file := font.findtext("{*}FontFile"):
                self._fonts[font.get("ID", "")] = lambda file=file: read(file)  # type: ignore[misc]
        for media in part.iter("{*}MultiMedia"):
            name = media.findtext("{*}MediaFile") or ""
            self.pictures[media.get("ID", "")] = lambda name=name: read(name)  # type: ignore[misc]

    def characters(self, font: str) -> Characters:
        """Which characters the glyphs of a font show, as far as the file says."""
        if font not in self._characters:
            self._characters[font] = characters_of(self._fonts[font]()) if font in self._fonts else {}
        return self._characters[font]


class Content:
    """What is drawn on a page, in points from the lower left corner: glyphs, lines, areas in the order of painting, boxes of what is not read.

    `images` are pictures with what takes the square from 0, 0 to 1, 1 to the place of each, `stamps` the boxes of stamps; `others` counts
    what else is drawn that is no text.
    """

    def __init__(self, resources: Resources, paper: Box, shown: Box | None = None) -> None:
        """`paper` and `shown`, the part of it that a page says it shows, as the file writes boxes."""
        self.resources = resources
        left, top, width, height = paper
        self.width, self.height = width * POINT, height * POINT
        self.place: Matrix = (POINT, 0, 0, -POINT, -left * POINT, (top + height) * POINT)
        self.shown = _corners(shown, self.place) if shown else (0.0, 0.0, self.width, self.height)
        self.glyphs: list[Glyph] = []
        self.looks: dict[int, Look] = {}
        self.alphas: dict[int, int] = {}
        self.order: dict[int, int] = {}
        self.clips: dict[int, Box] = {}
        self.lines: list[Box] = []
        self.areas: list[Area] = []
        self.unread: list[Box] = []
        self.images: list[tuple[bytes, Matrix]] = []
        self.stamps: list[Box] = []
        self.others = 0
        self.objects = 0

    def pictures(self, box: Box) -> bool:
        """Is something drawn within a box of the page (y downwards) that is not read?"""
        left, top, right, bottom = box
        inside = (left + 1, self.height - bottom + 1, right - 1, self.height - top - 1)
        return any(u[0] < inside[2] and inside[0] < u[2] and u[1] < inside[3] and inside[1] < u[3] for u in self.unread)

    def annotation(self, note: etree._Element) -> None:
        for appearance in note.iterfind("{*}Appearance"):
            self.draw(appearance, placed(appearance, UNMOVED))

    def stamp(self, box: Box) -> None:
        self.stamps.append(self._placed(box, UNMOVED))
        self.unread.append(self.stamps[-1])

    def not_known(self) -> None:
        """Something is drawn on this page, and the file does not say what: it may be anywhere."""
        self.unread.append((0.0, 0.0, self.width, self.height))
        self.others += 1

    def _unread(self, box: Box | None, matrix: Matrix) -> None:
        self.others += 1
        if box:
            self.unread.append(self._placed(box, matrix))

    def _placed(self, box: Box, matrix: Matrix) -> Box:
        return _corners(box, times(matrix, self.place))

    def draw(self, holder: etree._Element, matrix: Matrix, depth: int = 0) -> None:
        """Draw the objects of a layer, a block, an annotation; `matrix` takes their coordinates to the paper's."""
        for item in holder:
            if not isinstance(item.tag, str) or (item.get("Visible") or "true").lower() == "false":
                continue
            self.objects += 1
            if self.objects > MAX_OBJECTS:
                raise Undecodable(
                    "一页上的图形过多，不予读取，请从原稿另存 (a page draws more objects than a page can show; save it again from its source)"
                )
            kind = etree.QName(item).localname
            if kind == "TextObject":
                self._text(item, matrix)
            elif kind == "PathObject":
                self._path(item, placed(item, matrix))
            elif kind == "ImageObject":
                self._picture(item, matrix)
            elif kind == "CompositeObject":
                unit = self.resources.units.get(item.get("ResourceID", ""))
                content = unit.find("{*}Content") if unit is not None else None
                if content is not None and depth < MAX_DEPTH:
                    self.draw(content, placed(item, matrix), depth + 1)
                else:
                    self._unread(box_of(item.get("Boundary")), matrix)
            elif kind in ("PageBlock", "Layer", "CellContent") and depth < MAX_DEPTH:
                self.draw(item, matrix, depth + 1)
            elif box := box_of(item.get("Boundary")):  # what draws and is not known here
                self._unread(box, matrix)

    def _text(self, item: etree._Element, holder: Matrix) -> None:
        matrix = placed(item, holder)
        size = number_of(item.get("Size") or item.get("size"), 0.0)
        run = len(self.looks) + 1
        colour, alpha = self._colour(item, "FillColor", 0)
        if (item.get("Fill") or "true").lower() == "false":
            colour, alpha = self._colour(item, "StrokeColor", 0) if is_true(item.get("Stroke")) else (0, 0)
        a, b, c, d, _, _ = times(matrix, self.place)
        self.looks[run] = Look(round(size * abs(a * d - b * c) ** 0.5, 1), 255 - (255 - colour) * alpha // 255)
        self.alphas[run] = alpha
        self.order[run] = len(self.areas)
        if clip := self._clip(item, matrix):
            self.clips[run] = clip
        across = number_of(item.get("HScale"), 1.0)
        if not across:  # of no width
            return
        reading = round(number_of(item.get("ReadDirection"), 0.0) / 90) % 4
        turns = atan2(b, a) / (pi / 2)
        quarter = (round(turns) - reading) % 4 if abs(turns - round(turns)) <= _LEVEL else SLANTED
        upright = (number_of(item.get("CharDirection"), 0.0) / 90) % 4
        within = self._room(item, holder, size)
        glyphs = glyphs_of(item)
        characters = self.resources.characters(item.get("Font", "")) if glyphs else {}
        for number, (char, x, y, width) in enumerate(placed_chars(item, size, across)):
            if char.isspace():
                continue
            high = (x, y - 0.88 * size, x + width, y + 0.12 * size)
            ink = (x + width / 20, y - 0.75 * size, x + width * 0.95, y)
            to_page = times(matrix, self.place)
            origin = around(((x, y),), to_page)
            middle = (x + width / 2, y - size * 3 / 8)
            is_away = not _inside(around((middle,), to_page), within)
            is_other = number in glyphs and not may_show(characters, glyphs[number], char)
            if is_other or (char.isdigit() and (is_away or self.looks[run].size < _TINY)):
                char = UNREAD
            direction = SLANTED if quarter == SLANTED else (quarter + (reading - round(upright)) * (reading != 0)) % 4
            self.glyphs.append(Glyph(char, moved(ink, to_page), moved(high, to_page), origin[:2], direction, run))
        if len(self.glyphs) > MAX_CHARS:
            raise Undecodable(
                "一页上的字符过多，不予读取，请从原稿另存 (a page holds more characters than a page can show; save it again from its source)"
            )

    def _room(self, item: etree._Element, holder: Matrix, size: float) -> Box:
        """Where on the page a text may be shown: within what the page shows and, give or take a letter, the box that bounds the text."""
        numbers = numbers_of(item.get("Boundary"))
        if len(numbers) != 4:
            return self.shown
        x, y, width, height = numbers
        more = size if width > 0 < height else 0.0
        x0, y0, x1, y1 = _corners((x - more, y - more, width + 2 * more, height + 2 * more), times(holder, self.place))
        return max(x0, self.shown[0]), max(y0, self.shown[1]), min(x1, self.shown[2]), min(y1, self.shown[3])

    def _path(self, item: etree._Element, matrix: Matrix) -> None:
        stroke, fill = is_true(item.get("Stroke") or "true"), is_true(item.get("Fill"))
        colour, alpha = self._colour(item, "FillColor", 0)
        line, line_alpha = self._colour(item, "StrokeColor", 0)
        fill, stroke = fill and alpha > 0, stroke and line_alpha > 0
        subpaths = list(subpaths_of(item.findtext("{*}AbbreviatedData") or ""))
        to_page = times(matrix, self.place)
        shape = shape_of(subpaths, to_page, stroke, fill)
        points = [point for part, _ in subpaths for point in part]
        if not points or not (stroke or fill):
            return
        self.others += 1
        box = around(points, to_page)
        if clip := self._clip(item, matrix):
            box = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
            if box[0] > box[2] or box[1] > box[3]:
                return
        if min(line if stroke else 255, colour if fill else 255) < 240:
            self.lines += shape.lines
        if not shape.is_known:
            self.unread.append(box)
        if shape.is_area:
            self.areas.append(Area(box, colour, alpha, shape.is_known))

    def _picture(self, item: etree._Element, matrix: Matrix) -> None:
        box = self._placed(box_of(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0), matrix)
        if is_thin(box):
            self.others += 1
            self.lines.append(box)
            return
        self.unread.append(box)
        read = self.resources.pictures.get(item.get("ResourceID", ""))
        content = read() if read else b""
        alpha = round(number_of(item.get("Alpha"), 255.0))
        is_whole = not item.get("ImageMask") and is_opaque(content)
        self.areas.append(Area(box, None, alpha if content else 0, True, None if is_whole else _hiding(content, box, item)))
        if content and alpha >= 255 and not item.get("ImageMask") and item.find("{*}Clips") is None:
            self.images.append((content, times(placed(item, matrix), self.place)))
        else:
            self.others += 1

    def _colour(self, item: etree._Element, name: str, usual: int) -> tuple[int, int]:
        """Lightness and opacity, both from 0 to 255, of an object's colour, or of the one that its drawing parameters define."""
        alpha = number_of(item.get("Alpha"), 255.0)
        seen: set[str] = set()
        source: etree._Element | None = item
        while source is not None:
            colour = source.find(f"{{*}}{name}")
            if colour is not None:
                alpha *= number_of(colour.get("Alpha"), 255.0) / 255
                return lightness_of(colour, usual, self.resources.palettes), max(0, min(255, round(alpha)))
            parameter = source.get("DrawParam") or source.get("Relative") or ""
            source = self.resources.parameters.get(parameter) if parameter not in seen else None
            seen.add(parameter)
        return usual, max(0, min(255, round(alpha)))

    def _clip(self, item: etree._Element, matrix: Matrix) -> Box | None:
        """The box within which alone an object is shown."""
        found: Box | None = None
        for clip in item.iterfind("{*}Clips/{*}Clip"):
            boxes = []
            for path in clip.iterfind("{*}Area/{*}Path"):
                points = [p for part, _ in subpaths_of(path.findtext("{*}AbbreviatedData") or "") for p in part]
                area = path.getparent()
                own = matrix_of(area.get("CTM")) if area is not None else UNMOVED
                if points:
                    boxes.append(around(points, times(times(own_matrix(path), own), times(matrix, self.place))))
            if boxes:
                found = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
        return found


def _hiding(picture: bytes, placed: Box, item: etree._Element) -> Callable[[Box], float | None]:
    """Tells how much of a box of the page a picture hides that is seen through in part; None where nobody knows."""
    matrix = matrix_of(item.get("CTM"))
    is_upright = matrix[1] == matrix[2] == 0 and matrix[0] > 0 < matrix[3]
    dots = transparency_of(picture) if is_upright and not item.get("ImageMask") else None
    left, bottom, right, top = placed

    def hidden(box: Box) -> float | None:
        wide, high = right - left, top - bottom
        return dots.hidden((box[0] - left) / wide, (top - box[3]) / high, (box[2] - left) / wide, (top - box[1]) / high) if dots else None

    return hidden


def _corners(box: Box, matrix: Matrix) -> Box:
    """A box of x, y, width and height on the page."""
    x, y, width, height = box
    return moved((x, y, x + width, y + height), matrix)


def _inside(point: Box, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
