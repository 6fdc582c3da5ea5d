"""Code: the queue, one passage at a time and blind; adjudication side by side; how far the coders agree.

A key is a link to the same page with one more answer in its address: nothing is kept before the last one, which is a form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from linewatch.code.answers import Answer, find_bad_name, get_answer, list_answers, load_answers
from linewatch.code.codebook import SKIP
from linewatch.code.queue import (
    Answers,
    find_question,
    is_answered,
    is_break_due,
    press,
    start,
    take_line,
    tell_outcome,
)
from linewatch.code.run import find_given, open_sitting, propose, record, undo
from linewatch.code.words import tell_help, tell_range
from linewatch.errors import InputError, NotFoundError
from linewatch.model import Codebook, Coded, Judgement, Passage, Run, Sitting, get_id
from linewatch.store.case import Case
from linewatch.store.live import READ
from linewatch.web.known import CODED, Known
from linewatch.web.paging import cut_page
from linewatch.web.sessions import Act
from linewatch.web.shown import cut_runs, shorten
from linewatch.web.visit import Visit, acting, make_address, showing
from linewatch.write.wording import get_direction

Given = Mapping[str, Judgement]
LETTERS = {"yes": "y", "no": "n", "unclear": "u"}
WORDS = {letter: word for word, letter in LETTERS.items()}


def write_answers(answers: Answers) -> dict[str, str | None]:
    """Return answers as the fields of an address.

    >>> write_answers(Answers(given={"q1": "yes", "q2": "no"}, low=-1, high=0))["a"]
    'q1:y q2:n'
    """
    return {
        "a": " ".join(f"{question}:{LETTERS.get(value, 'u')}" for question, value in answers.given.items()),
        "range": f"{answers.low} {answers.high}" if answers.low is not None else None,
        "frames": " ".join(answers.codes) or None,
        "t": answers.note,
        "state": answers.state if answers.state not in {"asking", "accepting"} else None,
        "help": "1" if answers.help else None,
    }


def read_answers(codebook: Codebook, query: Mapping[str, str], warning: str | None) -> Answers:
    """Return the answers that an address holds; what is no answer there is left out."""
    known = {question.id for question in codebook.questions}
    pairs = [one.partition(":") for one in query.get("a", "").split()]
    given = {
        question: WORDS[letter] for question, _, letter in pairs if question in known and letter in WORDS
    }
    answers = Answers(given=given, note=query.get("t") or None, help=query.get("help") == "1")
    if query.get("range"):
        answers = take_line(codebook, msgspec.structs.replace(answers, state="range"), query["range"])
    if query.get("frames"):
        answers = take_line(codebook, msgspec.structs.replace(answers, state="frames"), query["frames"])
    seen = query.get("seen") == "1" or "a" in query
    begun = start(codebook, answers, warning=warning if not seen else None)
    typing = query.get("state", "")
    if typing in {"range", "note", "frames", "reason"}:
        return press(codebook, begun, {"range": "r", "note": "t", "frames": "f", "reason": "s"}[typing])
    return msgspec.structs.replace(begun, help=answers.help, fault=answers.fault)


def show_queue(visit: Visit) -> Response:
    """Show the passage that comes next in this coder's order, and the question that comes next of it."""
    known, coder = visit.known, visit.session.who
    if not known.passages():
        return visit.page("code_empty.html.j2")
    order, given = find_order(visit), list_given(known, coder)
    codebook = known.codebook()
    met = {name for name, rows in given.items() if _is_met(codebook, rows)}
    left = [one for one in order if one not in met]
    asked = visit.ask("passage") or (left[0] if left else "")
    if not asked:
        return visit.page("code_done.html.j2", total=len(order), coder=coder)
    passage = known.passages().get(asked)
    if passage is None:
        raise NotFoundError("no passage has this id", hint="go to Code: the queue shows the next one")
    query = dict(visit.request.query_params)
    if "a" not in query and asked in given:
        query = {**query, "seen": "1", **_drop_none(write_answers(load_answers(codebook, given[asked])))}
    answers = read_answers(codebook, query, passage.warning)
    return visit.page(
        "code.html.j2",
        **_show_passage(visit, passage, answers, given.get(asked, {})),
        coder=coder,
        total=len(order),
        met=len(order) - len(left),
        place=order.index(asked) if asked in order else 0,
        back=_find_before(order, asked),
        coded=asked in given,
        rest=is_break_due(0, visit.session.exposure.minutes * 60),
    )


