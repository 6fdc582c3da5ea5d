"""What a person does at the desk: each act is a row or an entry of the log in that person's name, and can be taken back."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from linewatch.model import Correction, Evidence, Finding, Judgement, Quotation
from linewatch.web.finding import find_version
from linewatch.web.visit import Desk

Client = Any
Posted = Any


def post(client: Client, desk: Desk, path: str, **fields: Any) -> Posted:
    """Send a form of the session's own."""
    session = next(iter(desk.sessions._sessions.values()))
    files = fields.pop("files", None)
    return client.post(path, data={"csrf": session.csrf, **fields}, files=files, follow_redirects=False)


def get_quotation(desk: Desk) -> Finding:
    """Return a quotation of a report, its speaker named."""
    return next(
        one
        for one in desk.known.of_kind("quotation")
        if isinstance(one.value, Quotation) and one.value.speaker and one.value.role != "scripture"
    )


def act(client: Client, desk: Desk, finding: Finding, name: str, **fields: str) -> Posted:
    """Carry out an act on a finding as its form would."""
    version = fields.pop("version", find_version(desk.known, finding))
    return post(client, desk, "/find/act", finding=finding.id, version=version, act=name, **fields)


def get_speaker(desk: Desk, name: str) -> str | None:
    """Return who speaks a quotation now."""
    value = desk.known.findings()[name].value
    assert isinstance(value, Quotation)
    return value.speaker


def test_mended_quotation_is_undone_and_done_again(client: Client, desk: Desk) -> None:
    """A mended speaker stands, goes with undo, comes again with redo; the log names who."""
    finding = get_quotation(desk)
    before = get_speaker(desk, finding.id)
    post(client, desk, "/you/name", who="Ana M")
    assert act(client, desk, finding, "mend", **{"field-speaker": "Mara Quill"}).status_code == 303
    assert get_speaker(desk, finding.id) == "Mara Quill"
    assert desk.case.read_log(most=1)[0].who == "Ana M"
    assert desk.case.find(Correction)[-1].analyst == "Ana M"
    post(client, desk, "/you/undo")
    assert get_speaker(desk, finding.id) == before
    post(client, desk, "/you/redo")
    assert get_speaker(desk, finding.id) == "Mara Quill"


def test_finding_is_accepted_rejected_and_taken_back(client: Client, desk: Desk) -> None:
    """Accepting changes no value and says so; rejecting takes the finding away; taking back brings it again."""
    finding = get_quotation(desk)
    act(client, desk, finding, "accept")
    assert desk.known.findings()[finding.id] == finding
    assert "accepted" in client.get(f"/find/{finding.span.document}?finding={finding.id}").text
    act(client, desk, finding, "reject")
    assert finding.id not in desk.known.findings()
    post(client, desk, "/find/retract", finding=finding.id)
    assert finding.id in desk.known.findings()


def test_boundary_is_moved(client: Client, desk: Desk) -> None:
    """A quotation given other boundaries keeps its speaker and holds the other words; undo is one step."""
    finding = get_quotation(desk)
    span = finding.span
    act(client, desk, finding, "move", place=f"{span.start}-{span.end - 2}")
    moved = [one for one in desk.known.findings_in(span.document) if one.finder == "analyst"]
    assert [(one.span.start, one.span.end) for one in moved] == [(span.start, span.end - 2)]
    assert get_speaker(desk, moved[0].id) == finding.value.speaker  # type: ignore[union-attr] # a quotation by its choice
    assert finding.id not in desk.known.findings()
    post(client, desk, "/you/undo")
    assert finding.id in desk.known.findings()


def test_quotation_is_added(client: Client, desk: Desk) -> None:
    """Words selected become a quotation with its speaker."""
    document = next(iter(desk.known.documents().values()))
    post(
        client,
        desk,
        "/find/add",
        document=document.id,
        kind="quotation",
        place="2-30",
        **{"field-speaker": "Mara Quill"},
    )
    added = [one for one in desk.known.findings_in(document.id) if one.finder == "analyst"]
    assert [(one.span.start, one.span.end) for one in added] == [(2, 30)]


