"""The data set by DCAT 3, as DCAT-AP 3.0 wants it: a catalogue of the data as they are now and of the newest release's files, as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.pages.citation import NOBODY, PORTAL
from portal.pages.publisher import Publisher

Json = dict[str, Any]
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
MEDIA = "https://www.iana.org/assignments/media-types/"
CHINESE = {"@id": "http://publications.europa.eu/resource/authority/language/ZHO", "@type": "dct:LinguisticSystem"}
NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "spdx": "http://spdx.org/rdf/terms#", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
# Files that hold all of the data: on a server, on a site of files, and of a release.
SERVED = {"/tables/all.zip": "application/zip"}
WRITTEN = {"/portal.db": "application/vnd.sqlite3"}
RELEASED = {
    "portal.db": "application/vnd.sqlite3", "csv/cells.csv": "text/csv", "parquet/cells.parquet": "application/vnd.apache.parquet",
    "form.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "datapackage.json": "application/json",
}  # fmt: skip


def dcat(publisher: Publisher, build: Json, home: str, releases: Sequence[Json], without_server: bool = False) -> Json:
    """A dcat:Catalog with the data set and its distributions. `releases` as portal.pages.releases lists them, the newest first."""
    licence = {"@id": publisher.licence_url or CC_BY, "@type": "dct:LicenseDocument"}
    who = {"@id": f"{home}/about#publisher", "@type": "foaf:Agent", "foaf:name": publisher.publisher or NOBODY}
    title = _both(PORTAL, "Disclosure reports · open data")
    description = _both(
        "中国各级行政机关政府信息公开工作年度报告，逐格读成数据，每个数字都指向原文的位置。",
        "China's yearly government-disclosure reports, cell by cell, every figure leading to its place.",
    )
    date = {"@value": build["built_at"][:10], "@type": "xsd:date"}
    files = [_distribution(home + path, kind, licence) for path, kind in (WRITTEN if without_server else SERVED).items()]
    for release in releases[:1]:
        files += [
            {**_distribution(f"{home}/data/{release['name']}/{file['path']}", RELEASED[file["path"]], licence), **_measured(file)}
            for file in release["files"]
            if file["path"] in RELEASED
        ]
    data_set: Json = {
        "@id": f"{home}/#dataset", "@type": "dcat:Dataset", "dct:title": title, "dct:description": description, "dct:publisher": who,
        "dct:identifier": f"{home}/#dataset", "dcat:version": build["release"], "dct:modified": date, "dct:language": CHINESE,
        "dcat:landingPage": {"@id": f"{home}/", "@type": "foaf:Document"}, "dcat:distribution": files,
    }  # fmt: skip
    if publisher.contact:
        data_set["dcat:contactPoint"] = _contact(publisher)
    return {
        "@context": NAMESPACES, "@id": f"{home}/#catalog", "@type": "dcat:Catalog", "dct:title": title, "dct:description": description,
        "dct:publisher": who, "dct:license": licence, "dct:language": CHINESE, "dct:modified": date, "dcat:dataset": [data_set],
        "foaf:homepage": {"@id": f"{home}/", "@type": "foaf:Document"},
    }  # fmt: skip


def _both(chinese: str, in_english: str) -> list[Json]:
    return [{"@value": chinese, "@language": "zh"}, {"@value": in_english, "@language": "en"}]


def _distribution(address: str, kind: str, licence: Json) -> Json:
    name = address.rpartition("/")[2]
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:accessURL": {"@id": address, "@type": "rdfs:Resource"},
        "dcat:downloadURL": {"@id": address, "@type": "rdfs:Resource"},
        "dcat:mediaType": {"@id": MEDIA + kind, "@type": "dct:MediaType"},
        "dct:license": licence,
    }


def _measured(file: Json) -> Json:
    """How large a file of a release is, and its checksum."""
    algorithm = {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"}
    value = {"@value": file["sha256"], "@type": "xsd:hexBinary"}
    return {
        "dcat:byteSize": {"@value": str(file["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": algorithm, "spdx:checksumValue": value},
    }


def _contact(publisher: Publisher) -> Json:
    by_page = publisher.contact.startswith(("http://", "https://"))
    address = publisher.contact if by_page else f"mailto:{publisher.contact.removeprefix('mailto:')}"
    field = "vcard:hasURL" if by_page else "vcard:hasEmail"
    return {"@type": "vcard:Kind", "vcard:fn": publisher.publisher or PORTAL, field: {"@id": address}}
