"""Build the Harbour League's material, codings and planted truths from its master: `python examples/build_harbour_league.py`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from harbour_league_build import (
    catalogue,
    check_files,
    coders,
    codings,
    monitor_reports,
    plain_text,
    planted,
    program,
)
from harbour_league_build.master import Item, load_master, load_yaml
from harbour_league_build.print_issues import build_issue
from harbour_league_build.site_pages import build_page
from harbour_league_build.subtitles import build_srt, build_vtt
from harbour_league_build.word_files import build_docx

CASE = Path(__file__).parent / "harbour-league"
_BUILT = "# Built by examples/build_harbour_league.py from source/; change it there.\n"
_BUILDERS: dict[str, Callable[[Item], str | bytes]] = {
    "html": build_page,
    "pdf": build_issue,
    "docx": build_docx,
    "srt": build_srt,
    "vtt": build_vtt,
    "md": plain_text.build_song,
}


def build(case: Path = CASE) -> dict[str, int]:
    """Build everything that is not written by hand, check it, and return how many files each folder holds."""
    items = load_master(case / "source")
    sheet = load_yaml(case / "source" / "reports.yml")
    canon = load_yaml(case / "canons" / "charter.yml")
    material = case / "material"
    if material.exists():
        shutil.rmtree(material)
    for item in items:
        _write_item(item, material)
    _write_reports(sheet, case)
    rows = [row for item in items for row in catalogue.list_item(item)]
    rows += [row for report in sheet["reports"] for row in catalogue.list_report(sheet, report)]
    _write(material / "catalogue.csv", catalogue.write_catalogue(rows))
    _write(case / "canons" / "charter.txt", plain_text.build_charter(canon))
    answers = coders.answer_all(items)
    _write_yaml(
        case / "codings" / "answers.yml",
        {"coders": list(coders.CODERS), "passages": codings.list_answers(answers)},
    )
    _write_yaml(case / "truth.yml", _gather_truth(case, items, answers))
    codings.write_codings(program.list_passages(case), answers, case / "codings" / "codings.csv")
    return _count(material)


def build_text(item: Item) -> str:
    """Return an item that is a plain text: a song or a notice."""
    return plain_text.build_song(item) if item.kind == "song" else plain_text.build_notice(item)


def _write_item(item: Item, material: Path) -> None:
    path = material / item.folder / f"{item.stem}.{item.format}"
    _write(path, _BUILDERS.get(item.format, build_text)(item))
    check_files.check_item(item, path)
    if item.extras.get("pages") == "two" and check_files.count_pages(path.read_bytes()) != 2:
        raise ValueError(f"{path.name} does not run over two pages")
    if item.language == "ar":
        _write(material / item.folder / f"{item.id}.en.txt", plain_text.build_translation(item))


def _write_reports(sheet: Mapping[str, Any], case: Path) -> None:
    for report in sheet["reports"]:
        text = _read_report(case, report)
        _write(case / "material" / "coastwatch" / f"{report['id']}.txt", text)
        if "html" in report["formats"]:
            page = monitor_reports.build_report_page(text, report["title"])
            _write(case / "material" / "coastwatch" / f"{report['id']}.html", page)


def _gather_truth(case: Path, items: Sequence[Item], answers: Sequence[coders.Answers]) -> dict[str, Any]:
    by_id = {item.id: item for item in items}
    citations = load_yaml(case / "source" / "citations.yml")
    canon = load_yaml(case / "canons" / "charter.yml")
    planted.check_citations(citations, by_id, {unit["ref"]: unit["text"] for unit in canon["units"]})
    sheet = load_yaml(case / "source" / "reports.yml")
    reports = [
        {**report, "quotations": monitor_reports.check_quotations(report, _read_report(case, report), by_id)}
        for report in sheet["reports"]
    ]
    return {
        **load_yaml(case / "source" / "planted.yml"),
        "coders": planted.sum_up_coders(answers),
        "citations": citations,
        "reports": reports,
        "translations": planted.list_translations(items),
        "items": planted.list_lines(items),
    }


def _read_report(case: Path, report: Mapping[str, Any]) -> str:
    return (case / "source" / "reports" / f"{report['id']}.txt").read_text(encoding="utf-8")


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _write_yaml(path: Path, value: object) -> None:
    _write(path, _BUILT + yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))


def _count(material: Path) -> dict[str, int]:
    folders = sorted(p for p in material.iterdir() if p.is_dir())
    return {folder.name: len(list(folder.iterdir())) for folder in folders}


if __name__ == "__main__":
    for name, count in build().items():
        print(f"{name}: {count}")
    sys.exit(0)
