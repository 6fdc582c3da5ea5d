"""The first draft is prose and directives: it builds on any case, and nothing of a case's settings is obeyed in it."""

from __future__ import annotations

import pytest

from factories_write import CODEBOOK, make_line, make_material, make_reliability, make_settings
from linewatch.model import Reliability
from linewatch.settings import CaseSettings
from linewatch.write.draft import build_report
from linewatch.write.generate import generate_draft
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import Heading, Report, get_plain


def build(material: Material) -> Report:
    """Return the report of the generated draft."""
    return build_report(generate_draft(material.settings), Page(material=material))


def make_empty() -> Material:
    """Return a case in which nothing is known."""
    results = Results(
        line=make_line((), turns=(), words=(), watched=()),
        reliability=Reliability(coders=(), rows=()),
        codebook=CODEBOOK,
    )
    return make_material(
        settings=CaseSettings(uid="u"), results=results, evidence={}, documents={}, findings={}, judgements=(),
        statements={}, arrivals=(), problems=(),
    )  # fmt: skip


def test_generated_draft_builds_on_a_full_case_and_on_an_empty_one() -> None:
    """Every part has something to say, or says that there is nothing."""
    for material in (make_material(), make_empty()):
        headings = [
            get_plain(block.children) for block in build(material).blocks if isinstance(block, Heading)
        ]
        assert headings[1:] == [
            "The passages that carry the finding", "Whether it turned", "The items", "What is cited", "Names and places",
            "How it was measured", "Sources", "Notes that lead nowhere", "Problems",
        ]  # fmt: skip


@pytest.mark.parametrize("reliability", [make_reliability(light="red"), make_reliability(coders=("anna",))])
def test_generated_draft_builds_on_weak_codes(reliability: Reliability) -> None:
    """Nothing in the generated prose states a line."""
    full = make_material().results
    line = make_line(full.line.points, turns=(), words=("11 items.",))
    assert build(make_material(results=Results(line=line, reliability=reliability, codebook=CODEBOOK))).title


@pytest.mark.parametrize(
    "name",
    ["{{ problems }}", "# *a* _b_ `c` [d](e) | <f>", "<script>x</script>", "a\nb", "}} {{", "\\{{ note x }}"],
)
def test_settings_are_words(name: str) -> None:
    """A title or organisation that looks like Markdown or a directive is printed as it stands."""
    report = build(make_material(settings=make_settings(organisation=name, issue="")))
    assert report.title == f"{' '.join(name.split())}: its line"


def test_no_value_is_copied_into_the_draft() -> None:
    """The draft holds no number of the case: each is asked for by directive."""
    assert not any(sign.isdigit() for sign in generate_draft(make_settings(title="Watch")))
