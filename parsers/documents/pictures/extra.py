"""Is there what reads pictures? It is an extra of this project, since it is large and most reports are text."""

from collections.abc import Callable
from importlib.util import find_spec

from parsers.model import Note

SECONDS = 20  # of processor time that a page may take beyond what a document may: usually 2 to 9
MEMORY = 500_000_000  # bytes of addresses that the recognisers may take beyond it
MAX_PICTURES = 30  # pages of one file that are pictures
before_a_page: Callable[[], None] = lambda: None  # noqa: E731  # called by the reader; whoever bounds it allows for the page here

_PARTS = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr", "ddddocr")
UNREAD = "pictures_not_read"  # the code of the note on a document that prints no table, but has pictures that may
HOW = "如果是扫描件或图片，先运行 make setup-ocr 再读，或者照印抄录 (if it is a scan or a picture, run make setup-ocr and read it again, or type it in as a transcription, see README)"
NOT_READ = Note(UNREAD, f"文件里有图片，其中的字没有读 (pictures in the file were not read)；{HOW}")


def is_installed() -> bool:
    return all(find_spec(part) for part in _PARTS)
