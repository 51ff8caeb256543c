"""The two recognisers of printed words: networks that packages ship, run one word or line at a time on one processor."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import onnxruntime

from parsers.documents.pictures.upright import Picture

_WIDEST = 3200  # dots of a line at the network's height


class Reading(NamedTuple):
    """What was recognised, and the least and the mean probability of its characters."""

    text: str
    sure: float
    likely: float


class Recogniser:
    """A network that tells characters from left to right. `height` is what it takes a line to be high."""

    def __init__(self, path: Path, height: int, characters: list[str] | None) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # its size follows the widest line
        self.session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.name = self.session.get_inputs()[0].name
        self.height = height
        if characters is None:
            characters = ["", *self.session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
        self.characters = characters
        self.zeros = [at for at, char in enumerate(characters) if char in ("0", "O", "o")]  # drawn alike: together they are one sign

    def resized(self, line: Picture) -> Picture:
        height, width = line.shape
        across = max(8, min(_WIDEST, round(self.height * width / height)))
        how = cv2.INTER_AREA if height > self.height else cv2.INTER_CUBIC
        return cv2.resize(line, (across, self.height), interpolation=how).astype(np.float32)

    def decoded(self, scores: Picture) -> Reading:
        best = scores.argmax(axis=1)
        kept = [at for at, code in enumerate(best) if code and (at == 0 or code != best[at - 1])]
        sure = [float(scores[at, self.zeros].sum() if best[at] in self.zeros else scores[at, best[at]]) for at in kept] or [0.0]
        return Reading("".join(self.characters[best[at]] for at in kept).strip(), min(sure), sum(sure) / len(sure))


class LineRecogniser(Recogniser):
    """PP-OCRv6, for words and whole lines of Chinese."""

    def __call__(self, line: Picture) -> Reading:
        shades = self.resized(line) / 127.5 - 1
        return self.decoded(self.session.run(None, {self.name: np.broadcast_to(shades, (1, 3, *shades.shape))})[0][0])


class FigureRecogniser(Recogniser):
    """ddddocr, for short words: another network, learnt from other print."""

    def __call__(self, word: Picture) -> Reading:
        scores = self.session.run(None, {self.name: (self.resized(word) / 255)[None, None]})[0]
        return self.decoded(scores[:, 0] if scores.shape[1] == 1 else scores[0])


@cache
def of_lines() -> LineRecogniser:
    return LineRecogniser(_package("rapidocr") / "models/PP-OCRv6_rec_small.onnx", 48, None)


@cache
def of_figures() -> FigureRecogniser:
    from ddddocr.models.charset_manager import CharsetManager

    characters = CharsetManager()
    characters.load_default_charset(old=True)
    return FigureRecogniser(_package("ddddocr") / "common_old.onnx", 64, characters.get_charset())


def _package(name: str) -> Path:
    found = find_spec(name)
    assert found and found.origin
    return Path(found.origin).parent
