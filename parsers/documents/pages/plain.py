"""pdfium's functions and constants by their names, with addresses as plain numbers.

pypdfium2 gives each object of a file as a typed pointer, which takes as long to make as to ask about it; a page has thousands of them.
"""

from __future__ import annotations

from ctypes import CFUNCTYPE, POINTER, c_int, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium

_TYPED, _FUNCTION = type(POINTER(c_int)), type(pdfium.FPDF_LoadPage)


def __getattr__(name: str) -> Any:
    found = getattr(pdfium, name)
    if isinstance(found, _FUNCTION):
        arguments = map(_untyped, found.argtypes or ())
        found = CFUNCTYPE(_untyped(found.restype), *arguments)(cast(found, c_void_p).value or 0)
    globals()[name] = found
    return found


def _untyped(kind: Any) -> Any:
    return c_void_p if isinstance(kind, _TYPED) else kind
