"""The material as the program itself proposes it for coding: read, searched, and cut into passages in a case for the occasion."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from linewatch.cli.demo import set_up_sample
from linewatch.code.run import propose
from linewatch.find.run import find
from linewatch.gather.run import Given, gather
from linewatch.model import Evidence, Step
from linewatch.read.run import read
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_live_documents, list_live_passages


def list_passages(sample: Path) -> list[tuple[str, str, str]]:
    """Return (id, file name, words) of each passage that the program proposes from the sample's material."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, LINEWATCH_STATE=f"{folder}/state"):
        case = make_case(Path(folder) / "case")
        set_up_sample(case, sample)
        gather(case, [sample / "material"], given=Given(), tell=_say_nothing)
        read(case, tell=_say_nothing)
        find(case, _say_nothing)
        propose(case, _say_nothing)
        return _cut_passages(case)


def _cut_passages(case: Case) -> list[tuple[str, str, str]]:
    names = {evidence.id: evidence.name for evidence in case.find(Evidence)}
    documents = {document.id: document for document in list_live_documents(case)}
    return [
        (passage.id, names[document.evidence], document.text[passage.span.start : passage.span.end])
        for passage in list_live_passages(case)
        for document in [documents[passage.span.document]]
    ]


def _say_nothing(_step: Step) -> None:
    pass
