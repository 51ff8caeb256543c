"""Who answers for this portal, as metadata.yml says under `plugins: portal:`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

FIELDS = {  # what stands in metadata.yml → what a reader calls it
    "publisher": ("发布者", "publisher"),
    "contact": ("联系方式", "contact"),
    "address": ("本站网址", "address"),
    "licence": ("许可协议", "licence"),
    "licence_url": ("许可协议的网址", "address of the licence"),
}


@dataclass(frozen=True)
class Publisher:
    """What the publisher has filled in; an empty string where nothing was."""

    publisher: str = ""
    contact: str = ""
    address: str = ""
    licence: str = ""
    licence_url: str = ""

    @property
    def missing(self) -> list[tuple[str, str]]:
        """What is still to be filled in, in Chinese and English."""
        return [names for field, names in FIELDS.items() if not getattr(self, field)]

    def permalink(self, path: str, here: str) -> str:
        """The address under which a page is cited: of the portal's public address, else `here`, where it was asked."""
        return f"{self.address}{path}" if self.address else here

    def report_mistake(self, permalink: str, subject: str) -> str | None:
        """A link by which a reader says that something is wrong, with the permalink in it: a mail, or the contact's page.

        >>> Publisher(contact="data@example.org").report_mistake("https://example.org/reports/x", "有误")
        'mailto:data@example.org?subject=%E6%9C%89%E8%AF%AF&body=https%3A%2F%2Fexample.org%2Freports%2Fx'
        """
        if not self.contact:
            return None
        if self.contact.startswith(("http://", "https://")):
            return self.contact + ("&" if "?" in self.contact else "?") + urlencode({"title": subject, "body": permalink})
        address = self.contact.removeprefix("mailto:")
        return f"mailto:{address}?{urlencode({'subject': subject, 'body': permalink}, quote_via=quote, safe='')}"


def publisher_of(configuration: Mapping[str, Any] | None) -> Publisher:
    """The publisher of a plugin configuration; what is no web address is not taken for one."""
    said = {field: str((configuration or {}).get(field) or "").strip() for field in FIELDS}
    for field in ("address", "licence_url"):
        if not said[field].startswith(("http://", "https://")):
            said[field] = ""
    return Publisher(**{**said, "address": said["address"].rstrip("/")})
