"""Whole invented documents of six kinds, and everything that is to be found in each."""

from __future__ import annotations

from typing import Any

import pytest

WIRE = """\
OSTREL QUAY, March 4, 2031 (Coast Wire) -- The Harbour League (HL) said on Tuesday that members who left the piers last autumn may come back, softening a line it had held since the winter.

"A name can be written again by the same voices that struck it," League spokeswoman Ada Merrow told reporters outside the long hall. "Nobody will be asked where they slept."

In a statement published on its website on March 3, the League's council wrote: "Whoever sends word by the second bell keeps a seat."

The Inland Ferry Company, which has hired several former rowers, dismissed the offer. "They talk of voices," said Tobin Carr, who runs the company's lake boats. "We pay on Fridays."

Carr added that he had "no quarrel with the piers" but would not send anyone back.

A retired steerer, who asked not to be named, called the change overdue. "It was always the cold that drove them, and never the pay," the steerer said. "Everyone knew it."

The League's weekly, The Lamp, described those who left as "guests who ate and ran" in an editorial on January 8. An audio message released by Heron Pier in February used harsher words, according to Coast Wire's archive.

(Reporting by Ines Harrow; Editing by Paul Vane)
"""

BLOG = """\
# Reading the League's new letter

*By Ines Harrow* | 12 April 2031

The Harbour League has published a new letter to members who went inland.[^1] I translate it below with a few notes of my own.

The background is simple. Tobin Barra (also known as the Otter) left Heron Pier in 2029, and some forty rowers followed him.[^2] The League calls Lake Esper "Still Water", and its writers rarely use the map name.

## The text

The letter, titled "To Those Who Went Over the Hills," begins as follows:

> To our sisters and brothers on the lake: the lamp is lit every evening, and it is lit for you as well.

> We were wrong to shut the door in winter [here the letter means the vote of December]. Come and be heard.

Then it turns to the Charter: "Absence without word is a fault, not a break" (Charter 4:2).

## What is new

Nothing in the letter says that the leavers broke their promise. Compare the song "Nine Empty Hooks", which the League's chorus posted on 2 February 2031: "You took the warm road, and left us the oars."

As one commenter put it, 'they are tired of rowing short-handed, and who would not be?'

So-called "lake people" are not mentioned at all.

[^1]: The Lamp, 10 April 2031.
[^2]: Barra's own account differs: he counts thirty-one.
"""

PAPER = """\
Coast Studies Quarterly | Vol. 9, No. 2 | Summer 2031

When Outlets Disagree

by Ines Harrow, Paul Vane, and Marta Oske

Scholars have long held that guild media speak with one voice.¹ “The bell is the bell,” as one councillor put it.² We doubt it.³

Lantern Pier’s films are harsher than the weekly. In a film released on 14 May 2031, its warden asks, “What is a promise for, if the tide decides?”⁴ The Lamp’s editorial of 21 May 2031 replies that “a promise is for the people who keep it.”⁵

A poem in the same issue runs:

“We kept the lamp, we kept the line,
We kept your seat, and you kept mine.”⁶

¹ Ada Merrow, The Second Bell (Ostrel: Pier Press, 2028), 3.
² Interview with a councillor, Ostrel Quay, 4 April 2031.
³ The doubt is older than this paper and has many owners.
⁴ “What Is a Promise For?” Lantern Pier, 14 May 2031, https://lantern.example/film.
⁵ The Lamp, no. 212, 21 May 2031.
⁷ Ibid.
"""

MONITOR = """\
OSTREL QUAY (HARBOUR COAST), 7 MAR 31 (RADIO LANTERN) -- [COMMUNIQUE] [HARBOUR LEAGUE COUNCIL] [TEXT] "TO ALL PIERS: THE COUNCIL HAS RESOLVED THAT NO BOAT SHALL GO OUT SHORT OF HANDS. [WORDS INDISTINCT] WHOEVER RETURNS BEFORE THE THIRD ROLL-CALL KEEPS THE OLD SEAT."

THE COMMUNIQUE WAS READ ON RADIO LANTERN BY COUNCILLOR ADA MERROW. SHE ADDED: "WE ASK FOR PATIENCE, AND WE SHALL SHOW IT."
"""

ARABIC = """\
رصيف أوسترل، 5 آذار 2031

عصبة المرفأ تفتح الباب للعائدين

قالت المتحدثة باسم العصبة أدا ميرو: «الاسم الذي شُطب يُكتب من جديد بالأصوات نفسها».

وأضافت ميرو مساء أمس: «لن يُسأل أحد أين نام».

«نحن ندفع كل جمعة»، قال توبين كار صاحب شركة العبّارات.

واستشهدت العصبة بالقرآن: «وتعاونوا على البر والتقوى» [المائدة: ٢].
"""