def list_given(known: Known, coder: str) -> dict[str, dict[str, Judgement]]:
    """Return a coder's live answers by passage."""
    return known.case.keep(f"answers of {coder}", (Judgement,), lambda: find_given(known.case, coder))


def _drop_none(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}


def find_order(visit: Visit) -> tuple[str, ...]:
    """Return the order in which this coder meets the live passages; one who has none gets a random one, recorded."""
    if fault := find_bad_name(visit.session.who):
        raise InputError(fault, hint="give your name under You")
    known, who = visit.known, visit.session.who
    # The desk's lock before the memory's, as every act takes them: the other way round two windows could wait for ever.
    with visit.desk.writing:
        return known.case.keep(
            f"order of {who}", (*READ, Run, Passage, Sitting), lambda: _open_order(visit.case, known, who)
        )


def _open_order(case: Case, known: Known, who: str) -> tuple[str, ...]:
    live = known.passages()
    return tuple(one for one in open_sitting(case, who).passages if one in live)


def _find_before(order: tuple[str, ...], passage: str) -> str | None:
    place = order.index(passage) if passage in order else 0
    return make_address("/code", {"passage": order[place - 1]}) if place else None


def _is_met(codebook: Codebook, given: Given) -> bool:
    return is_answered(codebook, {question: row.value for question, row in given.items()})


def _show_passage(visit: Visit, passage: Passage, answers: Answers, given: Given) -> dict[str, Any]:
    known, codebook = visit.known, visit.known.codebook()
    text = known.words(passage)
    question = find_question(codebook, answers.given) if answers.state == "asking" else None

    def lead(now: Answers) -> str:
        return make_address("/code", {"passage": passage.id, "seen": "1", **write_answers(now)})

    keys = [
        (letter, word, lead(press(codebook, answers, letter))) for letter, word in WORDS.items() if question
    ]
    return {
        "passage": passage,
        "words": cut_runs(text, 0, len(text)),
        "direction": get_direction(text, passage.language),
        "answers": answers,
        "question": question,
        "questions": codebook.questions,
        "codebook": codebook,
        "outcome": tell_outcome(codebook, answers),
        "keys": keys,
        "lead": lead,
        "other": {name: lead(press(codebook, answers, key)) for name, key in (("note", "t"), ("range", "r"), ("frames", "f"), ("skip", "s"))},
        "step_back": lead(press(codebook, answers, "b")) if answers.given or answers.low is not None else None,
        "help": tell_help(codebook, question) if answers.help else [],
        "helping": lead(press(codebook, answers, "?")),
        "version": find_version(given),
        "held": write_answers(answers),
    }  # fmt: skip


def find_version(given: Given) -> str:
    """Return the digits by which a form shows what stood of a passage when it was loaded."""
    return get_id(sorted(row.id for row in given.values()), length=8)


def take_typed(visit: Visit) -> Response:
    """Take a line typed for a note, a range, frames or a reason; a reason skips the passage."""
    known, codebook = visit.known, visit.known.codebook()
    passage = _get_passage(known, visit.given("passage"))
    query = {name: visit.given(name) for name in ("a", "range", "frames", "t", "state") if visit.given(name)}
    answers = take_line(codebook, read_answers(codebook, {**query, "seen": "1"}, None), visit.given("line"))
    if answers.state == "skipped":
        return keep_answers(visit, passage, answers)
    if answers.fault:
        raise InputError(
            answers.fault, hint="go back and give it again; the answers so far are in the address"
        )
    return visit.go("/code", passage=passage.id, seen="1", **write_answers(answers))


