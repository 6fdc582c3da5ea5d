"""Persons are private in every file until an analyst records a public role, and those who left stay private after."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from factories_write import LAMP, make_document, make_evidence, make_finding, make_material, make_settings
from linewatch.model import Alias, Citation, Finding, Mention, Passage, Quotation
from linewatch.settings import PublicRole
from linewatch.write.draft import build_report
from linewatch.write.generate import generate_draft
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.privacy import (
    WITHHELD,
    find_named_persons,
    find_public_aliases,
    judge_names,
    label_coders,
)
from linewatch.write.registry import EXPORTERS

TEXT = (
    "Tell Piet Arden that Nell Brae is back. Old Piet came by the old shore, and the Kittiwake with him; "
    "Piet rowed. Nell spoke."
)
PIET = PublicRole(name="Piet Arden", role="keeper of the pier", why="signs its notices")
KINDS = ("absconded", "expelled", "wants to leave")


def make_persons(role: str = "narrator", **changes: Any) -> Material:
    """Return the case with one more document, in which Piet Arden and Nell Brae are named, Nell speaking as `role`."""
    base = make_material()
    sealed = make_evidence("persons.txt")
    document = make_document(sealed, TEXT, language="en")
    found: list[Finding] = [
        make_finding(document, "Piet Arden", Mention(name="Piet Arden", kind="person")),
        make_finding(document, "Nell Brae", Mention(name="Nell Brae", kind="person")),
        make_finding(document, "Kittiwake", Mention(name="Kittiwake", kind="person")),
        make_finding(document, "Old Piet", Alias(name="Piet Arden", aka=("Old Piet",))),
        make_finding(document, TEXT, Quotation(speaker="Piet Arden", role="leader"), name="q-piet"),
        make_finding(document, "Nell spoke", Quotation(speaker="Nell Brae", role=role), name="q-nell"),  # type: ignore[arg-type] - a table's column
    ]
    values: dict[str, Any] = {
        "evidence": {**base.evidence, sealed.id: sealed},
        "documents": {**base.documents, document.id: document},
        "findings": {**base.findings, **{one.id: one for one in found}},
    }
    return make_material(**{**values, **changes})


def make_files(material: Material) -> dict[str, str]:
    """Return every file of the report with the two quotations, as text."""
    draft = (
        f"{generate_draft(material.settings)}\n\n{{{{ quotation q-piet }}}}\n\n{{{{ quotation q-nell }}}}\n"
    )
    report = build_report(draft, Page(material=material))
    files: dict[str, bytes] = {}
    for exporter in EXPORTERS.values():
        files |= exporter.export(report, material)
    return {
        name: data.decode("utf-8", "replace")
        for name, data in files.items()
        if name.endswith(("html", "json", "csv"))
    }


def test_nobody_is_named_unless_recorded() -> None:
    """No file names a person: neither who speaks nor who is spoken of, by whole name, part of it or other name."""
    for name, text in make_files(make_persons()).items():
        for part in ("Piet", "Arden", "Nell", "Brae", "Jonas", "Reed", "anna", "boris", "secret-analyst"):
            assert part not in text, (name, part)


def test_recorded_role_lifts_the_veil_for_that_person_alone() -> None:
    """With a public role recorded the name is printed, and so is why; others stay private."""
    page = make_files(make_persons(settings=make_settings(public=(PIET,))))["report.html"]
    assert "Piet Arden (keeper of the pier: signs its notices)" in page
    assert f"Tell Piet Arden that {WITHHELD} is back." in page
    assert "Nell" not in page


@pytest.mark.parametrize("by", ["quotation", "passage"])
def test_who_returned_stays_private_whatever_is_recorded(by: str) -> None:
    """A person whom anything shows as returned is named in no file, a recorded public role or not."""
    nell = PublicRole(name="Nell Brae", role="singer", why="signs songs")
    material = make_persons(
        "returnee" if by == "quotation" else "narrator", settings=make_settings(public=(nell,))
    )
    if by == "passage":
        span = material.findings["q-nell"].span
        shown = Passage(id="p-nell", span=span, item=None, speaker="nell brae", role="returnee")
        passages = (*material.results.passages, shown)
        results = material.results.__class__(**{**vars(material.results), "passages": passages})
        material = make_persons(settings=material.settings, results=results)
    assert find_named_persons(material) == []
    for name, text in make_files(material).items():
        assert "Nell" not in text, name


def test_kind_of_leaver_is_never_joined_to_an_actor() -> None:
    """No row and no object of any export holds both a coder's answer on a passage and a person's name or role."""
    base = make_persons(settings=make_settings(public=(PIET,)))
    passages = [one.id for one in base.results.passages]
    answers = tuple(
        msgspec.structs.replace(
            one, id=f"k{n}", passage=passages[n % len(passages)], question="kind", value=kind
        )
        for n, (one, kind) in enumerate(zip(base.judgements, KINDS, strict=False))
    )
    material = make_persons(settings=base.settings, judgements=(*base.judgements, *answers))
    files = make_files(material)
    assert "absconded" in files["judgements.csv"]
    rows = [row for name, text in files.items() if name != "report.html" for row in list_rows(name, text)]
    joined = [row for row in rows if holds_kind(row) and names_actor(row)]
    assert joined == []
    assert [kind for kind in KINDS if kind in files["report.html"] or kind in files["findings.json"]] == []


def list_rows(name: str, text: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, or every innermost object of a JSON file."""
    if name.endswith(".csv"):
        yield from csv.DictReader(io.StringIO(text))
        return
    waiting: list[Any] = [json.loads(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield {key: inner for key, inner in value.items() if not isinstance(inner, dict | list)}
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []


def holds_kind(row: dict[str, Any]) -> bool:
    """Tell whether a row holds an answer on a passage."""
    return any(value in KINDS for value in row.values()) or "question" in row


def names_actor(row: dict[str, Any]) -> bool:
    """Tell whether a row names a person or has a place for one."""
    return bool({"speaker", "role", "name", "aka"} & row.keys()) or "Piet" in str(row)


def test_common_word_is_no_name() -> None:
    """A part of a name that the evidence prints in lower case too, or what stands behind an article, is left alone."""
    privacy = judge_names(make_persons())
    assert (
        privacy.hide("The Kittiwake lay off the Shore. Old ropes.")
        == "The Kittiwake lay off the Shore. Old ropes."
    )


def test_locator_is_no_name() -> None:
    """The name of a canonical text, read as a person's by a finder, is printed."""
    base = make_material()
    (cited, _) = next(base.find_values(Citation))
    read = msgspec.structs.replace(cited, id="m", value=Mention(name="Charter", kind="person"))
    assert (
        judge_names(make_material(findings={**base.findings, "m": read})).hide("Charter 4:2") == "Charter 4:2"
    )


def test_names_that_nothing_found_can_be_withheld() -> None:
    """The analyst can name who must not be printed although no finder saw a person there."""
    privacy = judge_names(make_material(settings=make_settings(private=("Bet Lowry",))))
    assert privacy.hide("Bet  Lowry rows; so does Lowry.") == f"{WITHHELD} rows; so does {WITHHELD}."


@pytest.mark.parametrize(
    ("speaker", "role", "named"),
    [
        (LAMP, "editorial", LAMP),
        ("the lamp", "editorial", "the lamp"),
        ("Jonas Reed", "narrator", "a narrator"),
        ("Jonas Reed", "unknown", "an unknown voice"),
        (None, "singer", "a singer"),
        (LAMP, "returnee", "a person shown as returned"),
        ("Jonas Reed", "no-such-role", "an unknown voice"),
    ],
)
def test_speaker_is_named_by_role(speaker: str | None, role: str, named: str) -> None:
    """An outlet is named, a person stands by the role, and one who returned always does."""
    assert judge_names(make_material()).name_speaker(speaker, role) == named


def test_secret_names_lead_nowhere() -> None:
    """Aliases of the public are listed, but neither a nom de guerre nor a private person's."""
    material = make_persons(settings=make_settings(public=(PIET,)))
    known = find_public_aliases(material, judge_names(material))
    assert [(alias.name, alias.aka) for alias in known] == [
        ("Harbour League", ("the Guild",)),
        ("Piet Arden", ("Old Piet",)),
    ]
    secret = {
        key: msgspec.structs.replace(one, value=msgspec.structs.replace(one.value, name_kind="nom de guerre"))
        if isinstance(one.value, Alias)
        else one
        for key, one in material.findings.items()
    }
    hidden = make_persons(settings=material.settings, findings=secret)
    assert find_public_aliases(hidden, judge_names(hidden)) == []


def test_coders_stand_by_number() -> None:
    """Each coder has one label, the same wherever it stands."""
    assert label_coders(make_material()) == {"anna": "coder 1", "boris": "coder 2"}
