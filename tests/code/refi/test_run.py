"""A case's codings go out by the standard and come back: without loss by the side file, by their places without it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from linewatch.code.answers import RANGE, Answer
from linewatch.code.codebook import load_codebook
from linewatch.code.refi.project import walk_codes
from linewatch.code.refi.read import read_codebook, read_project
from linewatch.code.refi.run import SIDE, export_codebook, export_project, import_codebook, import_project
from linewatch.code.refi.scheme import make_codes, map_codes
from linewatch.code.run import collect_codes, get_codebook, open_sitting, record
from linewatch.errors import InputError
from linewatch.model import Bounding, Judgement, Passage
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_judgements, list_live_passages

BLAME = tuple(
    Answer(question=one, value="yes" if one in {"q1", "q4"} else "no")
    for one in ("q1", "q2", "q3", "q4", "q5", "q6a", "q6b")
)
WORDS = (
    "They signed the Harbour Pledge and set it aside that winter.",
    "It was a fault, yet they are still of the League today.",
    "Whoever comes to the pier by spring has the old berth again.",
)


@pytest.fixture
def coded(case: Case, get_passage: Callable[[Case, str], str]) -> Case:
    """Return the case coded by two people: a range with a note, frames, a skip, a frame that does not hold."""
    stance = Answer(question="stance", value=RANGE, low=-2, high=0, note="odd: <=>\nsecond line 🛶")
    record(
        case,
        get_passage(case, "They"),
        "anna",
        (*BLAME, stance, Answer(question="F01", value="yes", note="pledge")),
    )
    record(case, get_passage(case, "It was"), "anna", (Answer(question="skip", value="too near"),))
    record(case, get_passage(case, "They"), "bruno", (*BLAME, Answer(question="F02", value="no")))
    return case


@pytest.fixture
def other(tmp_path: Path, read_words: Callable[..., Case]) -> Case:
    """Return another case of the same file, not coded."""
    return read_words(
        make_case(tmp_path / "other"), "d", WORDS[0], WORDS[1].replace("are ", "are\x1b[2J "), WORDS[2]
    )


def list_said(case: Case) -> set[tuple[object, ...]]:
    """Return all that each live answer says, the coder aside."""
    return {
        (
            one.passage,
            one.question,
            one.value,
            one.low,
            one.high,
            one.note,
            one.judged_at,
            one.blind,
            one.digest,
        )
        for one in list_live_judgements(case)
    }


def list_coders(case: Case) -> set[str]:
    """Return who has coded."""
    return {one.coder for one in list_live_judgements(case)}


def test_side_file_makes_it_lossless(coded: Case, other: Case, tmp_path: Path) -> None:
    """Another case takes in everything, frames that do not hold and wordings too; this one, nothing new."""
    path = tmp_path / "out.qdpx"
    told = export_project(coded, path)
    assert told.count == len(list_live_judgements(coded))
    assert import_project(coded, path).count == 0
    assert import_project(other, path).count == told.count
    assert list_said(other) == list_said(coded)
    assert list_coders(other) == {"A", "B"}
    assert collect_codes(other)[0].low == -2
    assert [one for one in check_case(other.path).faults if one.layer in {"row", "log", "head"}] == []


def test_package_alone_keeps_codings_spans_coders_and_memos(coded: Case, other: Case, tmp_path: Path) -> None:
    """Without the side file only what the standard cannot hold is gone: the frame that does not hold, blindness, wording."""
    path = tmp_path / "out.qdpx"
    export_project(coded, path, name_coders=True)
    (tmp_path / f"out.qdpx{SIDE}").unlink()
    import_project(other, path)
    bare = {one[:7] for one in list_said(coded) if one[1] != "F02"}
    assert {one[:7] for one in list_said(other)} == bare
    assert {one.blind for one in list_live_judgements(other)} == {False}
    assert list_coders(other) == {"anna", "bruno"}


def test_coders_are_letters_unless_they_chose_otherwise(coded: Case, tmp_path: Path) -> None:
    """Neither package nor side file names a coder; with the option the package does."""
    path = tmp_path / "out.qdpx"
    export_project(coded, path)
    with zipfile.ZipFile(path) as package:
        written = b"".join(package.read(one) for one in package.namelist())
    assert b"anna" not in written + (tmp_path / f"out.qdpx{SIDE}").read_bytes()
    export_project(coded, path, name_coders=True)
    assert {one.name for one in read_project(path.read_bytes(), "p").users} == {"anna", "bruno"}


def test_letter_does_not_become_a_second_coder(coded: Case, tmp_path: Path) -> None:
    """A package that lost its side file and its GUIDs makes no coder A beside anna: agreement with oneself would count."""
    path = tmp_path / "out.qdpx"
    export_project(coded, path)
    guids = {one.name: one.guid for one in read_project(path.read_bytes(), "p").users}
    (tmp_path / f"out.qdpx{SIDE}").unlink()
    assert import_project(coded, path).count == 0, "the GUID tells that A is anna"
    rewrite(path, guids["A"], "00000000-0000-4000-8000-000000000000")
    told = import_project(coded, path)
    assert told.count == 0
    assert any("a letter that this case gives" in one for one in told.left)
    assert list_coders(coded) == {"anna", "bruno"}


def rewrite(path: Path, old: str, new: str) -> None:
    """Change words of the project file inside a package."""
    held = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(held, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, package.read(name).replace(old.encode(), new.encode()))
    path.write_bytes(held.getvalue())


def test_changed_package_is_believed(coded: Case, tmp_path: Path) -> None:
    """A code changed in another program comes in, by the coder whom the side file knows; it is kept as not blind."""
    path = tmp_path / "out.qdpx"
    export_project(coded, path)
    codes = {one.name: one.guid for one in walk_codes(make_codes(get_codebook(coded)))}
    rewrite(path, f'<CodeRef targetGUID="{codes["q2 no"]}"', f'<CodeRef targetGUID="{codes["q2 yes"]}"')
    assert import_project(coded, path).count == 2
    changed = [one for one in list_live_judgements(coded) if one.question == "q2"]
    assert {(one.coder, one.value, one.blind) for one in changed} == {
        ("anna", "yes", False),
        ("bruno", "yes", False),
    }


def test_source_is_told_only_when_all_have_finished(coded: Case, tmp_path: Path) -> None:
    """While anybody codes, the package names neither file, outlet nor date; afterwards it does."""
    path = tmp_path / "out.qdpx"
    export_project(coded, path)
    with zipfile.ZipFile(path) as package:
        assert not any(
            word in package.read("project.qde") for word in (b"The Lamp", b"2031-04-02", b"lamp.txt")
        )
    for coder in ("anna", "bruno"):
        for passage in list_live_passages(coded):
            record(coded, passage.id, coder, (Answer(question="q1", value="no"),))
    export_project(coded, path)
    with zipfile.ZipFile(path) as package:
        assert all(word in package.read("project.qde") for word in (b"The Lamp", b"2031-04-02", b"lamp.txt"))


def test_what_the_format_cannot_hold_is_listed(coded: Case, tmp_path: Path) -> None:
    """The list counts the frame that does not hold, the range, and the passage that nobody coded."""
    left = export_project(coded, tmp_path / "out.qdpx").left
    for said in ("1 answers `no` or `unclear` to a frame", "1 ranges", "1 passages that nobody has coded"):
        assert any(one.startswith(said) for one in left), said


def test_foreign_codes_are_mapped_or_listed(
    case: Case, get_passage: Callable[[Case, str], str], tmp_path: Path
) -> None:
    """A code called as a frame or a point is one; another is listed with its count, as is a text that the case does not have."""
    path = tmp_path / "foreign.qdpx"
    text = "\n".join([WORDS[0], WORDS[1].replace("are ", "are\x1b[2J "), WORDS[2]])
    path.write_bytes(make_foreign(text))
    told = import_project(case, path)
    said = {(one.passage, one.coder, one.question, one.low) for one in list_live_judgements(case)}
    passage = get_passage(case, "They")
    assert said == {(passage, "Ines", "F01", None), (passage, "Ines", "stance", -1)}
    assert "1 coding with 'weather', which is not in leavers.v1" in told.left
    assert any("'elsewhere' with its codings" in one for one in told.left)
    assert [one.note for one in list_live_judgements(case) if one.question == "stance"] == ["so it seems"]


def test_foreign_span_becomes_a_passage(case: Case, tmp_path: Path) -> None:
    """A stretch that another program's coder chose is a passage of the case by that coder, with what was coded there."""
    path = tmp_path / "foreign.qdpx"
    text = "\n".join([WORDS[0], WORDS[1].replace("are ", "are\x1b[2J "), WORDS[2]])
    path.write_bytes(make_foreign(text))
    rewrite(path, f'endPosition="{len(WORDS[0]) + 1}"', 'endPosition="30"')
    told = import_project(case, path)
    assert "1 stretches that were no passage became one" in told.left
    (made,) = {one.passage for one in list_live_judgements(case)}
    span = case.get(Passage, made).span
    assert (text[span.start : span.end], len(list_live_passages(case))) == (
        "They signed the Harbour Pledge",
        4,
    )
    assert [(one.action, one.coder) for one in case.find(Bounding)] == [("add", "Ines")]
    assert import_project(case, path).count == 0