def take_answers(visit: Visit) -> Response:
    """Keep what the answers come to and go on to the next passage."""
    passage = _get_passage(visit.known, visit.given("passage"))
    query = {name: visit.given(name) for name in ("a", "range", "frames", "t") if visit.given(name)}
    answers = read_answers(visit.known.codebook(), {**query, "seen": "1"}, None)
    if answers.state != "accepting":
        raise InputError(
            "a question is not answered yet", hint="go back and answer it, or skip the passage with s"
        )
    return keep_answers(visit, passage, answers)


def keep_answers(visit: Visit, passage: Passage, answers: Answers) -> Response:
    """Record the answers unless another window recorded others meanwhile."""
    codebook, coder, case = visit.known.codebook(), visit.session.who, visit.case
    given = find_given(visit.desk.case, coder).get(passage.id, {})
    told = list_answers(codebook, answers)
    if visit.given("version") != find_version(given):
        return visit.page(
            "code_conflict.html.j2",
            status=409,
            passage=passage,
            yours=[(one.question, one.value) for one in told],
            there=[(name, row.value) for name, row in given.items()],
            again=make_address("/code", {"passage": passage.id, "seen": "1", **write_answers(answers)}),
        )
    before = tuple(get_answer(row) for row in given.values())
    record(case, passage.id, coder, told)
    visit.session.did(_make_act(case, passage.id, coder, before, told))
    if visit.session.metered:
        visit.session.exposure.passages += 1
        visit.session.exposure.warned += bool(passage.warning)
    return visit.go("/code")


def _make_act(
    case: Case, passage: str, coder: str, before: tuple[Answer, ...], after: tuple[Answer, ...]
) -> Act:
    def turn() -> Act:
        if before:
            record(case, passage, coder, before)
        else:
            undo(case, passage, coder)
        return _make_act(case, passage, coder, after, before)

    return Act(f"answers to passage {passage}", turn)


def _get_passage(known: Known, name: str) -> Passage:
    passage = known.passages().get(name)
    if passage is None:
        raise NotFoundError("no passage has this id", hint="go to Code: the queue shows the next one")
    return passage


def show_agreement(visit: Visit) -> Response:
    """Show how far the coders agree: on the scale, each question and each frame, and by period and outlet."""
    return visit.page(
        "agreement.html.j2",
        measured=visit.known.reliability(),
        coders=count_coded(visit.known),
        lags=visit.known.later.lags("reliability", CODED),
    )


def count_coded(known: Known) -> list[tuple[str, int]]:
    """Return how many passages each coder has coded; of when and how fast nothing is known."""
    counts: dict[str, int] = defaultdict(int)
    for coded in known.codes().values():
        for one in coded:
            counts[one.coder] += 1
    return sorted(counts.items())


def list_disputed(known: Known) -> list[tuple[Passage, list[Coded]]]:
    """Return the passages on which coders come to different points, those farthest apart first."""
    told = [
        (known.passages()[name], coded) for name, coded in known.codes().items() if name in known.passages()
    ]
    apart = [(measure_distance(coded), passage, coded) for passage, coded in told]
    return [
        (passage, coded)
        for distance, passage, coded in sorted(apart, key=lambda one: (-one[0], one[1].id))
        if distance > 0
    ]


def measure_distance(coded: Iterable[Coded]) -> float:
    """Return how far apart coders are on a passage: the widest gap on the scale; out against in counts most."""
    coded = list(coded)
    points = [(one.low + (one.high or one.low)) / 2 for one in coded if not one.out and one.low is not None]
    if points and any(one.out for one in coded):
        return 99.0
    return max(points) - min(points) if points else 0.0


