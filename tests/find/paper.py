"""An academic paper with 105 endnotes, in each way that markers are printed; what is to be found is marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

Form = Literal["flat", "bracket", "raised", "caret"]
FORMS: tuple[Form, ...] = get_args(Form)
MISSING, ORPHAN = 57, 88
"""The note whose body is lost, and the one that nothing points to."""

# Each takes a note at every {}; figures that are no markers stand beside words and stops on purpose.
SENTENCES = (
    "The guilds of the northern coast have been described often{} and studied seldom.{}",
    "In 1931 there were 14 of them;{} by 1988 there were 9.{}",
    "Oster calls the winter of 1962 “the year without a lamp.”{}",
    "Membership fell from 4,100 to 2,950 in 18 months, a loss of 28 percent.{}",
    "Chapter 4 of the Charter, as Penn notes,{} was never read aloud.",
    "Article 9 and Article 12 are silent on it.{}",
    "The rowers themselves{} say that “nobody left; the water left.”{}",
    "Tarn (2024, p. 31) puts the number at 75, which is too high.{}",
    "Between 3 and 5 boats went out each day,{}{} and 2 came back late.",
    "What the council meant is a matter of dispute.{}",
    "The first to ask was Quarrie:{} were the leavers ever told?{}",
    "Table 3 shows the piers by size (see also Figure 2).{}",
    "Sker had 7, Ostrel 11, and Lower Vale 1.{}",
    "It was the view of the elders that a rule is a rope{} and not a wall!{}",
)
BODIES = (
    "I. Oster, The Long Ice (Ostrel: Pier Press, 1999), p. 14.",
    "Ibid., pp. 15–17.",
    "See note 4 above.",
    "The figure counts only those who paid their dues.",
    "J. Penn, “Lamps and Their Keepers,” Coastal Studies Review 12, no. 3 (2019): 201–20.",
    "Harbour League, minutes, 4 May 1988, City Archive, box 11.",
    "Tarn, Winter Papers, 88.",
    "1931 is the year of the first count; the earlier lists are lost.",
    "Interview with a former rower, Sker, 12 June 2024.",
    "https://papers.example/coast/12 (accessed 3 May 2025).",
    "This was first pointed out to me by a reader in Sker.",
    "Op. cit., 31; cf. Quarrie, Letters, 7.",
)
KINDS = (
    "source", "source", "cross-reference", "explanation", "source", "source", "source", "explanation", "source",
    "source", "explanation", "source",
)  # fmt: skip


def write_paper(form: Form, notes: int = 105) -> str:
    """Return the marked paper with its markers in this form."""
    numbers = iter(n for n in range(1, notes + 1) if n != ORPHAN)
    paragraphs = list(_write_paragraphs(form, numbers))
    bodies = [_write_body(form, n) for n in range(1, notes + 1) if n != MISSING]
    head = "Leaving The Water: Guilds And Their Former Members On The Northern Coast\n\nMaud Tarn\n\nAbstract: This paper reads ninety years of guild papers for what they say of people who left.\n\n"
    return (
        head
        + "\n\n".join(paragraphs)
        + "\n\nNotes\n\n"
        + "\n\n".join(bodies)
        + '\n\n⟦⟧\nreport: {title: "Leaving The Water: Guilds And Their Former Members On The Northern Coast", authors: [Maud Tarn]}\n'
    )


def _write_paragraphs(form: Form, numbers: Iterator[int]) -> Iterator[str]:
    at, section = 0, 0
    while True:
        words: list[str] = []
        for _ in range(4):
            sentence = SENTENCES[at % len(SENTENCES)]
            taken = [n for _, n in zip(range(sentence.count("{}")), numbers, strict=False)]
            if len(taken) < sentence.count("{}"):
                yield " ".join(words) or "This is all that can be said."
                return
            words.append(_fill(sentence, form, taken))
            at += 1
        if at % 16 == 0:
            section += 1
            yield f"{section}. On The Papers Of The {('First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Last')[section % 7]} Guild"
        yield " ".join(words)


def _fill(sentence: str, form: Form, numbers: list[int]) -> str:
    parts = sentence.split("{}")
    out = parts[0]
    for n, part in zip(numbers, parts[1:], strict=True):
        # Two flat markers on one word are set apart by a comma: "boats,3,4".
        comma = "," if form in {"flat", "raised"} and out.endswith("⟧") else ""
        out += f"{comma}⟦M|{_print_marker(form, n)}⟧{part}"
    return out


def _print_marker(form: Form, n: int) -> str:
    raised = str(n).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return {"flat": str(n), "bracket": f"[{n}]", "raised": raised, "caret": f"[^{n}]"}[form]


def _write_body(form: Form, n: int) -> str:
    label = {"flat": f"{n}.", "bracket": f"[{n}]", "raised": _print_marker("raised", n), "caret": f"[^{n}]:"}[
        form
    ]
    return f"{label} ⟦B {n} {KINDS[n % len(KINDS)]}|{BODIES[n % len(BODIES)]}⟧"
