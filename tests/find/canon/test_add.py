"""Canons and editions of one's own: added to a case, read back, refused when broken; and `scan` limited to some canons."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.errors import InputError
from linewatch.find.canon.add import add_canon, add_edition
from linewatch.find.canon.editions import list_gaps, list_texts
from linewatch.find.canons import load_canons

RULE = """name: rule
title: The Rule of the Pier
language: en
numbering: "article:clause"
locators: [Rule]
editions:
  - {name: First printing, language: en, format: tanzil, where: rule.txt}
"""
TEXT = "1|1|Mend what you break before the bell.\n1|2|Lend the boat to none who will not bail.\n"


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    """Return an invented canon's description with its text beside it."""
    (tmp_path / "rule.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "rule.yml"
    path.write_text(RULE, encoding="utf-8")
    return path


def test_canon_with_its_text_is_read_back_from_the_case(rule: Path, tmp_path: Path) -> None:
    """A description and the text it names are copied, and the originals are no longer needed."""
    folder = tmp_path / "canons"
    add_canon(folder, rule)
    rule.unlink()
    (tmp_path / "rule.txt").unlink()
    (own,) = [one for one in load_canons(folder) if one.name == "rule"]
    assert [list(text.units) for text in list_texts(own)] == [["1:1", "1:2"]]


def test_edition_joins_its_canon_with_its_hash(tmp_path: Path) -> None:
    """An added text is an edition with what was told of it; changed behind the program's back it is refused."""
    folder, source = tmp_path / "canons", tmp_path / "mine.usfm"
    source.write_text("\\id JHN\n\\c 1\n\\v 1 The boats came home.\n", encoding="utf-8")
    _, gaps = add_edition(
        folder, source, "bible", {"name": "Mine", "language": "en", "translator": "A. Nother"}
    )
    assert gaps == [
        "John: 20 of 21 chapters absent, the first 2",
        "John 1: 50 of 51 verses absent, the first 2",
    ]
    (bible,) = [one for one in load_canons(folder) if one.name == "bible"]
    (text,) = list_texts(bible)
    assert (text.units, text.edition.translator) == ({"John 1:1": "The boats came home."}, "A. Nother")
    Path(text.edition.where).write_text("\\id JHN\n\\c 1\n\\v 1 Others.\n", encoding="utf-8")
    from linewatch.find.canon.editions import load_text

    load_text.cache_clear()
    with pytest.raises(InputError, match="not the text"):
        list_texts(bible)


def make_bible(**changed: int) -> list[str]:
    """Return the references of a New Testament of one book, each chapter as long as it is counted or as told."""
    (bible,) = [one for one in load_canons() if one.name == "bible"]
    sizes = {f"Mark {n}": size for n, size in enumerate(bible.verses["Mark"], 1)} | {
        f"Mark {key[1:]}": size for key, size in changed.items()
    }
    return [f"{chapter}:{n}" for chapter, size in sizes.items() for n in range(1, size + 1)]


def test_bible_is_counted_to_the_verse() -> None:
    """A book is whole with all its verses, also without those that the oldest manuscripts lack, and not with one more or fewer."""
    (bible,) = [one for one in load_canons() if one.name == "bible"]
    whole = make_bible()
    assert list_gaps(bible, whole) == []
    assert list_gaps(bible, [ref for ref in whole if ref not in {"Mark 9:44", "Mark 15:28"}]) == []
    assert list_gaps(bible, make_bible(c1=44)) == ["Mark 1: 1 of 45 verses absent, the first 45"]
    assert list_gaps(bible, make_bible(c1=46)) == ["Mark 1 has 45 verses, not 46"]
    assert list_gaps(bible, make_bible(c8=39)) == []  # the Latin count ends the chapter a verse later


def test_bible_has_its_books_chapters_and_verses() -> None:
    """The counts of the description agree with one another and with the 31,102 verses of the edition they were counted in."""
    (bible,) = [one for one in load_canons() if one.name == "bible"]
    assert (len(bible.verses), sum(map(sum, bible.verses.values()))) == (66, 31_102)
    assert {book: len(sizes) for book, sizes in bible.verses.items()} == {
        book: bible.sizes[book] for book in bible.verses
    }


BROKEN = {
    "no table": "just words",
    "no title": "name: rule",
    "an edition of nothing known": "edition_of: nothing\nname: X\nlanguage: en",
    "a text that is not there": RULE,
}


@pytest.mark.parametrize("words", BROKEN.values(), ids=BROKEN)
def test_broken_description_is_refused(words: str, tmp_path: Path) -> None:
    """What is no canon is said so by name, and nothing is copied."""
    path = tmp_path / "broken.yml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.yml"):
        add_canon(tmp_path / "canons", path)
    assert not (tmp_path / "canons").exists()