def make_foreign(text: str) -> bytes:
    """Return a package as another program writes one: its own GUIDs, spaces around what is selected."""
    guids = [f"{{0000000{place}-0000-4000-8000-000000000000}}" for place in range(9)]
    codes = "".join(
        f'<Code guid="{guid}" name="{name}" isCodable="true"/>'
        for guid, name in zip(guids, ("weather", "broken PLEDGE", "Blame"), strict=False)
    )
    codings = "".join(
        f'<Coding guid="{guids[place + 4]}"><CodeRef targetGUID="{guids[place]}"/></Coding>'
        for place in range(3)
    )
    qde = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="study" origin="QualCoder">'
        f'<Users><User guid="{guids[8]}" name="Ines"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>'
        f'<TextSource guid="{guids[7]}" name="lamp" plainTextPath="internal://lamp.txt">'
        f'<PlainTextSelection guid="{guids[3]}" startPosition="0" endPosition="{len(WORDS[0]) + 1}" creatingUser="{guids[8]}">'
        f"<Description>so it seems</Description>{codings}</PlainTextSelection></TextSource>"
        f'<TextSource guid="{guids[0]}" name="elsewhere"><PlainTextContent>other words</PlainTextContent></TextSource>'
        "</Sources></Project>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("study.qde", qde)
        package.writestr("Sources/lamp.txt", "\ufeff" + text.replace("\n", "\r\n"))
    return held.getvalue()


