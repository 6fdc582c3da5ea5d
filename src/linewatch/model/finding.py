"""Everything found in a document: a Span, a reason, the finder that found it, and the value found."""

from __future__ import annotations

from typing import Literal

from linewatch.model.document import Span
from linewatch.model.value import Value
from linewatch.model.when import When

ItemKind = Literal[
    "video", "audio", "song", "editorial", "article", "magazine", "statement", "post", "speech", "photo-report",
    "other",
]  # fmt: skip
Tier = Literal["A", "B", "C", "D", "X"]
"""A central, B branch, C individual member, D quoted other, X supporter or unofficial."""
Role = Literal[
    "editorial", "leader", "authority", "spokesperson", "narrator", "member", "singer", "returnee", "community",
    "on-screen", "opponent", "scripture", "analyst", "unknown",
]  # fmt: skip
Verdict = Literal[
    "exact", "variant", "partial", "merged", "altered", "wrong-reference", "paraphrase", "other-translation", "unknown",
]  # fmt: skip


class Item(Value, frozen=True, kw_only=True, tag="item"):
    """One thing the watched organisation published, held in the case or known from a report."""

    kind: ItemKind = "other"
    publisher: str | None = None
    outlet: str | None = None
    tier: Tier | None = None
    place: str | None = None
    title: str | None = None
    issue: str | None = None
    date: When | None = None
    note_date: When | None = None
    """The date that only the item's source note gives."""
    held: bool = False
    """Whether the case holds the thing itself, not only a report of it."""
    after: tuple[str, ...] = ()
    """The ids of the items that the text says came out before it, where no day tells it: "after the song"."""
    sources: dict[str, str] = {}
    """For each field, who says so: catalogue, heading, report sentence, path rule."""


class Segment(Value, frozen=True, kw_only=True):
    """A part of a quotation: the speaker's words, an insertion, an omission, or a quotation inside it."""

    kind: Literal["verbatim", "gloss", "translator-note", "omission", "nested"]
    start: int
    end: int
    owner: str | None = None
    """Whose insertion it is, where that can be told."""


class Quotation(Value, frozen=True, kw_only=True, tag="quotation"):
    """Someone's direct words; the Span leaves the outer marks out."""

    speaker: str | None = None
    role: Role = "unknown"
    item: str | None = None
    """The id of the item finding the words come from."""
    form: Literal["marked", "block"] = "marked"
    segments: tuple[Segment, ...] = ()
    scripture: bool = False


class Difference(Value, frozen=True, kw_only=True):
    """One place where quoted words are not the canon's: these words for those; one side may be empty."""

    kind: Literal[
        "changed",
        "slip",
        "added",
        "missing",
        "vowel-marks",
        "spelling",
        "punctuation",
        "marks-left-out",
        "bracket",
    ]
    quoted: str
    canon: str
    owner: Literal["translator", "quoter"] | None = None
    """Whose the words in brackets are: the edition's, or of whoever quotes it."""


class Citation(Value, frozen=True, kw_only=True, tag="citation"):
    """A pointer to a canonical text; the Span is the locator, or the quoted words themselves where they have none."""

    canon: str
    ref: str
    """As printed, normalised: `quran 5:54`, `charter 4:2`."""
    quoted: Span | None = None
    verdict: Verdict = "unknown"
    edition: str | None = None
    left_out: tuple[str, ...] = ()
    """What of the cited unit the quoted words leave out: before, inside, after."""
    omitted: tuple[str, ...] = ()
    """The words left out before, inside and after."""
    weights: tuple[str, ...] = ()
    """What the omitted words hold that turns the sense: negation, exception, condition."""
    stands_at: str | None = None
    """Where the words do stand, when that is not at the reference: `quran 5:54`."""
    text: str | None = None
    """The whole cited unit as the edition has it."""
    differences: tuple[Difference, ...] = ()
    detail: str | None = None


class Marker(Value, frozen=True, kw_only=True, tag="marker"):
    """A note's marker in the running text."""

    n: str
    body: str | None = None
    """The id of the body finding; None when the marker leads nowhere."""


class NoteBody(Value, frozen=True, kw_only=True, tag="note"):
    """A note's text, its label left out."""

    n: str
    kind: Literal["source", "explanation", "cross-reference"] = "source"
    marker: str | None = None
    """The id of the marker finding; None when nothing points here."""


class Alias(Value, frozen=True, kw_only=True, tag="alias"):
    """A name and the other names the text says the same actor goes by."""

    name: str
    aka: tuple[str, ...]
    name_kind: str | None = None


class Place(Value, frozen=True, kw_only=True, tag="place"):
    """An organisation's own name for a place, with the real one."""

    org_name: str
    real_name: str


class Caption(Value, frozen=True, kw_only=True, tag="caption"):
    """The words under a picture."""


class Mention(Value, frozen=True, kw_only=True, tag="mention"):
    """A name of a person, organisation, outlet or place. Persons are private until an analyst says otherwise."""

    name: str
    kind: Literal["person", "organisation", "outlet", "place"]


class Saying(Value, frozen=True, kw_only=True, tag="saying"):
    """What somebody is said to say, think or want, in the writer's words or their own; the Span holds all its parts."""

    contents: tuple[Span, ...]
    """What is said: outer marks and "that" belong to it."""
    source: Span | None = None
    """Whose words or thoughts they are, as the sentence has it: a name, an office, a pronoun."""
    cue: Span | None = None
    """The words that hand over: `said`, `according to`, `has vowed`."""


class ReportField(Value, frozen=True, kw_only=True, tag="report"):
    """One fact a report states of itself: title, series, number, date, author or publisher."""

    field: Literal["title", "series", "number", "date", "author", "publisher", "credit"]
    value: str


Found = (
    Item | Quotation | Citation | Marker | NoteBody | Alias | Place | Caption | Mention | ReportField | Saying
)


class Finding(Value, frozen=True, kw_only=True):
    """A value found at a Span, with the reason, by a finder named with its version."""

    id: str
    span: Span
    value: Found
    finder: str
    reason: str
    cut: str
    """The first 16 hexadecimal digits of the SHA-256 of `text[start:end]`: what the Span must re-cut to."""