def test_second_window_loses_no_update(client: Client, desk: Desk) -> None:
    """An act on what was changed since is refused with both versions, and what stands stays."""
    finding = get_quotation(desk)
    stale = find_version(desk.known, finding)
    act(client, desk, finding, "mend", **{"field-speaker": "Mara Quill"})
    answer = act(client, desk, finding, "mend", version=stale, **{"field-speaker": "Gorran Pike"})
    assert answer.status_code == 409
    assert "Mara Quill" in answer.text
    assert "Gorran Pike" in answer.text
    assert get_speaker(desk, finding.id) == "Mara Quill"


def answer_first(client: Client) -> dict[str, str]:
    """Return the fields of the form that keeps a passage out of the line, as the queue gives it."""
    page = client.get("/code").text
    passage = re.findall(r"passage=([0-9a-f]+)", page)[0]
    last = client.get(f"/code?passage={passage}&seen=1&a=q1:n").text
    return dict(re.findall(r'<input type="hidden" name="(passage|version|a)" value="([^"]*)"', last))


def test_coding_is_recorded_undone_and_done_again(client: Client, desk: Desk) -> None:
    """The queue's last key keeps the answers; undo takes them back, redo gives them again; each is a row."""
    post(client, desk, "/you/name", who="cleo")
    fields = answer_first(client)
    assert post(client, desk, "/code/answers", **fields).status_code == 303
    mine = desk.case.find(Judgement, coder="cleo")
    assert [(one.passage, one.question, one.value) for one in mine] == [(fields["passage"], "q1", "no")]
    post(client, desk, "/you/undo")
    assert desk.case.find(Judgement, coder="cleo")[-1].retracts == mine[0].id
    post(client, desk, "/you/redo")
    assert desk.case.find(Judgement, coder="cleo")[-1].value == "no"


def test_queue_shows_the_words_alone(client: Client, desk: Desk) -> None:
    """The queue names neither outlet nor file, date or another coder."""
    post(client, desk, "/you/name", who="cleo")
    page = client.get("/code").text.partition("data-live")[2]
    outlets = {one.outlet for one in desk.case.settings.watched}
    hidden = [*outlets, *(one.name for one in desk.known.evidence().values()), "anna", "bruno", "2031-"]
    assert [word for word in hidden if word in page] == []


def test_passage_answered_elsewhere_is_a_conflict(client: Client, desk: Desk) -> None:
    """The same coder in two windows: the second answer to a passage is shown beside the first, not laid over it."""
    post(client, desk, "/you/name", who="cleo")
    fields = answer_first(client)
    post(client, desk, "/code/answers", **fields)
    answer = post(client, desk, "/code/answers", **{**fields, "a": "q1:u q2:u q3:u q4:u q5:u q6a:u q6b:u"})
    assert answer.status_code == 409
    assert {one.value for one in desk.case.find(Judgement, coder="cleo")} == {"no"}


def test_others_answers_stay_hidden_while_coding(client: Client, desk: Desk) -> None:
    """A coder with passages left sees nobody's answers; who does not code does."""
    assert client.get("/code/adjudicate").status_code == 200
    post(client, desk, "/you/name", who="cleo")
    post(client, desk, "/code/answers", **answer_first(client))
    assert client.get("/code/adjudicate").status_code == 403