GUIDE = """\
THE HARBOUR COAST MONITORING GUIDE
Second edition, 2031

How to read a pier's notices

Most notices have three parts. The first names the pier; the second gives the order; the third gives the reason, and the reason is where the line shows.

Here is the notice that Heron Pier (the League's name for Port Calder) put up on 14 January 2031. It reads:

    Members who have not answered the bell are asked to send word.
    No name is struck before the third roll-call.

The notice speaks of "members", not of "leavers". That is typical of the Southern Pier (Sker Bay).

Figure 1: A notice board at Heron Pier, photographed in January. Source: Harbour Watch.

Some notices quote songs. The refrain of "The Long Table" is the commonest:

Come in, come in, the lamp is lit,
There is a seat where you may sit,
And nobody will speak of it.

When a notice cites the Charter, check it. One notice of 2 May 2030 gave Charter 9:4, which does not exist. Another gave Article 4 in full.
"""


def test_wire_report(scan: Any) -> None:
    """A wire report gives its date and house, four speakers under their names, and three items with their dates."""
    look = scan(WIRE)
    assert (look.scan["report"]["date"], look.scan["report"]["publisher"]) == ("2031-03-04", "Coast Wire")
    assert look.scan["report"]["authors"] == []
    assert look.scan["report"]["credits"] == ["Ines Harrow", "Paul Vane"]
    assert look.list_quotations("speaker", "item") == [
        ("A name can be written again by the same voices that struck it,", "Ada Merrow", None),
        ("Nobody will be asked where they slept.", "Ada Merrow", None),
        ("Whoever sends word by the second bell keeps a seat.", "League's council", "i0"),
        ("They talk of voices,", "Tobin Carr", None),
        ("We pay on Fridays.", "Tobin Carr", None),
        ("no quarrel with the piers", "Carr", None),
        ("It was always the cold that drove them, and never the pay,", "steerer", None),
        ("Everyone knew it.", "steerer", None),
        ("guests who ate and ran", "The Lamp", "i1"),
    ]
    assert look.list_items("kind", "publisher", "outlet", "date") == [
        ("statement", "Harbour League", None, "--03-03"),
        ("editorial", "Harbour League", "The Lamp", "--01-08"),
        ("audio", "Heron Pier", None, None),
    ]
    assert [when["latest"] for (when,) in look.list_items("when")] == [
        "2031-03-03",
        "2031-01-08",
        "2031-02-28",
    ]


def test_blog_with_markdown_notes(scan: Any) -> None:
    """A blog post gives block quotations, a charter citation cut short, two items and two kinds of note."""
    look = scan(BLOG)
    assert look.scan["report"]["title"] == "Reading the League's new letter"
    assert look.scan["report"]["authors"] == ["Ines Harrow"]
    assert [(words[:24], *rest) for words, *rest in look.list_quotations("speaker", "item", "form")] == [
        ("To our sisters and broth", "letter", "i0", "block"),
        ("We were wrong to shut th", "letter", "i0", "block"),
        ("Absence without word is ", "Charter", "i0", "marked"),
        ("You took the warm road, ", "League's chorus", "i1", "marked"),
        ("they are tired of rowing", "commenter", None, "marked"),
    ]
    assert look.list_items("kind", "title", "date") == [
        ("statement", "To Those Who Went Over the Hills", None),
        ("song", "Nine Empty Hooks", "2031-02-02"),
    ]
    (citation,) = look.scan["citations"]
    assert (citation["ref"], citation["verdict"], citation["left_out"]) == (
        "charter 4:2",
        "partial",
        ["after"],
    )
    markers, bodies = look.list_notes()
    assert markers == ["1", "2"]
    assert [kind for _, _, kind in bodies] == ["source", "explanation"]
    assert look.scan["aliases"][0]["aka"] == ["the Otter"]
    assert look.scan["places"] == [{"org_name": "Still Water", "real_name": "Lake Esper"}]


