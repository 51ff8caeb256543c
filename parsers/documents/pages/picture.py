"""A picture file as a document. It needs the extra that reads pictures, and is imported only where that is installed."""

from __future__ import annotations

from parsers.documents.pages.joined import document_of
from parsers.documents.pictures.read import page_of, pictures_in
from parsers.model import Document


def read_picture(data: bytes) -> Document:
    """A document of a picture file. Raises Undecodable when it is damaged or oversized, or nothing is written in it."""
    return document_of("image", map(page_of, pictures_in(data)))
