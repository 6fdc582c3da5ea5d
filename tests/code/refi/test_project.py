"""A project goes out and comes back the same, is as the standard has it, and no quirk of another program misplaces a coding."""

from __future__ import annotations

import io
import stat
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.refi.newlines import even
from linewatch.code.refi.project import CodeNode, Coding, Project, Selection, TextSource, User, make_guid
from linewatch.code.refi.read import read_codebook, read_project
from linewatch.code.refi.schema import PROJECT, find_fault, parse_xml
from linewatch.code.refi.write import make_project_xml, write_codebook, write_package
from linewatch.errors import InputError

NOON = datetime(2033, 1, 10, 12, tzinfo=UTC)
ANNA, BRUNO, LEXICON = (make_guid("user", one) for one in ("anna", "bruno", "lexicon"))
PLEDGE, STILL = (make_guid("code", one) for one in ("pledge", "still"))
CODES = (
    CodeNode(guid=make_guid("folder"), name="frames", codable=False, codes=(
        CodeNode(guid=PLEDGE, name="F01 Broken pledge", description="an oath <broken>\nYes & no", color="#8C2D04"),
        CodeNode(guid=STILL, name="F10 Wrong but still ours"),
    )),
)  # fmt: skip
TEXT = "نحن على العهد 🛶 They signed\nthe pledge, yet they are still ours. 👩🏽‍🌾"
USERS = (User(guid=ANNA, name="anna"), User(guid=BRUNO, name="bruno"), User(guid=LEXICON, name="lexicon:v1"))


def make_selection(start: int, end: int, user: str, *codes: str, memo: str | None = None) -> Selection:
    """Return a selection of one coder."""
    codings = tuple(Coding(code=one, user=user, at=NOON, memo=memo) for one in codes)
    return Selection(start=start, end=end, user=user, at=NOON, name=TEXT[start:end].strip(), codings=codings)


SOURCE = TextSource(
    guid=make_guid("source", "1"),
    name="The Lamp, 2 April",
    text=TEXT,
    selections=(
        make_selection(0, 13, ANNA, PLEDGE, memo="odd <sign> & 'quote'\nsecond line 🛶"),
        make_selection(0, 13, BRUNO, PLEDGE, STILL),
        make_selection(5, 27, LEXICON, STILL),
    ),
)
WHOLE = Project(name="harbour", origin="Linewatch", users=USERS, codes=CODES, sources=(SOURCE,))


def make_package(project: str, **texts: str | bytes) -> bytes:
    """Return a package of a project file and texts; `a__txt` is `sources/a.txt`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("project.qde", project)
        for name, text in texts.items():
            package.writestr(f"sources/{name}.txt", text)
    return held.getvalue()


def make_qde(body: str, origin: str = "", users: str = f'<User guid="{ANNA}" name="anna"/>') -> str:
    """Return a project of one code and these sources."""
    named = f' origin="{origin}"' if origin else ""
    return (
        f'<Project xmlns="{PROJECT}" name="p"{named}><Users>{users}</Users><CodeBook><Codes>'
        f'<Code guid="{PLEDGE}" name="pledge" isCodable="true"/></Codes></CodeBook>'
        f"<Sources>{body}</Sources></Project>"
    )


def make_source(  # noqa: PLR0913 - each is an attribute that programs write or leave out
    start: int,
    end: int,
    *,
    text: str = "",
    path: str = "internal://a.txt",
    on: str = "",
    by: str = "",
    name: str = "",
) -> str:
    """Return a source with one selection and coding, the coder on the one or the other."""
    source = make_guid("source", "a")
    written = f"<PlainTextContent>{text}</PlainTextContent>" if text else ""
    where = "" if text else f' plainTextPath="{path}"'
    on, by = (f' creatingUser="{one}"' if one else "" for one in (on, by))
    called = f' name="{name}"' if name else ""
    return (
        f'<TextSource guid="{source}" name="a"{where}>{written}<PlainTextSelection guid="{make_guid("s")}"{called} '
        f'startPosition="{start}" endPosition="{end}"{on}><Coding guid="{make_guid("c")}"{by}>'
        f'<CodeRef targetGUID="{PLEDGE}"/></Coding></PlainTextSelection></TextSource>'
    )


def list_cuts(project: Project) -> list[tuple[str, str]]:
    """Return the words of each coding with the name of its coder."""
    names = {one.guid: one.name for one in project.users}
    return [
        (source.text[one.start : one.end], names.get(coding.user or "", ""))
        for source in project.sources
        for one in source.selections
        for coding in one.codings
    ]


def test_project_comes_back_whole() -> None:
    """Arabic, emoji, overlapping spans, three coders, nested codes and memos with XML's own signs are the same again."""
    data = write_package(WHOLE)
    again = read_project(data, "p.qdpx")
    # A memo that stands with its coding is read from there; nothing else differs.
    assert again == WHOLE
    assert data == write_package(WHOLE), "the same project gives the same bytes"


