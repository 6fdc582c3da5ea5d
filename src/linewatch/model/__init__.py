"""The nouns: frozen, typed values with lossless JSON both ways. No behaviour beyond what a value knows of itself."""

from __future__ import annotations

from linewatch.model.canon import Canon, Edition, Scheme
from linewatch.model.codebook import (
    Code,
    Codebook,
    CodebookVersion,
    Crosswalk,
    Lexicon,
    Question,
    Rule,
    Scale,
    Term,
)
from linewatch.model.custody import Head, LogEntry, Timestamp, Tombstone
from linewatch.model.document import Block, Document, Portion, Span
from linewatch.model.evidence import Arrival, Evidence, Outcome, Side, Statement
from linewatch.model.finding import (
    Alias,
    Caption,
    Citation,
    Difference,
    Finding,
    Found,
    Item,
    ItemKind,
    Marker,
    Mention,
    NoteBody,
    Place,
    Quotation,
    ReportField,
    Saying,
    Segment,
)
from linewatch.model.grounds import Alert, Change, DateChance, Estimated, Influence, Level, Part
from linewatch.model.judgement import Anchor, Bounding, Coded, Correction, Judgement, Passage, Sitting
from linewatch.model.line import Gate, Line, Outlet, Point, Rival, Turn, Watch
from linewatch.model.problem import Problem
from linewatch.model.reliability import CodeAgreement, Reliability
from linewatch.model.run import Build, Run, Step, Tell
from linewatch.model.suggestion import MachineCall, MachineRun, Suggestion
from linewatch.model.value import Value, from_json, get_id, to_json
from linewatch.model.when import When

__all__ = [
    "Alert", "Alias", "Anchor", "Arrival", "Block", "Bounding", "Build", "Canon", "Caption", "Change", "Citation", "Code", "CodeAgreement", "Codebook", "CodebookVersion", "Coded", "Correction", "Crosswalk", "DateChance", "Difference", "Document", "Edition", "Estimated", "Evidence", "Finding", "Found", "Gate", "Head", "Influence", "Item", "ItemKind", "Judgement", "Level", "Lexicon", "Line", "LogEntry", "MachineCall", "MachineRun", "Marker", "Mention", "NoteBody", "Outcome", "Outlet", "Part", "Passage", "Place", "Point", "Portion", "Problem", "Question", "Quotation", "Reliability", "ReportField", "Rival", "Rule", "Run", "Saying", "Scale", "Scheme", "Segment", "Side", "Sitting", "Span", "Statement", "Step", "Suggestion", "Tell", "Term", "Timestamp", "Tombstone", "Turn", "Value",
    "Watch", "When", "from_json", "get_id", "to_json",
]  # fmt: skip