def test_paper_with_raised_endnotes(scan: Any) -> None:
    """An academic paper gives three authors, raised markers, a marker and a body that do not meet, and poem lines as one quotation."""
    look = scan(PAPER)
    assert look.scan["report"]["authors"] == ["Ines Harrow", "Paul Vane", "Marta Oske"]
    assert look.list_quotations("speaker") == [
        ("The bell is the bell,", "councillor"),
        ("What is a promise for, if the tide decides?", "warden"),
        ("a promise is for the people who keep it.", "Lamp’s editorial"),
        ("We kept the lamp, we kept the line,\nWe kept your seat, and you kept mine.", "poem"),
    ]
    assert look.list_items("kind", "outlet", "date") == [
        ("video", None, "2031-05-14"),
        ("editorial", "The Lamp", "2031-05-21"),
    ]
    markers, bodies = look.list_notes()
    assert markers == ["1", "2", "3", "4", "5", "6"]
    assert [(n, kind) for n, _, kind in bodies][2:4] == [("3", "explanation"), ("4", "source")]
    assert (look.scan["notes"]["dangling_markers"], look.scan["notes"]["orphan_bodies"]) == (["6"], ["7"])


def test_broadcast_monitor_item(scan: Any) -> None:
    """A broadcast monitor's header gives station, date, kind and speaker; a text in capitals is read like any other."""
    look = scan(MONITOR)
    assert (look.scan["report"]["date"], look.scan["report"]["publisher"]) == ("2031-03-07", "RADIO LANTERN")
    assert look.list_items("kind", "publisher", "outlet", "date") == [
        ("statement", "HARBOUR LEAGUE COUNCIL", "RADIO LANTERN", "2031-03-07")
    ]
    assert [speaker for _, speaker in look.list_quotations("speaker")] == [
        "HARBOUR LEAGUE COUNCIL",
        "ADA MERROW",
    ]
    kinds = [segment["kind"] for segment in look.scan["quotations"][0]["segments"]]
    assert kinds == ["verbatim", "omission", "verbatim"]


def test_arabic_news_item(scan: Any) -> None:
    """An Arabic item gives its date, guillemet quotations with the name after the verb, and a verse in Arabic digits."""
    look = scan(ARABIC)
    assert (look.scan["report"]["date"], look.scan["report"]["title"]) == (
        "2031-03-05",
        "عصبة المرفأ تفتح الباب للعائدين",
    )
    assert look.list_quotations("speaker") == [
        ("الاسم الذي شُطب يُكتب من جديد بالأصوات نفسها", "أدا ميرو"),
        ("لن يُسأل أحد أين نام", "ميرو"),
        ("نحن ندفع كل جمعة", "توبين كار"),
        ("وتعاونوا على البر والتقوى", "Quran"),
    ]
    assert look.list_citations() == [("المائدة: ٢", "quran 5:2", "وتعاونوا على البر والتقوى")]


def test_guide_with_block_quotations(scan: Any) -> None:
    """A guide gives a set-in notice and a stanza as block quotations, a figure's caption, places, and a charter clause that is not there."""
    look = scan(GUIDE)
    assert look.scan["report"]["date"] == "2031"
    assert [(words[:22], *rest) for words, *rest in look.list_quotations("speaker", "form", "item")] == [
        ("Members who have not a", "notice", "block", "i0"),
        ("Come in, come in, the ", "refrain", "block", None),
    ]
    assert look.list_items("kind", "publisher", "date") == [("statement", "Heron Pier", "2031-01-14")]
    assert sorted(place["org_name"] for place in look.scan["places"]) == ["Heron Pier", "Southern Pier"]
    assert [look.cut(one)[:9] for one in look.scan["captions"]] == ["Figure 1:"]
    details = {one["ref"]: one["detail"] for one in look.scan["citations"]}
    assert "not in the edition" in details["charter 9:4"]
    assert details["charter 4"] == "no words are quoted with it"


@pytest.mark.parametrize("text", [WIRE, BLOG, PAPER, MONITOR, ARABIC, GUIDE])
def test_every_span_is_cut_from_the_text(scan: Any, text: str) -> None:
    """Whatever is found in a document lies inside it, and its recorded cut is that of the words there."""
    from linewatch.find.base import get_cut

    look = scan(text)
    for finding in look.found:
        assert 0 <= finding.span.start <= finding.span.end <= len(look.text)
        assert finding.cut == get_cut(look.text[finding.span.start : finding.span.end])
        assert finding.reason


@pytest.mark.parametrize("text", [WIRE, BLOG, PAPER, MONITOR, ARABIC, GUIDE])
def test_finding_twice_finds_the_same(scan: Any, text: str) -> None:
    """The same text gives the same findings with the same ids, and no two findings share an id."""
    first, second = scan(text), scan(text)
    assert first.found == second.found
    assert len({finding.id for finding in first.found}) == len(first.found)