def test_project_is_as_the_standard_has_it() -> None:
    """What is written is valid, without empty parts, whether there is much or nothing."""
    for project in (
        WHOLE,
        Project(name="empty"),
        Project(name="text", sources=(SOURCE.__class__(guid=SOURCE.guid, name="t", text=""),)),
    ):
        root = parse_xml(make_project_xml(project), "p")
        assert find_fault(root, "Project") is None
    assert find_fault(parse_xml(write_codebook(CODES), "c"), "Codebook") is None
    empty = parse_xml(f'<Project xmlns="{PROJECT}" name="p"><Sets/></Project>'.encode(), "p")
    assert "Sets" in (find_fault(empty, "Project") or ""), "an empty part is a fault"


def test_texts_are_plain() -> None:
    """A text is UTF-8 without a byte order mark, in `sources/`, under the name its source gives."""
    with zipfile.ZipFile(io.BytesIO(write_package(WHOLE))) as package:
        assert package.namelist() == ["project.qde", f"sources/{SOURCE.guid}.txt"]
        assert package.read(f"sources/{SOURCE.guid}.txt") == TEXT.encode()
        assert f"internal://{SOURCE.guid}.txt".encode() in package.read("project.qde")


def test_codebook_comes_back_whole() -> None:
    """A .qdc keeps folders, names, descriptions and colours; one with an empty part, as Taguette writes, is read too."""
    assert read_codebook(write_codebook(CODES), "c.qdc") == CODES
    empty = write_codebook(CODES).replace(b"</CodeBook>", b"<Sets/></CodeBook>")
    assert read_codebook(empty, "c.qdc") == CODES


SEA = "the sea wall"


@pytest.mark.parametrize(
    ("package", "cut", "shows"),
    [
        (make_package(make_qde(make_source(4, 7, on=ANNA)), a=f"\ufeff{SEA}"), "sea", "a byte order mark is no sign of the text"),
        (make_package(make_qde(make_source(4, 7, by=ANNA)), a=SEA), "sea", "the coder stands with the coding"),
        (make_package(make_qde(make_source(4, 7, on=BRUNO, by=ANNA)), a=SEA), "sea", "the coding's own coder wins"),
        (make_package(make_qde(make_source(4, 7, text=SEA, on=ANNA))), "sea", "the text is written out, the origin missing"),
        (make_package(make_qde(make_source(4, 7, on=f"{{{ANNA.upper()}}}")), a=SEA), "sea", "a GUID in braces and capitals"),
        (make_package(make_qde(make_source(7, 10, on=ANNA)), a="the\r\nbig sea wall".replace("big ", "s ")), "sea", "two signs are counted as two"),
        (make_package(make_qde(make_source(4, 7, on=ANNA), origin="ATLAS.ti 26"), a="the\r\nsea"), "sea", "ATLAS.ti counts one"),
        (make_package(make_qde(make_source(4, 7, on=ANNA, name="sea")), a="the\r\nsea wall"), "sea", "its name says that one was counted"),
        (make_package(make_qde(make_source(5, 8, on=ANNA, name="sea"), origin="ATLAS.ti 26"), a="the\r\nsea wall"), "sea", "its name says that two were"),
    ],
)  # fmt: skip
def test_quirks_are_met(package: bytes, cut: str, shows: str) -> None:
    """Each program's way of saying the same is read as the same words by the same coder."""
    assert list_cuts(read_project(package, "p.qdpx")) == [(cut, "anna")], shows


