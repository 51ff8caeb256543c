"""/openapi.json describes every address of ours, and whatever is asked by it is answered as it says."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
import schemathesis
from datasette.app import Datasette
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from plugins import draft, machines, pages, releases, whole_tables
from tests.support.pages import PAGES, REPORT

EXAMPLES = 4  # of each address
ANSWERED = (not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance)


@pytest.fixture(scope="session")
def described(site: httpx.Client) -> dict[str, Any]:
    said: dict[str, Any] = site.get("/openapi.json").raise_for_status().json()
    return said


@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def _ask(operation: Any, address: str, data: st.DataObject) -> None:
    data.draw(operation.as_strategy()).call_and_validate(base_url=address, checks=ANSWERED, timeout=30)


def test_what_is_asked_is_answered_as_described(described: dict[str, Any], portal_url: str) -> None:
    schema = schemathesis.openapi.from_dict(described)
    asked = [result.ok() for result in schema.get_all_operations()]
    assert len(asked) == sum(len(methods) for methods in described["paths"].values())
    for operation in asked:
        if operation.method != "post":  # drafts start programs: tests/portal/pages/test_draft.py
            _ask(operation, portal_url)


def test_every_route_is_described(described: dict[str, Any]) -> None:
    datasette = Datasette(memory=True)
    routes = pages.register_routes(datasette)
    routes += [route for plugin in (draft, machines, releases, whole_tables) for route in plugin.register_routes()]
    known = [re.sub(r"\{\w+\}", "2022", path) for path in described["paths"]]
    missing = [pattern for pattern, _ in routes if not any(re.search(pattern, path) for path in known)]
    assert [pattern for pattern in missing if "sitemap-" not in pattern] == []  # parts of the site map, which that names


@pytest.mark.parametrize("path", [path for path in PAGES.values() if "source-" not in path])
def test_the_first_keys_are_there(site: httpx.Client, described: dict[str, Any], path: str) -> None:
    given = site.get(path).raise_for_status().json()
    address = path.partition("?")[0]
    (of,) = [known for known in described["paths"] if re.fullmatch(re.sub(r"\{\w+\}", r"[^/.]+", known), address)]
    schema = described["paths"][of]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) <= set(given)
    assert schema["required"]


def test_the_interface_page_leads_there_and_its_examples_are_there(site: httpx.Client, described: dict[str, Any]) -> None:
    assert 'href="/openapi.json"' in site.get("/api").text
    (id,) = described["paths"]["/reports/{id}.json"]["get"]["parameters"]
    assert id["schema"]["examples"] and site.get(f"/reports/{id['schema']['examples'][0]}.json").status_code == 200
    assert REPORT.startswith("/reports/")
