"""The draft: Markdown with `{{ directive argument }}`, generated once, then the analyst's to edit."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from linewatch.errors import DraftError
from linewatch.settings import CaseSettings
from linewatch.write.material import Material, defang
from linewatch.write.sections import DIRECTIVES, Notes, count_number
from linewatch.write.tree import Heading, Paragraph, Part, Report, Text

_ALONE = re.compile(r"\{\{ *([a-z-]+)(?: +([^{}]*?))? *\}\}")
_NUMBER = re.compile(r"\{\{ *number +([a-z-]+) *\}\}")

DRAFT = """\
# {title}

{subject}

## What was found

{{{{ finding }}}}

{{{{ figure }}}}

## The items

{{{{ item-table }}}}

## The passages that carry the finding

{{{{ passages }}}}

## Citations

{{{{ citations }}}}

## Names and places

{{{{ names }}}}

## How it was measured

{{{{ method }}}}

## Problems

{{{{ problems }}}}

## Sources

{{{{ sources }}}}
"""


def generate_draft(settings: CaseSettings) -> str:
    """Return the draft of a case that has none yet."""
    organisation = settings.organisation or "the organisation"
    issue = settings.issue or "the issue"
    title = settings.title or f"The line of {organisation} on {issue}"
    subject = f"This report rests on {{{{ number files }}}} sealed files and {{{{ number items }}}} items of {organisation}."
    return DRAFT.format(title=title, subject=subject)


def build_report(draft: str, material: Material) -> Report:
    """Return the report: prose as written, directives and numbers computed now; raises DraftError naming the line."""
    notes, parts = Notes(), list[Part]()
    tokens = MarkdownIt("commonmark", {"html": False}).parse(draft)
    for place, token in enumerate(tokens):
        if token.type != "inline":
            continue
        before = tokens[place - 1]
        line = (token.map or [0])[0] + 1
        parts += _build_part(token.content, before.tag, line, material, notes)
    title = next((part.words for part in parts if isinstance(part, Heading) and part.level == 1), "Report")
    return Report(title=title, parts=tuple(parts), notes=tuple(notes.texts))


def _build_part(words: str, tag: str, line: int, material: Material, notes: Notes) -> list[Part]:
    alone = _ALONE.fullmatch(words.strip())
    if alone and alone[1] != "number":
        if alone[1] not in DIRECTIVES:
            known = ", ".join(DIRECTIVES)
            raise DraftError(
                f"report.md, line {line}: no directive is called {alone[1]!r}", hint=f"there are: {known}"
            )
        return DIRECTIVES[alone[1]](material, notes, (alone[2] or "").strip())
    said = defang(_NUMBER.sub(lambda hit: count_number(material, hit[1]), words))
    if "{{" in said:
        raise DraftError(f"report.md, line {line}: a directive stands alone on its line: {words!r}")
    if tag.startswith("h"):
        return [Heading(level=int(tag[1]), words=said)]
    return [Paragraph(inlines=(Text(words=said),))]
