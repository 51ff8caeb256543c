"""An address that matches nothing answers 404.

Datasette 0.65 prints exceptions through rich wherever that is installed (our build shows its progress with it); rich
refuses one that was never raised, such as the NotFound for an unknown address, and the answer would be 500.
"""

from __future__ import annotations

import datasette.handle_exception

datasette.handle_exception.rich = None
