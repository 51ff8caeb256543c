"""Word 97 documents (DOC), through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from parsers.decode import Undecodable
from parsers.docx import read_docx
from parsers.model import Document

MEDIA_TYPE = "application/msword"
SECONDS = 45


def read_doc(data: bytes) -> Document:
    """A document of a DOC file, converted to DOCX. Raises Undecodable with the remedy where LibreOffice is not installed."""
    program = shutil.which("soffice")
    if program is None:
        raise Undecodable("读 .doc 文件需要 LibreOffice，本机没有安装 (install LibreOffice to read .doc files, or save the file as .docx)")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            converted = (Path(folder) / "document.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Undecodable("LibreOffice 打不开这个 .doc 文件 (LibreOffice cannot open this file; save it as .docx)") from error
    document = read_docx(converted)
    return Document(MEDIA_TYPE, document.encoding, document.text, document.blocks, document.stated)