@pytest.mark.parametrize(
    ("old", "new"), [("project.qde", "Harbour study.qde"), ("sources/", "Sources/"), ("a.txt", "A.TXT")]
)
def test_names_of_files_are_met(old: str, new: str) -> None:
    """The project file may have any name, the folder and the texts capital letters."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_package(make_qde(make_source(4, 7, on=ANNA)), a=SEA))) as package,
        zipfile.ZipFile(held, "w") as renamed,
    ):
        for one in package.infolist():
            renamed.writestr(one.filename.replace(old, new), package.read(one))
    assert list_cuts(read_project(held.getvalue(), "p.qdpx")) == [("sea", "anna")]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (make_source(4, 4, on=ANNA), "1 selection of no length"),
        (make_source(4, 99, on=ANNA), "1 selection beyond its text"),
        (make_source(-4, 2, on=ANNA), "1 selection beyond its text"),
        (make_source(4, 7, on=ANNA).replace('"4"', '"four"'), "1 selection without a place"),
        (make_source(4, 7, on=ANNA, path="absolute:///etc/passwd"), "1 text that is not in the package (a)"),
        (make_source(4, 7, on=ANNA, path="internal://../../a.txt").replace("../../a", "b"), "1 text that is not in the package (a)"),
        (f'<PictureSource guid="{make_guid("p")}" name="p"><PictureSelection guid="{make_guid("q")}" firstX="0" firstY="0" secondX="1" secondY="1"/></PictureSource>', "1 selection of a picture"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(source: str, said: str) -> None:
    """A selection of nothing or of nowhere, a text elsewhere and a picture are counted, and nothing is guessed."""
    read = read_project(make_package(make_qde(source), a=SEA), "p.qdpx")
    assert said in read.lost
    assert list_cuts(read) == []


def test_transcripts_and_pages_are_read() -> None:
    """A film's transcript is coded between its points, a PDF's text in its representation."""
    one, two = make_guid("one"), make_guid("two")
    coding = (
        f'<Coding guid="{make_guid("c")}" creatingUser="{ANNA}"><CodeRef targetGUID="{PLEDGE}"/></Coding>'
    )
    film = (
        f'<VideoSource guid="{make_guid("v")}" name="film"><Transcript guid="{make_guid("t")}" plainTextPath="internal://a.txt">'
        f'<SyncPoint guid="{one}" position="4"/><SyncPoint guid="{two}" position="7"/>'
        f'<TranscriptSelection guid="{make_guid("x")}" fromSyncPoint="{one}" toSyncPoint="{two}">{coding}</TranscriptSelection>'
        "</Transcript></VideoSource>"
    )
    page = f'<PDFSource guid="{make_guid("pdf")}" name="page">{make_source(8, 12, on=ANNA).replace("TextSource", "Representation")}</PDFSource>'
    assert list_cuts(read_project(make_package(make_qde(film + page), a=SEA), "p.qdpx")) == [
        ("sea", "anna"), ("wall", "anna"),
    ]  # fmt: skip


def make_bomb() -> bytes:
    """Return a package whose text is 70 MB of one sign and says that it is small."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("project.qde", make_qde(make_source(4, 7, on=ANNA)))
        package.writestr("sources/a.txt", b"a" * (70 << 20))
    return held.getvalue()


def make_named(name: str, mode: int = 0) -> bytes:
    """Return a package with one file more, of this name."""
    held = io.BytesIO(make_package(make_qde("")))
    with zipfile.ZipFile(held, "a") as package:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        package.writestr(entry, "x")
    return held.getvalue()


LAUGHS = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + make_qde("").replace(
    'name="p"', 'name="&b;"'
)
FILE = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + make_qde("").replace('name="p"', 'name="p"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no REFI-QDA package"),
        (b"PK\x03\x04 not a zip", "no REFI-QDA package"),
        (make_bomb(), "larger than 64 MB"),
        (make_named("../escape.txt"), "leads out"),
        (make_named("/etc/escape.txt"), "leads out"),
        (make_named("..\\escape.txt"), "leads out"),
        (make_named("sources/link.txt", stat.S_IFLNK | 0o777), "is a link"),
        (make_named("other.qde"), "2 project files"),
        (make_package(LAUGHS), "document type"),
        (make_package(FILE), "document type"),
        (make_package("<Project"), "is not XML"),
        (make_package('<Project xmlns="urn:other"/>'), "no REFI-QDA project"),
    ],
)
def test_hostile_package_is_refused(data: bytes, said: str) -> None:
    """A bomb, a name that leads out, a link, entities and what is no project are refused in one line."""
    with pytest.raises(InputError, match=said):
        read_project(data, "p.qdpx")


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_damaged_package_raises_only_input_errors(noise: bytes, place: int) -> None:
    """Whatever bytes a package holds, it is read or refused."""
    whole = write_package(WHOLE)
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    with suppress(InputError):
        assert read_project(damaged, "p.qdpx").sources is not None


@given(st.text(alphabet="ab\r\n\ufeff🛶ع", max_size=30), st.data())
def test_offsets_survive_the_line_ends(text: str, data: st.DataObject) -> None:
    """A stretch that neither begins nor ends inside a line end has the same words, line ends aside, there and back."""
    made = even(text)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    lifted = text[made.lift(start) : made.lift(end)]
    assert even(lifted.removeprefix("\ufeff") if start == 0 else lifted).text.strip("\ufeff") == made.text[
        start:end
    ].strip("\ufeff")
    assert made.lower(made.lift(start)) == start
