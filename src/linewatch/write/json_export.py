"""`findings.json`: the line, the agreement and every finding, for programs."""

from __future__ import annotations

from linewatch.model import Mention, to_json
from linewatch.write.material import Material
from linewatch.write.tree import Report

FILE = "findings.json"


def render(_report: Report, material: Material) -> bytes:
    """Return the JSON. Mentions are left out: persons stay private in every export."""
    found = [one for one in material.findings if not isinstance(one.value, Mention)]
    return to_json(
        {
            "line": material.line,
            "reliability": material.reliability,
            "findings": found,
            "problems": material.problems,
        }
    )
