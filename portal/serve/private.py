"""A folder for what must leave no trace: only this user may enter it, and what a process left that was killed is emptied by the next.

/tmp/portal-drafts-1000/   of the user 1000
    4711/                  of the process 4711
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path


def own_folder(name: str) -> Path:
    """A folder of this user for temporary files, which nobody else may enter. Raises OSError where somebody else has taken the name."""
    folder = Path(tempfile.gettempdir()) / f"portal-{name}-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    folder.chmod(0o700)
    return folder


def private_folder(name: str) -> Path:
    """The folder of this process. Raises OSError where somebody else has taken the name."""
    above = own_folder(name)
    for left in above.iterdir():
        if not _alive(left.name):
            shutil.rmtree(left, ignore_errors=True)
    folder = above / str(os.getpid())
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _alive(pid: str) -> bool:
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
