"""Is there what reads pictures? It is an extra of this project, since it is large and most reports are text."""

from importlib.util import find_spec

_PARTS = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr", "ddddocr")
HOW = "如果是扫描件或图片，先运行 make setup-ocr 再读，或者照印抄录 (if it is a scan or a picture, run make setup-ocr and read it again, or type it in as a transcription, see README)"


def is_installed() -> bool:
    return all(find_spec(part) for part in _PARTS)
