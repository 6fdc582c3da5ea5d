"""The data exports hold what the report draws on, fit to leave the case."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from factories_write import CODEBOOK, LONG, SONG, make_line, make_material, make_reliability
from linewatch.model import Citation
from linewatch.write import csv_export, json_export
from linewatch.write.draft import build_report
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.quoting import LONGEST
from linewatch.write.records import RED


def make_files(material: Material) -> dict[str, str]:
    """Return the data exports as text."""
    report = build_report("# The title", Page(material=material))
    files = {**json_export.export(report, material), **csv_export.export(report, material)}
    return {name: data.decode("utf-8") for name, data in files.items()}


def read_rows(name: str, material: Material | None = None) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(make_files(material or make_material())[name], newline="")))


def read_findings(material: Material | None = None) -> dict[str, Any]:
    """Return what `findings.json` holds."""
    found: dict[str, Any] = json.loads(make_files(material or make_material())["findings.json"])
    return found


def test_every_table_is_there() -> None:
    """Four tables and one JSON object are made, also where no line is drawn."""
    assert set(make_files(make_material())) == {
        "findings.json", "items.csv", "judgements.csv", "quotations.csv", "line.csv",
    }  # fmt: skip
    assert make_files(make_material())["line.csv"] == "item,outlet,earliest,latest,score,low,high\n"


def test_items_have_date_place_and_seal() -> None:
    """Each item is a row: its date as an interval, its score with what it is worth, its evidence and place."""
    rows = read_rows("items.csv")
    assert len(rows) == 12
    row = next(row for row in rows if row["name"] == "lamp-02.html")
    assert (row["date"], row["earliest"], row["latest"], row["precision"]) == (
        "2031-04",
        "2031-04-01",
        "2031-04-30",
        "month",
    )
    assert (row["score"], row["reliability"]) == ("-2", "agreement to rely on")
    assert row["evidence"].startswith("sha256:")
    assert row["where"].startswith("page 2, characters 0–")


@pytest.mark.parametrize(
    ("light", "coders", "score", "words"),
    [("red", ("anna", "boris"), "", RED), ("green", ("anna",), "-2", "one coder, reliability unknown")],
)
def test_score_stands_beside_what_it_is_worth(
    light: str, coders: tuple[str, ...], score: str, words: str
) -> None:
    """On red codes no score is exported; one coder's stands beside the fixed words."""
    line = make_line(make_material().results.line.points, turns=())
    results = Results(line=line, reliability=make_reliability(light=light, coders=coders), codebook=CODEBOOK)
    row = next(
        row for row in read_rows("items.csv", make_material(results=results)) if row["name"] == "lamp-02.html"
    )
    assert (row["score"], row["reliability"]) == (score, words)


def test_judgements_carry_no_name_and_no_time() -> None:
    """Coders stand by number, and when they coded is not told."""
    rows = read_rows("judgements.csv")
    assert {row["coder"] for row in rows} == {"coder 1", "coder 2"}
    assert "judged_at" not in rows[0]
    assert "2033" not in make_files(make_material())["judgements.csv"]


def test_long_words_and_songs_are_cut() -> None:
    """A long quotation is cut and counted, a song's words are left out altogether."""
    rows = {row["id"]: row for row in read_rows("quotations.csv")}
    assert len(rows["q-lamp-03.html"]["words"].split()) <= LONGEST
    assert int(rows["q-lamp-03.html"]["left_out"]) == len(LONG.split()) - len(
        rows["q-lamp-03.html"]["words"].split()
    )
    assert (rows["q-song-01.txt"]["words"], int(rows["q-song-01.txt"]["left_out"])) == ("", len(SONG.split()))


def test_no_cell_is_a_formula_and_no_address_is_live() -> None:
    """Words that begin like a formula are guarded, and addresses are defanged in every file."""
    rows = {row["id"]: row for row in read_rows("quotations.csv")}
    assert rows["q-pier-02.vtt"]["words"] == "'=They quit the week the sea wall was failing."
    assert [name for name, text in make_files(make_material()).items() if "https://" in text] == []


def test_findings_hold_every_kind() -> None:
    """The JSON object holds the line, its reliability, and every kind of finding with its source."""
    found = read_findings()
    assert found["format"] == "linewatch.findings.v1"
    assert found["report"]["date"] == "2033-01-09"
    assert [
        len(found[name]) for name in ("items", "quotations", "citations", "markers", "notes", "places")
    ] == [12, 12, 1, 2, 1, 1]
    assert found["citations"][0]["verdict"] == "partial"
    assert found["citations"][0]["name"] == "monitor-report-1.pdf"
    assert {point["coders"][0] for point in found["line"]["points"]} == {"coder 1"}
    assert found["reliability"]["coders"] == ["coder 1", "coder 2"]


def test_evidence_is_told_without_who_obtained_it() -> None:
    """A file stands by seal, size and kind; who obtained it and at what hour stays in the case."""
    first = read_findings()["evidence"][0]
    assert set(first) == {"id", "name", "size", "media_type", "obtained_from", "gathered_on", "side"}
    assert first["gathered_on"] == "2033-01-09"


def test_offsets_lead_to_the_words() -> None:
    """A citation's offsets cut what was found."""
    material = make_material()
    (finding, _) = next(material.find_values(Citation))
    exported = read_findings(material)["citations"][0]
    text = material.documents[finding.span.document].text
    assert text[exported["start"] : exported["end"]] == "Charter 4:2"


def test_same_material_same_bytes() -> None:
    """Made again, every file is the same."""
    assert make_files(make_material()) == make_files(make_material())
