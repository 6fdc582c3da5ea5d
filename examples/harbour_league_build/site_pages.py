"""The Lamp's web pages: an article inside the furniture of a small newspaper's site. Two templates, one a year."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from harbour_league_build.dates import find_issue_number, print_date, print_number
from harbour_league_build.master import Item

_WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "site": "The Lamp",
        "motto": "The weekly of the Harbour League",
        "nav": ("News", "Letters", "Tides and weather", "Boats for sale", "Roll-call", "About us"),
        "number": "No.",
        "by": "By",
        "share": "Share this page:",
        "ways": ("Post", "Pigeon", "Print"),
        "also": "Also on the quay",
        "links": ("Tide tables for the week", "Lost and found: one glove, left", "How to tie a bowline"),
        "cookie": "This site keeps one biscuit to remember the size of your type.",
        "foot": "The Lamp, Lantern House, Ostrel Quay. Printed by the League since the third year.",
        "top": "Back to top",
    },
    "ar": {
        "site": "الفانوس",
        "motto": "الصحيفة الأسبوعيّة لرابطة المرفأ",
        "nav": ("أخبار", "رسائل", "المدّ والطقس", "قوارب للبيع", "المناداة", "من نحن"),
        "number": "العدد",
        "by": "بقلم",
        "share": "شارك هذه الصفحة:",
        "ways": ("بريد", "طباعة"),
        "also": "على الرصيف أيضًا",
        "links": ("جدول المدّ لهذا الأسبوع", "مفقودات: قفّاز واحد"),
        "cookie": "يحفظ هذا الموقع حجم الخطّ الذي اخترته.",
        "foot": "الفانوس، بيت الفانوس، رصيف أوستريل.",
        "top": "إلى أعلى الصفحة",
    },
}


def build_page(item: Item) -> str:
    """Return the web page of an item: tables and divs in 2031, semantic elements in 2032."""
    return _build_old_page(item) if item.date.year == 2031 else _build_new_page(item)


def _head(item: Item) -> str:
    words = _WORDS[item.language]
    direction = ' dir="rtl"' if item.language == "ar" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{item.language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(item.title)} | {words['site']}</title>\n"
        f'<meta property="article:published_time" content="{item.date.isoformat()}">\n'
        f'<meta property="og:site_name" content="{words["site"]}">\n</head>\n'
    )


def _dateline(item: Item) -> str:
    words = _WORDS[item.language]
    number = print_number(find_issue_number(item.date), item.language)
    comma = "،" if item.language == "ar" else ","
    return f"{words['number']} {number}{comma} {print_date(item.date, item.language)}"


def _byline(item: Item, tag: str) -> str:
    byline = item.extras.get("byline")
    by = _WORDS[item.language]["by"]
    return f'<{tag} class="byline">{by} {escape(byline)}</{tag}>\n' if byline else ""


def _body(item: Item) -> str:
    return "\n".join(f"<p>{escape(p.text, quote=False)}</p>" for p in item.paragraphs)


def _links(names: Sequence[str], tag: str) -> str:
    return "".join(
        f'<{tag}><a href="#{n}">{escape(name)}</a></{tag}>' for n, name in enumerate(names, start=1)
    )


def _build_old_page(item: Item) -> str:
    words = _WORDS[item.language]
    ways = " | ".join(f'<a href="#">{way}</a>' for way in words["ways"])
    return (
        f'{_head(item)}<body>\n<div id="masthead"><div class="site-name">{words["site"]}</div>'
        f'<div class="motto">{words["motto"]}</div></div>\n'
        f'<table class="menu"><tr>{_links(words["nav"], "td")}</tr></table>\n'
        f'<div id="content"><div class="post">\n<h1>{escape(item.title)}</h1>\n'
        f'<div class="dateline">{_dateline(item)}</div>\n{_byline(item, "div")}'
        f'<div class="entry">\n{_body(item)}\n</div>\n<div class="share">{words["share"]} {ways}</div>\n</div></div>\n'
        f'<div id="sidebar"><h3>{words["also"]}</h3><ul>{_links(words["links"], "li")}</ul></div>\n'
        f'<div id="footer">{words["foot"]} <a href="#">{words["top"]}</a></div>\n</body>\n</html>\n'
    )


def _build_new_page(item: Item) -> str:
    words = _WORDS[item.language]
    ways = " ".join(f'<a href="#">{way}</a>' for way in words["ways"])
    return (
        f'{_head(item)}<body>\n<div class="cookie-notice" role="dialog"><p>{words["cookie"]}</p></div>\n'
        f'<header class="site"><p class="site-name">{words["site"]}</p><p>{words["motto"]}</p>\n'
        f"<nav><ul>{_links(words['nav'], 'li')}</ul></nav></header>\n<main>\n<article>\n"
        f'<h1>{escape(item.title)}</h1>\n<p class="dateline"><time datetime="{item.date.isoformat()}">{_dateline(item)}</time></p>\n'
        f'{_byline(item, "p")}{_body(item)}\n</article>\n<p class="share">{words["share"]} {ways}</p>\n</main>\n'
        f"<aside><h2>{words['also']}</h2><ul>{_links(words['links'], 'li')}</ul></aside>\n"
        f'<footer><p>{words["foot"]}</p><p><a href="#">{words["top"]}</a></p></footer>\n</body>\n</html>\n'
    )
