"""The first draft of a report, made once and then the analyst's to edit: prose and directives, no value copied in."""

from __future__ import annotations

from linewatch.settings import CaseSettings

DRAFT = """\
# {title}

*{series}Report of {{{{ number date }}}}.*

{{{{ finding }}}}

{{{{ figure line }}}}

## The passages that carry the finding

{{{{ passages }}}}

## Whether it turned

{{{{ turns }}}}

{{{{ rivals }}}}

{{{{ figures }}}}

## The items

{{{{ item-table }}}}

## What is cited

{{{{ citations }}}}

{{{{ citation-uses }}}}

## Names and places

{{{{ aliases }}}}

{{{{ places }}}}

## How it was measured

{{{{ method }}}}

## Sources

{{{{ sources }}}}

### Notes that lead nowhere

{{{{ notes-nowhere }}}}

### Problems

{{{{ problems }}}}
"""


def generate_draft(settings: CaseSettings) -> str:
    """Return the first draft; it takes nothing but the case's own settings, and everything else by directive."""
    series = f"{_escape(settings.title)}. " if settings.title else ""
    return DRAFT.format(title=make_title(settings), series=series)


def make_title(settings: CaseSettings) -> str:
    """Return the report's title: whose line, and on what."""
    who = _escape(settings.organisation) or "An organisation"
    return f"{who} on {_escape(settings.issue)}" if settings.issue else f"{who}: its line"


def _escape(text: str) -> str:
    """Return a setting's words so that Markdown and the directives leave them alone."""
    plain = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in plain)
