"""How a browser prints a page: styles of ruled tables, and sizes of paper as Chromium's `page.pdf` takes them."""

from __future__ import annotations

from typing import Any

STYLES = [
    "",
    "table[border]{border-collapse:collapse}table[border] td{border:1px solid}",
    "table[border]{border-collapse:collapse}table[border] td{border:1px dashed}",
    "table[border]{border-collapse:collapse}table[border] td{border:3px double}",
    "table[border]{border-collapse:collapse;border:none}table[border] td{border:1px solid}td:first-child{border-left:none!important}",
]
PAPERS: list[dict[str, Any]] = [
    {"format": "A4"},
    {"format": "A4", "landscape": True, "display_header_footer": True},
    {"format": "A4", "scale": 0.7, "margin": {"top": "20mm", "bottom": "35mm", "left": "5mm", "right": "5mm"}},
]