def show_disputed(visit: Visit) -> Response:
    """Show where coders differ, and one such passage with everybody's answers side by side."""
    if not _may_see(visit):
        return visit.page("adjudicate_blind.html.j2", status=403)
    known = visit.known
    disputed = known.case.keep("disputed", CODED, lambda: list_disputed(known))
    rows = cut_page(disputed, visit, size=25)
    chosen = known.passages().get(visit.ask("passage")) or (rows.rows[0][0] if rows.rows else None)
    return visit.page(
        "adjudicate.html.j2",
        rows=rows,
        listed=[
            (passage, shorten(known.words(passage), 90), tell_points(known, coded))
            for passage, coded in rows.rows
        ],
        chosen=_show_sides(visit, chosen) if chosen else None,
    )


def tell_points(known: Known, coded: Iterable[Coded]) -> str:
    """Return in words where the coders put a passage."""
    scale = known.codebook().scale
    told = [
        "out"
        if one.out
        else tell_range(scale, one.low, one.high)
        if one.low is not None and one.high is not None
        else "open"
        for one in coded
    ]
    return " / ".join(told)


def _may_see(visit: Visit) -> bool:
    """Tell whether this person may see others' answers: whoever codes blind may not, until no passage is left."""
    known, given = visit.known, list_given(visit.known, visit.session.who)
    if not any(row.blind for rows in given.values() for row in rows.values()):
        return True
    return all(_is_met(known.codebook(), given.get(one, {})) for one in known.passages())


def _show_sides(visit: Visit, passage: Passage) -> dict[str, Any]:
    known, text = visit.known, visit.known.words(passage)
    codebook = known.codebook()
    coders = sorted({one.coder for one in known.codes().get(passage.id, ())})
    given = {coder: list_given(known, coder).get(passage.id, {}) for coder in coders}
    rows = [
        (
            question.text,
            [given[coder][question.id].value if question.id in given[coder] else "" for coder in coders],
        )
        for question in codebook.questions
    ]
    return {
        "passage": passage,
        "runs": cut_runs(text, 0, len(text)),
        "direction": get_direction(text, passage.language),
        "coders": coders,
        "rows": [(words, values, len({value for value in values if value}) > 1) for words, values in rows],
        "points": [(one.coder, tell_points(known, [one])) for one in known.codes().get(passage.id, ())],
        "notes": [(coder, row.note) for coder in coders for row in given[coder].values() if row.note],
        "versions": {coder: find_version(given[coder]) for coder in coders},
        "mine": visit.session.who in coders,
    }


def settle_passage(visit: Visit) -> Response:
    """Let a coder take over another's answers after both were seen: kept as not blind, and said so in the log."""
    known, who = visit.known, visit.session.who
    passage = _get_passage(known, visit.given("passage"))
    if not _may_see(visit):
        raise InputError(
            "you have passages left to code", hint="others' answers are shown once you have finished"
        )
    other = find_given(visit.desk.case, visit.given("coder")).get(passage.id)
    if not other:
        raise NotFoundError("this coder has not answered this passage")
    mine = find_given(visit.desk.case, who).get(passage.id, {})
    note = visit.given("note")
    told = [msgspec.structs.replace(get_answer(row), note=note or row.note) for row in other.values()]
    if {one.question for one in told} == {SKIP}:
        raise InputError(
            "a skipped passage decides nothing", hint="take over answers, or leave both as they are"
        )
    case = visit.case
    record(case, passage.id, who, told, blind=False)
    visit.session.did(
        _make_act(case, passage.id, who, tuple(get_answer(row) for row in mine.values()), tuple(told))
    )
    return visit.go("/code/adjudicate")


def propose_passages(visit: Visit) -> Response:
    """Propose the passages of documents whose findings have changed."""
    propose(visit.case, lambda _: None)
    return visit.go("/code")


ROUTES = [
    Route("/code", showing(show_queue)),
    Route("/code/typed", acting(take_typed), methods=["POST"]),
    Route("/code/answers", acting(take_answers), methods=["POST"]),
    Route("/code/propose", acting(propose_passages), methods=["POST"]),
    Route("/code/agreement", showing(show_agreement)),
    Route("/code/adjudicate", showing(show_disputed)),
    Route("/code/settle", acting(settle_passage), methods=["POST"]),
]
