"""The report as one self-contained page: no script, no outside request, no link that leads out."""

from __future__ import annotations

import base64

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from linewatch.write.material import RTL, Material
from linewatch.write.tree import Report

FILE = "report.html"


def render(report: Report, material: Material) -> bytes:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("linewatch.write"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report.html")
    page = template.render(
        report=report,
        settings=material.settings,
        list_items=lambda part: part.items,
        kind=lambda part: part.__struct_config__.tag,
        is_rtl=lambda language: language in RTL,
        encode=lambda svg: base64.b64encode(svg.encode()).decode(),
        arabic=_load_face() if _needs_arabic(report) else None,
    )
    return page.encode()


def _needs_arabic(report: Report) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in str(report))


def _load_face() -> str:
    """Return the Arabic face (Amiri, SIL Open Font License 1.1) in base 64, so that no font need be installed."""
    import fontpkg

    with open(fontpkg.path("Amiri"), "rb") as face:  # noqa: PTH123 - the package gives a string
        return base64.b64encode(face.read()).decode()
