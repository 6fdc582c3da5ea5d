"""Quotations and speakers in Arabic on two hundred invented ones: guillemets and other marks, nested, without marks, vocalised and plain.

Frames with an even number were written and frozen before the finder was tuned; the others were tuned on. Names and words are put into
the frames in turn, so that the gold is known by construction.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from finding_scores import Score
from linewatch.find.base import Reading
from linewatch.find.registry import find_all
from linewatch.model import Quotation
from linewatch.read.registry import read_bytes
from linewatch.text.folding import fold

FRAMES = (
    "قال {m}: «{q}».", "قالت {f}: «{q}».", "«{q}»، قال {m}.", "«{q}»، تقول {f} في رسالتها.", 'وأضاف {m}: "{q}".', "وأكدت {f} أن «{q}».",
    'صرّح {m} لإذاعة الفنار بأن "{q}".', "وكتب {m} في صفحته: “{q}”.", "وجاء في [بيان العصبة]: «{q}».", "قَالَ {m}: «{q}».", "يقول {m} إنّ «{q}».", "وبحسب {m}، «{q}».",
    "ووفق {f}: «{q}».", "نقلت صحيفة المنارة عن {m} قوله: «{q}».", "ونُقل عن {f} قولها إن «{q}».", "وقال المتحدث باسم العصبة {m}: «{q}».", "وقالت المتحدثة باسم عصبة المرفأ {f} يوم الأحد: «{q}».",
    "سأل {m}: «{q}؟»", "رد {m} قائلا: «{q}».", "وأضافت {f} قائلة: «{q}».", "«{q}»، كما قال {m} للصحيفة.", "قال {m} إن الرصيف هادئ. وتابع: «{q}».", "قال {m} إن الباب مفتوح، مضيفا: «{q}».",
    "وأوضحت {f} في مقابلة مع الإذاعة: «{q}».", 'قال {m}: «سمعتُ الشيخ يقول "لا تتركوا الفنار" ثم {q}».', "وقالت {f} في رسالتها:\n\n{q}.", "قال {m}، وهو من أقدم البحارة، إن «{q}».", "أعلن {m} أمس في خطاب متلفز: «{q}».",
    "وشدد {m} على أن «{q}».", "وحذرت {f} من أن «{q}».", "ختم {m} كلامه بالقول: «{q}».", "ومن جهته قال {m}: «{q}».", "من جانبها، قالت {f} إن «{q}».", "وَقَالَتْ {f}: «{q}».",
)  # fmt: skip
MEN = ("توبين بارا", "سالم الحداد", "يوسف بن هارون", "أبو بكر المرساوي", "كريم عبد الله", "إدريس النجار")
WOMEN = ("أدا ميرو", "إينس هارو", "مريم السقا", "أم خالد", "ليلى عبد الرحمن", "سارة أوسكي")
WORDS = (
    "الباب مفتوح لكل من عاد قبل الشتاء", "لن يُسأل أحد أين نام ولا مع من جلس", "نحن ندفع كل جمعة ولا نطلب شيئا", "المصباح مضاء والحبال جافة والمقاعد محفوظة",
    "مَنْ عَادَ فَلَهُ مَقْعَدُهُ كَمَا كَانَ", "القوارب لا تخرج إلا بطاقم كامل", "البرد هو الذي أخرجهم وليس الأجر",
)  # fmt: skip
BEFORE = "اجتمع البحارة على الرصيف مساء أمس وبقوا هناك حتى الفجر."
AFTER = "وخرجت القوارب ظهرا وعادت قبل حلول الظلام كعادتها في الصيف."
EACH = 6


class Made(NamedTuple):
    """A text with the one quotation in it."""

    frame: int
    text: str
    start: int
    end: int
    speaker: str


def make_texts() -> Iterator[Made]:
    """Yield every frame with six names and words put in."""
    for number, frame in enumerate(FRAMES):
        for turn in range(EACH):
            yield make_text(number, frame, turn + number)


def make_text(number: int, frame: str, turn: int) -> Made:
    """Return a text made of one frame; the speaker may stand in the frame itself, in square brackets."""
    fixed = re.search(r"\[([^\]]+)\]", frame)
    man, woman = MEN[turn % len(MEN)], WOMEN[turn % len(WOMEN)]
    speaker = fixed[1] if fixed else man if "{m}" in frame else woman
    words = WORDS[turn % len(WORDS)]
    filled = re.sub(r"[\[\]]", "", frame).replace("{m}", man).replace("{f}", woman)
    lead = f"رصيف أوسترل\n\n{BEFORE}\n\n"
    opened = max(filled.rfind(mark, 0, filled.index("{q}")) for mark in ("«", "“", '"', "\n"))
    if "سمعتُ" in filled:
        opened = filled.index("«")
    start = len(lead) + opened + 1
    body = filled.replace("{q}", words)
    close = len(filled) - filled.index("{q}") - 3
    tail = re.match(r"[؟]?", filled[filled.index("{q}") + 3 :])
    end = len(lead) + len(body) - close + (len(tail[0]) if tail else 0)
    if "\n" in frame:
        end += 1
    return Made(number, f"{lead}{body}\n\n{AFTER}\n", start, end, speaker)


def measure(show: int = 0) -> None:
    """Print F1 and how many speakers are right, for the frames tuned on and the frozen ones."""
    scores = {"tuned on": (Score(), Score()), "frozen": (Score(), Score())}
    for made in make_texts():
        document = read_bytes(made.text.encode(), "text.txt")
        found = {
            (one.span.start, one.span.end): one.value.speaker
            for one in find_all(Reading(document=document))
            if isinstance(one.value, Quotation)
        }
        place = (made.start, made.end)
        spans, speakers = scores["frozen" if made.frame % 2 == 0 else "tuned on"]
        spans.add(int(place in found), len(found), 1)
        right = place in found and _is_same(found[place], made.speaker)
        speakers.add(int(right), len(found), 1)
        if not right and made.frame % 2 and show > 0:
            show -= 1
            told = [(made.text[a:b], speaker) for (a, b), speaker in found.items()]
            print(made.frame, made.text[made.start : made.end], "|", made.speaker, "| found", told)
    for name, (spans, speakers) in scores.items():
        print(f"Arabic, {name:9} quotations exact   {spans}")
        print(f"Arabic, {name:9} with the speaker   {speakers}")


def _is_same(ours: str | None, gold: str) -> bool:
    return fold(ours or "") == fold(gold)


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