def test_scan_takes_a_canon_of_ones_own(rule: Path, tmp_path: Path) -> None:
    """`scan --canon rule.yml` checks against it; `--canon` with an unknown name says which there are."""
    text = tmp_path / "a.txt"
    text.write_text(
        'The film said: "Lend the boat to none who will not bail." (Rule 1:1)\n', encoding="utf-8"
    )
    result = CliRunner().invoke(linewatch, ["scan", str(text), "--canon", str(rule), "--json"])
    (citation,) = json.loads(result.output)["citations"]
    assert (citation["ref"], citation["verdict"], citation["stands_at"]) == (
        "rule 1:1",
        "wrong-reference",
        "rule 1:2",
    )
    assert CliRunner().invoke(linewatch, ["scan", str(text), "--canon", "nope"]).exit_code == 3


def test_added_canon_is_in_the_custody_log(rule: Path, tmp_path: Path) -> None:
    """`canon add` leaves an entry with the file's hash; one that is refused leaves none."""
    runner, case = CliRunner(), str(tmp_path / "case")
    runner.invoke(linewatch, ["new", case])
    assert runner.invoke(linewatch, ["canon", "add", case, str(rule)]).exit_code == 0
    broken = tmp_path / "broken.yml"
    broken.write_text("just words", encoding="utf-8")
    assert runner.invoke(linewatch, ["canon", "add", case, str(broken)]).exit_code != 0
    log = [json.loads(line) for line in (tmp_path / "case" / "custody.jsonl").read_text().splitlines()]
    details = [entry["detail"] for entry in log if entry["action"] == "canon"]
    assert details == [
        {"canon": "rule", "file": "rule.yml", "sha256": hashlib.sha256(rule.read_bytes()).hexdigest()}
    ]
    assert runner.invoke(linewatch, ["check", case]).exit_code == 0


def test_commands_list_show_and_check() -> None:
    """The canons are listed; a canon without an edition says how to add one."""
    runner = CliRunner()
    assert "quran" in runner.invoke(linewatch, ["canon", "list"]).output
    assert runner.invoke(linewatch, ["canon", "check"]).exit_code == 0
    assert runner.invoke(linewatch, ["canon", "show", "bible", "John 3:16"]).exit_code == 3


def test_scan_sets_the_unit_beside_the_quotation_and_obeys_no_override(tmp_path: Path) -> None:
    """The whole unit stands under a citation, what is left out between marks; signs that turn the order of letters are not printed."""
    canon = tmp_path / "rule.yml"
    canon.write_text(
        "name: rule\ntitle: The Rule\nlanguage: en\nnumbering: article:clause\nlocators: [Rule]\n"
        'units: [{ref: "4:2", text: "Mend what you break, unless the tide took it."}]\n',
        encoding="utf-8",
    )
    text = tmp_path / "release.txt"
    text.write_text("The League wrote: \u201c\u202eMend what you break\u201d (Rule 4:2).\n", encoding="utf-8")
    done = CliRunner().invoke(linewatch, ["scan", str(text), "--canon", str(canon)])
    assert done.exit_code == 0
    assert (
        "Mend what you break, \u27e6unless the tide took it.\u27e7" in done.output
        or "\u27e6, unless the tide took it.\u27e7" in done.output
    )
    assert "\u202e" not in done.output


def test_verdict_obeys_no_override(rule: Path, tmp_path: Path) -> None:
    """A word that differs is printed, without the signs inside it that turn the order of letters."""
    runner, case = CliRunner(), str(tmp_path / "case")
    runner.invoke(linewatch, ["new", case])
    runner.invoke(linewatch, ["canon", "add", case, str(rule)])
    line = "Lend the boat to a\u202ell w\u202eho will not\u2066 bail. (Rule 1:2)\n"
    printed = runner.invoke(linewatch, ["canon", "verify", case], input=line).output
    assert printed.startswith("altered")
    assert "for none" in printed
    assert not {"\u202e", "\u2066"} & set(printed)
