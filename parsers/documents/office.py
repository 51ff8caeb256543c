"""Word 97 documents (DOC), RTF and OpenDocument texts, through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from parsers.documents.docx.body import read_docx
from parsers.model import Document
from parsers.printed.decode import Undecodable

SUFFIXES = {"application/msword": ".doc", "application/rtf": ".rtf", "application/vnd.oasis.opendocument.text": ".odt"}
SECONDS = 45


def read_office(media_type: str, data: bytes) -> Document:
    """A document of a file of one of these types, converted to DOCX. Raises Undecodable with the remedy where LibreOffice is
    not installed."""
    suffix = SUFFIXES[media_type]
    program = shutil.which("soffice")
    if program is None:
        raise Undecodable(
            f"读 {suffix} 文件需要 LibreOffice，本机没有安装，请安装或另存为 .docx (install LibreOffice to read {suffix} files, or save the file as .docx)"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            converted = (Path(folder) / "document.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Undecodable(
                f"LibreOffice 打不开这个 {suffix} 文件，请另存为 .docx (LibreOffice cannot open this file; save it as .docx)"
            ) from error
    document = read_docx(converted)
    return Document(media_type, document.encoding, document.text, document.blocks, document.stated)
