"""Each figure is drawn from what it shows alone, says the same in words and numbers, and says why where there is nothing."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from functools import cache

import msgspec
import pytest

from factories_write import CODEBOOK, POINTS, make_finding, make_line, make_material, make_reliability
from linewatch.errors import DraftError
from linewatch.model import Citation, Code, Coded, Line, Point
from linewatch.model.when import parse_iso
from linewatch.stats.verdict import WORDS
from linewatch.track.line import Ground
from linewatch.track.line import make_line as track_line
from linewatch.track.study import Setting
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.figure_data import Axis, make_axis
from linewatch.write.figure_dates import draw_dates, list_dated, list_ticks
from linewatch.write.figure_frames import draw_frames
from linewatch.write.figure_influence import draw_influence
from linewatch.write.figure_mix import draw_mix, find_mixed, list_rows
from linewatch.write.figure_outlets import draw_outlets
from linewatch.write.figure_pairs import draw_pairs
from linewatch.write.figures import FIGURES, Subject, draw_tracked, tell_remark
from linewatch.write.frames import count_frames, find_frames, pair_frames
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import Block, Figure, Table, get_plain

START = date(2031, 1, 3)
STEP: list[float] = [-2, -1, -2, -2, -1, -2, -2, -1, -2, -1, 1, 2, 2, 1, 2, 2, 1, 2, 2, 1]
HOSTILE = "\"'}[0]</text><script>alert(1)</script>"


def make_point(place: int, score: float, outlet: str) -> Point:
    """Return one item of a week, by two coders."""
    return Point(
        item=f"{outlet} {place}", label="a title", score=score, low=score, high=score, passages=(), outlet=outlet, kind="video",
        tier="A", date=parse_iso((START + timedelta(weeks=place)).isoformat()), coders=("anna", "boris"),
    )  # fmt: skip


@cache
def track(outlets: tuple[str, ...] = ("The Lamp", "The Pier"), *, still: bool = False) -> Line:
    """Return the line of outlets that all step in the eleventh week, or of outlets that stand still."""
    scores = STEP[:10] * 2 if still else STEP
    points = tuple(
        make_point(place, score, outlet) for outlet in outlets for place, score in enumerate(scores)
    )
    reliability = make_reliability()
    row = msgspec.structs.replace(reliability.rows[0], words=WORDS["green"])
    ground = Ground(
        "census",
        msgspec.structs.replace(reliability, rows=(row,)),
        Setting(codebook="leavers.v1"),
        "The League",
    )
    return track_line(points, (), ground, lambda _step: None)


def read(data: str) -> list[dict[str, str]]:
    """Return the rows of a figure's numbers."""
    return list(csv.DictReader(io.StringIO(data)))


def test_every_figure_of_a_line_is_drawn_with_words_and_numbers() -> None:
    """What a turn of two outlets has to show is drawn in both forms, with an alternative and rows of numbers."""
    files = draw_tracked(track(), POINTS)
    names = {name.partition(".")[0] for name in files}
    assert names == {"line", "dates", "outlets", "mix", "influence"}
    for name in names:
        assert files[f"{name}.svg"].startswith(b"<svg")
        assert files[f"{name}.png"].startswith(b"\x89PNG")
        assert len(files[f"{name}.txt"]) > 60
        assert len(read(files[f"{name}.csv"].decode())) > 1


def test_same_line_same_files() -> None:
    """Drawn again, every byte is the same."""
    assert draw_tracked(track(), POINTS) == draw_tracked(track(), POINTS)


def test_codes_nobody_may_rely_on_are_not_drawn() -> None:
    """On red codes there is no figure; on weak ones each figure carries what they are worth."""
    assert draw_tracked(msgspec.structs.replace(track(), reliability=WORDS["red"]), POINTS) == {}
    files = draw_tracked(msgspec.structs.replace(track(), reliability="reliability unknown"), POINTS)
    assert all(b"reliability unknown" in data for name, data in files.items() if name.endswith(".svg"))


@pytest.mark.parametrize(("light", "remark"), [("green", ""), ("amber", "agreement to rely on")])
def test_weak_codes_are_told_in_the_picture(light: str, remark: str) -> None:
    """Reliable codes need no remark; tentative ones are called so on every figure."""
    assert tell_remark(make_reliability(light=light)) == remark
    assert tell_remark(make_reliability(coders=("anna",))) == "one coder, reliability unknown"


