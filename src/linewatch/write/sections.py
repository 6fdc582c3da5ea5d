"""The parts of a report that are computed: each directive of the draft is one function here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from linewatch.errors import DraftError
from linewatch.model import Alias, Citation, Finding, Item, Marker, Passage, Place, Point
from linewatch.write.figure import draw_line, find_gaps
from linewatch.write.material import Material, defang
from linewatch.write.tree import Bullets, Paragraph, Part, Quote, Ref, Table, Text

LONGEST_QUOTE = 150
"""Words; a longer quotation is cut and the omission marked."""


class Notes:
    """The numbered notes of a report under way; the same source place is one note."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, text: str) -> int:
        """Return the number of the note with this text."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def _say(words: str) -> Paragraph:
    return Paragraph(inlines=(Text(words=words),))


def make_finding(material: Material, _notes: Notes, _given: str) -> list[Part]:
    """Return what was found, with its uncertainty, in the fixed words of the track room."""
    return [
        _say(f"Reliability: {material.line.reliability}."),
        *(_say(words) for words in material.line.words),
    ]


def make_figure(material: Material, _notes: Notes, _given: str) -> list[Part]:
    """Return the figure of the line."""
    figure = draw_line(material.line, material.stance)
    return [figure] if figure else [_say("No coded item has a date: there is no line to draw.")]


def make_item_table(material: Material, notes: Notes, _given: str) -> list[Part]:
    """Return the table of the items, coded or not, each with the note that leads to its place."""
    points = {point.item: point for point in material.line.points}
    found = [one for one in material.findings if isinstance(one.value, Item)]
    rows = sorted(
        (
            _row_item(one.value, points.get(one.id), notes.add(material.name_place(one.span)))
            for one in found
            if isinstance(one.value, Item)
        ),
        key=lambda row: (row[0] or "9", row[2]),
    )
    if not rows:
        return [_say("No item was found.")]
    return [Table(header=("Date", "Kind", "Outlet", "Title", "Held", "Score", "Note"), rows=tuple(rows))]


def _row_item(item: Item, point: Point | None, note: int) -> tuple[str, ...]:
    date = (item.date.iso if item.date and item.date.iso else None) or (
        f"{item.note_date.iso} (its note)" if item.note_date and item.note_date.iso else "undated"
    )
    score = f"{point.score:+g}" if point else "not coded"
    held = "yes" if item.held else "cited"
    return (date, item.kind, item.outlet or item.publisher or "", item.title or "", held, score, str(note))


def make_passages(material: Material, notes: Notes, given: str) -> list[Part]:
    """Return the passages that carry the finding: of each item nearest a claimed turn, else of the first and last items."""
    items = material.find_items()
    passages = {passage.id: passage for passage in material.passages}
    chosen = [point for point in material.line.points if point.passages]
    most = int(given) if given.isdigit() else 6
    shown = chosen if len(chosen) <= most else [*chosen[: most // 2], *chosen[-most // 2 :]]
    parts: list[Part] = []
    for point in shown:
        passage = passages[point.passages[0]]
        parts.append(_quote(material, notes, passage, items[point.item], f"coded {point.score:+g}"))
    return parts or [_say("No passage is coded yet.")]


def _quote(material: Material, notes: Notes, passage: Passage, item: Item, coded: str) -> Quote:
    speaker = material.find_speaker(passage) or item.outlet or item.publisher or "speaker unknown"
    date = item.date.iso if item.date and item.date.iso else "undated"
    named = ", ".join(
        part for part in (speaker, item.kind, item.outlet or item.publisher, date, coded) if part
    )
    note = notes.add(material.name_place(passage.span))
    return Quote(
        words=shorten(material.cut(passage.span)), language=passage.language, attribution=named, note=note
    )


def shorten(words: str) -> str:
    """Return a quotation of at most 150 words, its omission marked."""
    split = words.split()
    if len(split) <= LONGEST_QUOTE:
        return defang(words)
    return defang(" ".join(split[:LONGEST_QUOTE])) + " […]"


def make_quotation(material: Material, notes: Notes, given: str) -> list[Part]:
    """Return one quotation, named by its id in the draft, re-cut from sealed text."""
    finding = material.get_finding(given)
    speaker = getattr(finding.value, "speaker", None) or "speaker unknown"
    note = notes.add(material.name_place(finding.span))
    words = shorten(material.cut_finding(finding))
    return [Quote(words=words, language=None, attribution=speaker, note=note)]


def make_citations(material: Material, notes: Notes, _given: str) -> list[Part]:
    """Return the citations of a canon with their verdicts."""
    rows = []
    for one in material.findings:
        if isinstance(one.value, Citation):
            note = str(notes.add(material.name_place(one.span)))
            rows.append(
                (
                    one.value.ref,
                    one.value.verdict,
                    defang(one.value.detail or ""),
                    one.value.edition or "",
                    note,
                )
            )
    if not rows:
        return [_say("No canon is cited.")]
    return [Table(header=("Reference", "Verdict", "Detail", "Edition", "Note"), rows=tuple(rows))]


def make_names(material: Material, _notes: Notes, _given: str) -> list[Part]:
    """Return the places with their real names. Persons stay private: their other names are counted, not listed."""
    places = sorted(
        {
            (one.value.org_name, one.value.real_name)
            for one in material.findings
            if isinstance(one.value, Place)
        }
    )
    aliases = sum(isinstance(one.value, Alias) for one in material.findings)
    parts: list[Part] = (
        [Table(header=("The organisation's name", "The place"), rows=tuple(places))] if places else []
    )
    return [
        *parts,
        _say(f"{aliases} names with other names stand in the evidence; persons are private and not listed."),
    ]


def make_method(material: Material, _notes: Notes, _given: str) -> list[Part]:
    """Return how it was measured: codebook, coders, agreement, frame, what was watched and what was not."""
    settings, reliability = material.settings, material.reliability
    said = [
        (
            f"Codebook: {settings.codebook}. Coders: {len(reliability.coders)}. Passages: {len(material.passages)}, "
            f"coded: {len({one.passage for one in material.coded})}. Sampling frame: {settings.frame}."
        ),
        _tell_watched(material),
    ]
    rows = tuple(
        (
            row.code,
            row.metric,
            _number(row.alpha),
            f"{_number(row.low)} to {_number(row.high)}" if row.low is not None else "",
            str(row.units),
            row.words,
        )
        for row in reliability.rows
    )
    table = Table(header=("Code", "Alpha", "Value", "95 % interval", "Coded twice", "Verdict"), rows=rows)
    return [*(_say(words) for words in said), *([table] if rows else [])]


def _tell_watched(material: Material) -> str:
    gaps = find_gaps(material.line)
    if not material.line.watched:
        return "It is not recorded when each outlet was watched, so silence cannot be told from not having looked."
    told = "; ".join(f"{first} to {last}" for first, last in gaps)
    return f"Not watched: {told}." if gaps else "No gap in watching is recorded."


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def make_problems(material: Material, _notes: Notes, _given: str) -> list[Part]:
    """Return the problems met in the evidence, and the note markers that lead nowhere."""
    dangling = [one for one in material.findings if isinstance(one.value, Marker) and one.value.body is None]
    told = [defang(problem.message) for problem in material.problems if problem.kind != "dangling-marker"]
    told += [_tell_dangling(material, one) for one in dangling]
    return [Bullets(items=tuple(told))] if told else [_say("None was met.")]


def _tell_dangling(material: Material, finding: Finding) -> str:
    evidence = material.evidence[material.documents[finding.span.document].evidence]
    return f"{evidence.name}: the note marker {material.cut_finding(finding)} leads nowhere"


def make_sources(material: Material, _notes: Notes, _given: str) -> list[Part]:
    """Return the sealed files by media type, with their hashes."""
    kinds: dict[str, int] = defaultdict(int)
    for evidence in material.evidence.values():
        kinds[evidence.media_type] += 1
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    rows = tuple((one.name, str(one.size), one.id) for one in material.evidence.values())
    return [
        _say(f"{len(material.evidence)} sealed files: {told}."),
        Table(header=("File", "Bytes", "Hash"), rows=rows),
    ]


Directive = Callable[[Material, Notes, str], list[Part]]
DIRECTIVES: dict[str, Directive] = {
    "finding": make_finding,
    "figure": make_figure,
    "item-table": make_item_table,
    "passages": make_passages,
    "quotation": make_quotation,
    "citations": make_citations,
    "names": make_names,
    "method": make_method,
    "problems": make_problems,
    "sources": make_sources,
}
"""What `{{ name argument }}` alone on a line puts into the report."""


def count_number(material: Material, name: str) -> str:
    """Return a number that a sentence asks for with `{{ number NAME }}`; raises DraftError where there is none of the name."""
    numbers = {
        "items": len(material.find_items()),
        "coded-items": len(material.line.points),
        "passages": len(material.passages),
        "coders": len(material.reliability.coders),
        "files": len(material.evidence),
        "problems": len(material.problems),
        "turns": sum(turn.claim for turn in material.line.turns),
    }
    if name not in numbers:
        raise DraftError(f"no number is called {name!r}", hint=f"there are: {', '.join(numbers)}")
    return str(numbers[name])


__all__ = ["DIRECTIVES", "LONGEST_QUOTE", "Notes", "Ref", "count_number", "shorten"]
