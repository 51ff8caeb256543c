"""Office files with a password: those that Excel locks with its own are opened, others are named as locked."""

from __future__ import annotations

import io
import struct

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from parsers.printed.decode import MAX_BYTES, Undecodable

OWN = "VelvetSweatshop"  # with which Excel encrypts a workbook that is protected from changes, and opens it without asking
_BROKEN = (DecryptionError, FileFormatError, InvalidKeyError, ParseError, OSError, ValueError, KeyError, IndexError, struct.error)  # fmt: skip
LOCKED = "文件有密码，打不开；请去掉密码后另存再放进来 (the file is locked by a password: save it without one)"


def is_locked(data: bytes) -> bool:
    """Is this Word or Excel file of the old formats encrypted? False where that cannot be told."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except (*_BROKEN, TypeError, AttributeError):
        return False


def read_locked(data: bytes) -> bytes:
    """The file that is in an encrypted one. Raises Undecodable where it is locked by a password of its owner."""
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=OWN, verify_password=True)
        file.decrypt(opened)
    except (*_BROKEN, TypeError, AttributeError, NotImplementedError) as error:
        raise Undecodable(LOCKED) from error
    if opened.tell() > MAX_BYTES or not opened.tell() or opened.getvalue()[:4] == data[:4] == b"PK\x03\x04":
        raise Undecodable(LOCKED)
    return opened.getvalue()
