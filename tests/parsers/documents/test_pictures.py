"""Pictures and scans: refused with the command that reads them where the extra is not installed."""

from __future__ import annotations

import io

from PIL import Image

from parsers import read_report


def test_a_picture_is_refused_with_the_command_that_would_read_it() -> None:
    for kind in ("PNG", "JPEG", "PDF"):
        written = io.BytesIO()
        Image.new("RGB", (400, 300), "white").save(written, kind)
        refused = read_report(written.getvalue()).refused
        assert refused and "make setup-ocr" in refused, (kind, refused)
