"""The coder's manual: a codebook as pages to print, in Markdown; what a browser prints is made from it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt

from linewatch.model import Code, Codebook, Question, Rule

STYLE = """body{font:11pt/1.45 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#111}
h1,h2{line-height:1.2}h2{margin-top:1.6em}h3{margin-bottom:.2em;break-after:avoid}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #999;padding:.3em .6em;text-align:start;vertical-align:top}
@media print{body{margin:0;max-width:none}}"""


def write_manual(codebook: Codebook) -> str:
    """Return the manual in Markdown: how to code, each question, what the answers come to, each code."""
    return "\n".join(_list_lines(codebook)) + "\n"


def write_manual_page(codebook: Codebook) -> str:
    """Return the manual as one HTML page that needs nothing else; words of the codebook are never markup."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(write_manual(codebook))
    title = escape(codebook.title)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )


def _list_lines(codebook: Codebook) -> Iterator[str]:
    yield from (f"# {_mask(codebook.title)}", "")
    yield from (f"A coder's manual to `{codebook.name}`, wording `{codebook.digest}`.", "")
    if codebook.rules:
        yield from ("## How to code", "")
        yield from (f"{n}. {_mask(rule)}" for n, rule in enumerate(codebook.rules, start=1))
        yield ""
    yield from ("## Questions", "", "Answer yes, no or unclear, in this order.", "")
    for question in codebook.questions:
        yield from _describe(question, f"{question.id} {_mask(question.text)}")
        if question.ends:
            yield from (f"*After a {question.ends} nothing more is asked.*", "")
    yield from _describe_scale(codebook)
    if codebook.codes:
        yield from ("## Codes", "", "Mark every one that holds.", "")
        for code in codebook.codes:
            kind = f" ({_mask(code.element)})" if code.element else ""
            yield from _describe(code, f"{code.id} {_mask(code.name)}{kind}")
    if codebook.roles:
        yield from ("## Who speaks", "", f"{_mask(', '.join(codebook.roles))}.")


def _describe(part: Question | Code, heading: str) -> Iterator[str]:
    yield from (f"### {heading}", "")
    told = (
        ("Yes for", part.include),
        ("Not for", part.exclude),
        ("In", part.example and f"“{part.example}”"),
        ("Out", part.counterexample and f"“{part.counterexample}”"),
    )
    lines = [f"- **{name}:** {_mask(text)}" for name, text in told if text]
    yield from (*lines, "") if lines else ()


def _describe_scale(codebook: Codebook) -> Iterator[str]:
    scale = codebook.scale
    yield from (f"## The scale: {_mask(scale.name)}", "", "| point | name | when |", "|---|---|---|")
    for point, name in sorted(scale.points.items()):
        yield f"| {point:+d} | {_mask(name)} | {_mask(scale.anchors.get(point, ''))} |".replace("+0 ", "0 ")
    yield from ("", "The point follows from the answers; the first line that holds decides.", "")
    yield from (f"{n}. {_tell_rule(rule)}" for n, rule in enumerate(scale.rules, start=1))
    yield ""


def _tell_rule(rule: Rule) -> str:
    when = " and ".join(f"{question} {answer}" for question, answer in rule.when.items())
    if rule.split:
        return f"{when}: no point; split the passage, or give a range"
    return f"{when}: out of the line" if rule.value is None else f"{when}: {rule.value:+d}".replace("+0", "0")


def _mask(text: str) -> str:
    """Return words whose signs Markdown would read as its own, masked."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>|#" else one for one in " ".join(text.split()))
