"""The API's description and its routes are the same, and nothing sent to them is a fault of the desk."""

from __future__ import annotations

import re
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from linewatch.web.api import ENDPOINTS, ROUTES, describe
from linewatch.web.visit import Desk

Client = Any


def test_description_names_every_route(client: Client) -> None:
    """Every JSON route is described and every described path is a route, with its fields."""
    described = client.get("/api/openapi.json").json()
    assert {route.path for route in ROUTES} == {*described["paths"], "/api/openapi.json"}
    for one in ENDPOINTS:
        fields = {field["name"] for field in described["paths"][one.path]["get"]["parameters"]}
        assert fields == {*one.query, *re.findall(r"\{(\w+)\}", one.path)}


def test_answers_are_json_without_coders(client: Client, desk: Desk) -> None:
    """Each endpoint answers, and none says who answered which passage how."""
    document = next(iter(desk.known.documents()))
    for one in ENDPOINTS:
        answer = client.get(one.path.format(id=document), params={"q": "oar"} if "q" in one.query else {})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        if one.path not in {"/api/status", "/api/agreement", "/api/line"}:
            assert "anna" not in answer.text


def test_nothing_sent_is_a_fault_of_the_desk(client: Client) -> None:
    """Seeded requests made from the description are answered within it: no 5xx, no undescribed status."""
    schema = schemathesis.openapi.from_dict(describe())
    for operation in (one.ok() for one in schema.get_all_operations()):

        @seed(8)
        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def send(case: Any) -> None:
            path = case.formatted_path
            answer = client.request(case.method, path, params=case.query)
            assert answer.status_code in {200, 400, 404}, (path, case.query, answer.text)

        send()


def test_hostile_queries_are_answered(client: Client) -> None:
    """Odd bytes, huge numbers and markup in any address give a page that says what to do."""
    odd = ["%00", "%FF", "'\"><script>alert(1)</script>", "9" * 400, "../../etc/passwd", "\u202e", "{{7*7}}"]
    paths = ("/read?q={}", "/read?page={}", "/read?outlet={}", "/read/{}", "/find?kind={}", "/find/{}", "/code?passage={}", "/code?a={}&range={}", "/track?outlet={}", "/track?from={}&to=2031-01-01", "/track?item={}", "/write?q={}", "/check?before={}", "/picture/{}/1")  # fmt: skip
    for path in paths:
        for word in odd:
            answer = client.get(path.replace("{}", word.replace("/", "%2F")))
            assert answer.status_code in {200, 400, 404}, (path, word)
            assert "<script>alert" not in answer.text