def test_dates_sum_to_one_and_the_interval_holds_most() -> None:
    """The posterior of the date is a distribution, and its 95 % interval holds at least so much."""
    drawn = draw_dates(track())
    assert drawn is not None
    rows = [row for row in read(drawn.data) if row["series"] == "The Lamp"]
    assert sum(float(row["chance"]) for row in rows) == pytest.approx(1, abs=0.01)
    assert sum(float(row["chance"]) for row in rows if row["in_interval"] == "True") >= 0.95
    assert "14 March 2031" in drawn.alt


def test_still_lines_have_no_date_to_draw() -> None:
    """Where neither key holds, nothing is drawn that could be taken for a turn."""
    line = track(still=True)
    assert list_dated(line) == []
    for draw in (draw_dates, draw_influence, draw_mix):
        assert draw(line) is None
    assert draw_outlets(line, POINTS) is not None


@pytest.mark.parametrize("days", [3, 30, 60, 74, 75, 400, 4000])
def test_days_are_labelled_whatever_the_length(days: int) -> None:
    """Of a week or of ten years, an axis has some labelled days and not too many, all of them inside."""
    axis = Axis(begins=START, ends=START + timedelta(days=days), has_lane=False)
    ticks = list_ticks(axis)
    assert len(ticks) <= 13
    assert all(0 <= day <= axis.days for day in ticks)
    assert days < 7 or ticks


def test_level_lies_in_its_interval_and_follows_the_step() -> None:
    """Each day's level lies in its interval; it is low at first and high at last."""
    drawn = draw_outlets(track(), POINTS)
    assert drawn is not None
    rows = [row for row in read(drawn.data) if row["outlet"] == "The Pier"]
    assert all(float(row["low"]) <= float(row["level"]) <= float(row["high"]) for row in rows)
    assert float(rows[0]["level"]) < -1 < 1 < float(rows[-1]["level"])


def test_one_outlet_alone_has_no_panels() -> None:
    """The figure of the line shows one outlet by itself."""
    assert draw_outlets(track(("The Lamp",)), POINTS) is None


def test_parts_add_up_to_the_change() -> None:
    """Line and mix of all outlets are the sums of the outlets' parts, and together the change of the mean."""
    turn = find_mixed(track())
    assert turn is not None
    whole, *parts = list_rows(turn.parts)
    assert whole.within == pytest.approx(sum(part.within for part in parts))
    assert whole.within + whole.mix == pytest.approx(sum(STEP[10:]) / 10 - sum(STEP[:10]) / 10)
    assert abs(whole.mix) < 0.01


def test_many_outlets_are_drawn_as_a_few_rows() -> None:
    """Of thirty outlets those that moved most have a row, and the rest share one whose sum is theirs."""
    turn = find_mixed(track())
    assert turn is not None
    parts = tuple(
        msgspec.structs.replace(turn.parts[0], outlet=f"Outlet {n}", within=n / 10) for n in range(30)
    )
    whole, *rows = list_rows(parts)
    assert len(rows) == 13
    assert rows[-1].outlet == "18 further outlets"
    assert whole.within == pytest.approx(sum(row.within for row in rows))


def test_influence_names_no_title() -> None:
    """An item left out is called by kind and day: its title may name somebody."""
    drawn = draw_influence(track())
    assert drawn is not None
    assert "a title" not in drawn.svg
    assert "without video of" in drawn.svg


def test_hostile_names_are_drawn_as_text() -> None:
    """Markup in an outlet's name is neither a tag nor an expression in any figure."""
    files = draw_tracked(track((HOSTILE, "Other")), {**POINTS, 0: HOSTILE})
    assert len(files) == 20
    assert not any(b"<script" in data for name, data in files.items() if name.endswith(".svg"))


def make_framed() -> Material:
    """Return the case with frames coded in its passages, one of which cites the charter."""
    material = make_material()
    book = msgspec.structs.replace(
        CODEBOOK, codes=(Code(id="F04", name=HOSTILE), Code(id="F10", name="Still ours"))
    )
    passages = material.results.passages
    coded = tuple(
        Coded(passage=one.id, coder=coder, low=-1, high=-1, codes=("F04", "F10") if n % 3 == 0 else ("F04",))
        for n, one in enumerate(passages)
        for coder in ("anna", "boris")
    )
    span = passages[0].span
    document = material.documents[span.document]
    words = document.text[span.start : span.start + 20]
    cited = make_finding(document, words, Citation(canon="charter", ref="charter 4:2"), name="c-framed")
    results = Results(
        line=material.results.line,
        reliability=material.results.reliability,
        codebook=book,
        coded=coded,
        passages=passages,
    )
    return make_material(results=results, findings={**material.findings, cited.id: cited})