def test_calendar_is_painted(client: Client, desk: Desk) -> None:
    """A month painted over is not watched, the settings' other lines stay, the log says so, undo brings it back."""
    before = desk.case.settings
    post(client, desk, "/gather/watched", cell="The Lamp|2032-05")
    gaps = [one for one in desk.case.settings.watched if one.outlet == "The Lamp"]
    assert [f"{one.begins} {one.ends}" for one in gaps][1:] == [
        "2031-08-01 2032-04-30",
        "2032-06-01 2032-12-31",
    ]
    assert desk.case.settings.public == before.public
    assert "# Every item that each outlet" in (desk.case.path / "case.toml").read_text(encoding="utf-8")
    assert desk.case.read_log(most=1)[0].action == "watch"
    post(client, desk, "/you/undo")
    assert sorted(map(str, desk.case.settings.watched)) == sorted(map(str, before.watched))


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../notice.txt", "notice.txt"), ("C:\\desk\\notice.txt", "notice.txt"), ("..", "unnamed"), ("القارب.txt", "القارب.txt"), ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"), ("a" * 300 + ".txt", "a" * 196 + ".txt")],
)  # fmt: skip
def test_dropped_file_keeps_its_name_and_no_path(client: Client, desk: Desk, name: str, kept: str) -> None:
    """A dropped file is sealed under its own name; a path in it leads nowhere, markup in it is text."""
    data = f"A notice to rowers, {name}. The pier is open again from Monday on for everyone.".encode()
    answer = post(client, desk, "/gather/files", side="own", outlet="The Lamp", date="2032-05-01", files=[("files", (name, io.BytesIO(data), "text/html"))])  # fmt: skip
    assert answer.status_code == 303
    assert desk.case.find(Evidence)[-1].name == kept
    assert "<img src=x" not in client.get(answer.headers["location"]).text


def test_original_needs_a_reason(client: Client, desk: Desk) -> None:
    """The sealed bytes are handed out for a reason alone, as a file nobody opens by chance, and the log says why."""
    evidence = next(iter(desk.known.evidence().values()))
    assert post(client, desk, f"/original/{evidence.id}", reason="why").status_code == 400
    answer = post(client, desk, f"/original/{evidence.id}", reason="for the court's expert")
    assert answer.content == desk.case.read_evidence(evidence.id)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert desk.case.read_log(most=1)[0].detail["reason"] == "for the court's expert"


def test_draft_saves_itself_and_names_its_faults(client: Client, desk: Desk) -> None:
    """A window is told what would fail the build; a stale window's draft is refused, and nothing of either is lost."""
    page = client.get("/write").text
    version = re.findall(r'name="version" value="(\w+)"', page)[0]
    session = next(iter(desk.sessions._sessions.values()))
    head = {"accept": "application/json", "x-csrf": session.csrf}
    draft = "# The League\n\n{{ nonsense }}\n\nIts line softened in May.\n\n{{ number items }} items.\n"
    told = client.post("/write/draft", data={"draft": draft, "version": version}, headers=head)
    assert (desk.case.path / "report.md").read_text(encoding="utf-8") == draft
    assert {one["line"] for one in told.json()["faults"]} >= {3}
    stale = client.post("/write/draft", data={"draft": "# Other", "version": version}, headers=head)
    assert stale.status_code == 409
    both = post(client, desk, "/write/draft", draft="# Other", version=version)
    assert both.status_code == 409
    assert "Its line softened" in both.text
    assert "# Other" in both.text


def test_undo_goes_back_within_the_desk_alone(client: Client, desk: Desk) -> None:
    """The way back after undo is a page of the desk, whatever the form says."""
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert post(client, desk, "/you/undo", back=back).headers["location"] == "/gather"


def test_exposure_is_on_one_page(client: Client, desk: Desk) -> None:
    """What a person met stands on their own page, in no log and on no other page."""
    post(client, desk, "/you/name", who="cleo")
    post(client, desk, "/code/answers", **answer_first(client))
    assert "1 passages coded" in client.get("/you").text
    pages = ("/gather", "/code", "/check", "/code/agreement", "/api/status")
    assert [path for path in pages if "uncovered" in client.get(path).text] == []
    post(client, desk, "/you/meter", meter="off")
    assert "The meter is off" in client.get("/you").text
