"""Fidelity on a hundred planted pairs: ten of each fault, and twenty faithful ones that differ only as a quotation may.

The pairs are made from invented sentences by one rule a fault, so that which pair has which fault is known by construction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from linewatch.find.fidelity import compare_quotations

SOURCES = (
    "We have kept the lamp lit through the winter, and we will not shut the door on anyone who comes home. If they ask to be heard, the council may hear them before the third bell. Nobody is to be named on the board until the vote is counted. The boats go out with full crews and come back with the tide.",
    "The rowers of the northern pier left without a word, and some of them slept in the town. Their seats are not given away. Unless they send back the oars, the warden cannot write their names again. Perhaps the cold drove them, perhaps the pay. We ask for patience, and we shall show it.",
    "Our Charter says that absence is a fault and never a break. Whoever returns before the third roll-call keeps the old seat. The council did not call them traitors, and it will not. Only those who sold the boats must answer for it. The others may row again when the ice is gone.",
    "You took the warm road and left us the oars, but we do not hate you for it. Come back if you can bear to be asked where you were. The steerers might ask you twice, and no more. There is bread on the table and a dry rope on every hook. Until the lamp goes out, the door stays as it is.",
    "It was always the cold that drove them, and not the song. Some say the pay was short, which may be true. The harbour office never wrote to us, nor did we write to it. If the town wants quiet on the quay, it has only to leave us alone. We have rowed for ninety years and will row on.",
    "لم يُسأل أحد أين نام ولن يُسأل. إذا عادوا قبل الجرس الثالث فلهم مقاعدهم كما كانت. ربما كان البرد هو السبب وليس الأجر. نحن ندفع كل جمعة ولا نطلب شيئا من أحد. القوارب تخرج بطاقم كامل وتعود مع المد.",
    "The song is older than the pier, and no one owns it. We sing it when the boats come in. Those who left may sing it too, if they remember the words. Nothing in the Charter forbids it. The weekly printed it twice, once without the third verse, and nobody complained.",
    "We were wrong to shut the door in winter. It will not happen again while I keep the keys. Whoever was turned away should write to the warden, unless the warden has written first. Perhaps forty of them are on the lake now. They are not enemies, and some are our own brothers.",
    "The vote was counted in the open, and it was not close. Thirty piers were for the old rule and nine against. If the nine want a second count they shall have it. The steerers might grumble, but they will row. No boat is to go out short of hands until the matter is settled.",
    "He never sold the boat, whatever they say in the town. He lent it to his brother when the harvest was in. Unless somebody shows me a paper I will not believe it. Perhaps I am a fool, and perhaps not. The council can ask me again in spring, if it still cares.",
)  # fmt: skip
NEGATIONS = (" not ", " never ", " no ", " ولن ", " nor ")
CONDITIONS = ("If they ask to be heard, ", "Unless they send back the oars, ", "Whoever returns before the third roll-call keeps", " if you can bear to be asked where you were", "If the town wants quiet on the quay, ", "إذا عادوا قبل الجرس الثالث ", ", if they remember the words", ", unless the warden has written first", "If the nine want a second count ", "Unless somebody shows me a paper ")  # fmt: skip
HEDGES = (
    " may ",
    "Perhaps ",
    " may ",
    " might ",
    " may ",
    "ربما ",
    " may ",
    "Perhaps ",
    " might ",
    "Perhaps ",
)


def drop(text: str, *words: str) -> str:
    """Return a text without the first of these words that is in it."""
    found = next(word for word in words if word in text)
    return text.replace(found, " " if found[0] == found[-1] == " " else "", 1)


def split(text: str) -> list[str]:
    """Return a text's sentences."""
    return [f"{one.strip()}." for one in text.rstrip(".").split(". ")]


def swap(text: str) -> str:
    """Return a text with its last sentence first."""
    parts = split(text)
    return " ".join((parts[-1], *parts[:-1]))


def leave_out(text: str) -> str:
    """Return a text without two words in the middle of its first sentence."""
    words = text.split()
    return " ".join((*words[:3], *words[5:]))


def merge(text: str) -> str:
    """Return the first and the last sentence joined over one mark of omission."""
    parts = split(text)
    return f"{parts[0]} [...] {parts[-1]}"


PLANTED: dict[str, Callable[[int, str], str]] = {
    "omission": lambda _, text: leave_out(text),
    "insertion": lambda _, text: " ".join((*text.split()[:4], "truly", "and", "always", *text.split()[4:])),
    "change": lambda _, text: " ".join((*text.split()[:4], "otherwise", *text.split()[5:])),
    "order": lambda _, text: swap(text),
    "merge": lambda _, text: merge(text),
    "negation": lambda _, text: drop(text, *NEGATIONS),
    "condition": lambda n, text: drop(text, CONDITIONS[n]),
    "hedge": lambda n, text: drop(text, HEDGES[n]),
}
FAITHFUL: tuple[Callable[[str], str], ...] = (
    lambda text: text[0].lower() + text[1:].rstrip("."),
    lambda text: f"“{text.replace(', ', ' [of the coast], ', 1)}”",
)


def list_pairs() -> Iterator[tuple[str, str, str]]:
    """Yield the fault, the quotation and its source; twenty have none."""
    for kind, plant in PLANTED.items():
        for n, text in enumerate(SOURCES):
            yield kind, plant(n, text), text
    for change in FAITHFUL:
        for text in SOURCES:
            yield "faithful", change(text), text


def main() -> None:
    """Print how many of each fault are found, and how many faithful pairs are accused."""
    found, there, accused = Counter[str](), Counter[str](), 0
    for kind, quoted, source in list_pairs():
        there[kind] += 1
        flaws = {flaw.kind for flaw in compare_quotations(quoted, source)}
        found[kind] += kind in flaws
        if kind == "faithful" and flaws:
            accused += 1
            print(f"  accused: {flaws} {quoted[:80]}")
    print(
        f"Fidelity: {sum(there.values())} pairs; found "
        + ", ".join(f"{kind} {found[kind]}/{there[kind]}" for kind in PLANTED)
    )
    print(
        f"  all {sum(found[kind] for kind in PLANTED)} of {sum(there[kind] for kind in PLANTED)}; false alarms {accused} of {there['faithful']}"
    )


if __name__ == "__main__":
    main()