def test_frame_holds_where_half_of_the_coders_found_it() -> None:
    """Of two coders one suffices, of three one does not; a coder who set the passage aside does not count."""
    coded = [
        Coded(passage="p", coder=coder, codes=codes)
        for coder, codes in (("a", ("F1",)), ("b", ("F2",)), ("c", ("F2",)))
    ]
    assert find_frames(coded) == {"p": frozenset({"F2"})}
    assert find_frames(coded[:2]) == {"p": frozenset({"F1", "F2"})}
    assert find_frames([*coded[:1], Coded(passage="p", coder="b", out=True)]) == {"p": frozenset({"F1"})}


def test_frames_are_counted_by_period() -> None:
    """Each period tells how many of its items have a frame, never more than it has items."""
    counts = count_frames(make_framed())
    dated = [point for point in make_material().results.line.points if point.date and point.date.middle]
    assert sum(one.items for one in counts if one.frame.startswith("F10")) == len(dated)
    assert all(0 <= one.held <= one.items for one in counts)
    drawn = draw_frames(counts)
    assert drawn is not None
    assert "<script" not in drawn.svg
    assert len(read(drawn.data)) == len(counts)


def test_frames_stand_beside_frames_and_citations() -> None:
    """A passage with two frames is a pair both ways round, and one with a citation is counted with what it cites."""
    pairs = {(pair.frame[:3], pair.other[:3]): pair.passages for pair in pair_frames(make_framed())}
    assert pairs["F04", "F10"] == pairs["F10", "F04"] == pairs["F10", "F10"] <= pairs["F04", "F04"]
    assert pairs["F04", "cha"] == 1
    drawn = draw_pairs(pair_frames(make_framed()))
    assert drawn is not None
    assert "charter 4:2" in drawn.svg


def test_nothing_coded_has_no_frames() -> None:
    """Without frame codes neither figure is drawn."""
    material = make_material()
    assert draw_frames(count_frames(material)) is None
    assert draw_pairs(pair_frames(material)) is None


def build(directive: str, material: Material) -> tuple[Block, ...]:
    """Return what a directive makes."""
    return make_blocks(Page(material=material), parse_call(directive, line=1))


def make_tracked() -> Material:
    """Return a case whose line was tracked."""
    return make_material(results=Results(line=track(), reliability=make_reliability(), codebook=CODEBOOK))


def test_directives_draw_what_has_something_to_show() -> None:
    """`figures` sets every figure but the line's that has something to show; `figure NAME` one, or the reason."""
    drawn = build("figures", make_tracked())
    assert [block.name for block in drawn if isinstance(block, Figure)] == [
        "dates",
        "outlets",
        "mix",
        "influence",
    ]
    (block,) = build("figure frames", make_tracked())
    assert get_plain(block.children) == FIGURES["frames"].nothing  # type: ignore[union-attr]  # a paragraph
    with pytest.raises(DraftError, match="no figure is called pie"):
        build("figure pie", make_tracked())


def test_rivals_stand_in_the_report_with_figure_and_verdict() -> None:
    """Each series in which both keys hold has a table of its rivals, and likelihood and confidence apart below it."""
    told = build("rivals", make_tracked())
    tables = [block for block in told if isinstance(block, Table)]
    assert len(tables) == 3
    first = [get_plain(cell) for row in tables[0].rows for cell in row]
    assert {"Gradual change", "Influence", "Second codebook", "does not explain it", "untested"} <= set(first)
    words = [get_plain(block.children) for block in told if not isinstance(block, Table)]  # type: ignore[union-attr]  # paragraphs
    assert any(line.startswith("Likelihood of one turn") and "almost certain" in line for line in words)
    assert any(line.startswith("Confidence in that") and "almost certain" not in line for line in words)


def test_rivals_say_why_there_are_none() -> None:
    """A line without a turn by both keys, and codes nobody may rely on, have a sentence instead."""
    (plain,) = build("rivals", make_material())
    assert "none that something else would have to explain" in get_plain(plain.children)  # type: ignore[union-attr]  # a paragraph


def test_subject_of_an_empty_case_draws_nothing() -> None:
    """Nothing coded, nothing drawn, whatever the figure."""
    subject = Subject(line=make_line((), turns=(), words=(), watched=()), scale=POINTS)
    assert [name for name, kind in FIGURES.items() if kind.draw(subject)] == []
    assert make_axis(subject.line).days == 1