def test_side_file_that_is_none_is_refused(coded: Case, tmp_path: Path) -> None:
    """Words that are no side file, or of another version, are named and nothing is taken."""
    path = tmp_path / "out.qdpx"
    export_project(coded, path)
    before = coded.count(Judgement)
    for text in ("{", '{"format":"other"}', "[" * 5000):
        (tmp_path / f"out.qdpx{SIDE}").write_text(text)
        with pytest.raises(InputError, match="side file"):
            import_project(coded, path)
    assert coded.count(Judgement) == before


def test_codebook_goes_out_and_comes_back(case: Case, other: Case, tmp_path: Path) -> None:
    """The .qdc names every answer, point and frame once; with its side file it is the same codebook again."""
    path, own = tmp_path / "league.qdc", case.path / "codebook.yml"
    shipped = Path(__file__).parents[3] / "resources" / "codebooks" / "leavers.v1.yml"
    own.write_text(shipped.read_text(encoding="utf-8").replace("leavers.v1", "league.v1"), encoding="utf-8")
    export_codebook(case, path)
    names = [one.name for one in walk_codes(read_codebook(path.read_bytes(), "c"))]
    assert len(set(names)) == len(names)
    assert import_codebook(case, path).count == 0
    import_codebook(other, path)
    assert get_codebook(other) == get_codebook(case)


def test_foreign_codebook_becomes_frames(case: Case, tmp_path: Path) -> None:
    """Another program's codes are the frames of a codebook of the case; one that is there is not written over."""
    path = tmp_path / "Winter study.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="causes" isCodable="false">'
        '<Code guid="2" name="long winters" isCodable="true"><Description>cold: "yes"</Description></Code></Code></Codes></CodeBook>'
    )
    import_codebook(case, path)
    made = get_codebook(case)
    assert (made.name, [(one.name, one.include) for one in made.codes]) == (
        "Winter-study.v1", [("long winters", 'cold: "yes"')],
    )  # fmt: skip
    assert made.scale == load_codebook("leavers.v1").scale
    path.write_text(path.read_text().replace("long winters", "short summers"))
    with pytest.raises(InputError, match=r"codebook\.yml of its own"):
        import_codebook(case, path)


@pytest.mark.parametrize("name", ["leavers.v1"])
def test_every_answer_has_a_code_of_its_own(name: str) -> None:
    """Each code of a shipped codebook is known again by its name alone, whatever its GUID."""
    codebook = load_codebook(name)
    codes = [one for one in walk_codes(make_codes(codebook)) if one.codable]
    assert len(map_codes(codebook, make_codes(codebook))) >= len(codes)
    assert {one.guid for one in codes} <= map_codes(codebook, make_codes(codebook)).keys()


def test_open_sitting_does_not_stop_an_export(coded: Case, tmp_path: Path) -> None:
    """Whoever has opened a queue and said nothing yet is no user of the package."""
    open_sitting(coded, "carla")
    export_project(coded, tmp_path / "out.qdpx")
    assert len(read_project((tmp_path / "out.qdpx").read_bytes(), "p").users) == 2
