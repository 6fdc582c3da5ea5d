"""The Lamp's printed pages: an item set as PDF by typst, with masthead, running header and page numbers."""

from __future__ import annotations

import json
from pathlib import Path

import fontpkg
import typst

from harbour_league_build.dates import find_issue_number, print_date, print_number
from harbour_league_build.master import Item

_TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#let at = d.date.split("-").map(int)
#set document(title: d.title, date: datetime(year: at.at(0), month: at.at(1), day: at.at(2)))
#set page(width: d.width * 1mm, height: d.height * 1mm, margin: (x: 14mm, top: 20mm, bottom: 16mm),
  header: context [#set text(8pt); #d.site #h(1fr) #d.dateline],
  footer: context align(center, text(8pt, counter(page).display())))
#set text(font: d.font, size: 10pt, lang: d.language, hyphenate: false)
#set par(justify: true, leading: 0.62em, spacing: 0.9em)
#align(center)[#text(22pt, weight: "bold", d.site) #linebreak() #text(8pt, d.motto)]
#line(length: 100%, stroke: 0.5pt)
#heading(level: 1, d.title)
#if d.byline != none [#emph(d.byline)]
#let body = d.paragraphs.map(p => par(p)).join()
#let balance(size) = {
  let whole = measure(block(width: (size.width - 6mm) / 2, body)).height
  block(height: whole / 2 + 14pt, columns(2, gutter: 6mm, body))
}
#if d.columns == 2 { layout(balance) } else { body }
"""
_WORDS = {
    "en": ("The Lamp", "The weekly of the Harbour League", "No.", "By"),
    "ar": ("الفانوس", "الصحيفة الأسبوعية لرابطة المرفأ", "العدد", "بقلم"),
}


def build_issue(item: Item) -> bytes:
    """Return the item as a PDF whose bytes depend on nothing but the item and the pinned typst and fonts."""
    pdf: bytes = typst.compile(
        _TEMPLATE.encode(),
        font_paths=typst.Fonts(
            include_system_fonts=False, font_paths=[str(Path(fontpkg.path("Amiri")).parent)]
        ),
        format="pdf",
        sys_inputs={"data": json.dumps(_fill(item), ensure_ascii=False)},
        timestamp=0,
    )
    return pdf


def _fill(item: Item) -> dict[str, object]:
    site, motto, number, by = _WORDS[item.language]
    issue = print_number(find_issue_number(item.date), item.language)
    comma = "،" if item.language == "ar" else ","
    long = item.extras.get("pages") == "two"
    byline = item.extras.get("byline")
    return {
        "site": site,
        "motto": motto,
        "date": item.date.isoformat(),
        "dateline": f"{number} {issue}{comma} {print_date(item.date, item.language)}",
        "title": item.title,
        "byline": f"{by} {byline}" if byline else None,
        "language": item.language,
        "font": "Amiri" if item.language == "ar" else "Libertinus Serif",
        "paragraphs": [_allow_hyphen(p.text, item.extras.get("hyphen")) for p in item.paragraphs],
        # Every other English issue is set in two columns, as small weeklies are when paper is dear.
        "columns": 2 if item.language == "en" and not long and item.date.month % 2 == 0 else 1,
        "width": 120 if long else 148,
        "height": 152 if long else 150,
    }


def _allow_hyphen(text: str, broken: str | None) -> str:
    """Put a soft hyphen into one word, `com-plaints`, so that the line may end inside it."""
    return text if broken is None else text.replace(broken.replace("-", ""), broken.replace("-", "\u00ad"))
