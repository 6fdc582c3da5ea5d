"""The findings as one JSON object, `findings.json`: for programs, with the private left out."""

from __future__ import annotations

import json

from linewatch.write.material import Material
from linewatch.write.records import Records
from linewatch.write.tree import Report

NAME = "json.v1"


def export(_report: Report, material: Material) -> dict[str, bytes]:
    """Return `findings.json`."""
    text = json.dumps(Records(material).make_findings(), ensure_ascii=False, indent=1)
    return {"findings.json": f"{text}\n".encode("utf-8", "replace")}
