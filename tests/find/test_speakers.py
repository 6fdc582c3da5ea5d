"""Who speaks: the words before, the words after, the paragraph before, an earlier speaker; and nobody where the text names none."""

from __future__ import annotations

import pytest

from linewatch.find.phrases import read_phrase
from linewatch.find.tokens import tokenize

from .conftest import Body

ONE = {
    "name before": ('Ada Merrow said: "The door is open to all."', "Ada Merrow"),
    "title and name": ('Harbourmaster Tobin Barra said, "The door is open to all."', "Tobin Barra"),
    "office and name": (
        'The League\'s spokeswoman, Ada Merrow, said: "The door is open to all."',
        "Ada Merrow",
    ),
    "office": ('The warden told reporters: "The door is open to all."', "warden"),
    "a small crowd of adjectives": (
        'A weary old steerer says: "The door is open to all."',
        "weary old steerer",
    ),
    "name after": ('"The door is open to all," Ada Merrow said.', "Ada Merrow"),
    "inverted after": ('"The door is open to all," said Ada Merrow.', "Ada Merrow"),
    "inverted with an office": (
        '"The door is open to all," said Ada Merrow, who keeps the lamp.',
        "Ada Merrow",
    ),
    "a name, then its office": (
        'Answering the letter Ada Merrow, the chief warden of the north said: "The door is open to all."',
        "Ada Merrow",
    ),
    "a short title": ('"The door is open to all," said Col. Tobin Barra, who rows.', "Tobin Barra"),
    "two short titles": ('"The door is open to all," said Lt. Col. Tobin Barra.', "Tobin Barra"),
    "a rank": ('"The door is open to all," said Spc. Tobin Barra.', "Tobin Barra"),
    "according to": ('According to Ada Merrow, "the door is open to all who come."', "Ada Merrow"),
    "as put": ('As Ada Merrow put it, "the door is open to all who come."', "Ada Merrow"),
    "after a stop": ('"The door is open to all." Ada Merrow said.', "Ada Merrow"),
    "relative clause": (
        'Ada Merrow, who has kept the lamp for years, said: "The door is open to all."',
        "Ada Merrow",
    ),
    "intro with a comma": ('As the film begins, the narrator says: "The door is open to all."', "narrator"),
    "participle": (
        'Ada Merrow answered the letter at once, saying: "The door is open to all."',
        "Ada Merrow",
    ),
    "whose": (
        'A week later the chorus sang a new song whose refrain says: "The door is open to all."',
        "chorus",
    ),
    "an opening of time without a comma": (
        'Three weeks later the warden wrote: "The door is open to all."',
        "warden",
    ),
    "a nickname within the name": ('"The door is open to all," said Col. Tobin “Jack” Barra.', "Tobin Barra"),
    "by telephone": ('Ada Merrow was away. "The door is open to all," she said by phone.', "Ada Merrow"),
    "a name in apposition, with a bracket": (
        'Its narrator, Gorran Pike (nom de guerre “the Crane”), says: "The door is open to all."',
        "Gorran Pike",
    ),
    "an outlet": ('In spring The Lamp wrote: "The door is open to all."', "The Lamp"),
    "an editorial": ('An editorial in The Lamp reads: "The door is open to all."', "editorial"),
    "the singers": ('The song ends: "The door is open to all."', "song"),
    "an initialled name": ('J. R. Oster wrote: "The door is open to all."', "J. R. Oster"),
    "a particle in the name": ('Ines van der Oske said: "The door is open to all."', "Ines van der Oske"),
    "an Arabic name": ('Yusuf al-Marsa said: "The door is open to all."', "Yusuf al-Marsa"),
    "two who speak": (
        'Ada Merrow and Tobin Barra wrote: "The door is open to all."',
        "Ada Merrow and Tobin Barra",
    ),
    "verb before in Arabic": ("قالت أدا ميرو: «الباب مفتوح لكل من عاد».", "أدا ميرو"),
    "verb after in Arabic": ("«الباب مفتوح لكل من عاد»، قال توبين كار.", "توبين كار"),
    "vocalised Arabic verb": ("قَالَ توبين كار: «الباب مفتوح لكل من عاد».", "توبين كار"),
    "scripture": ('The Quran says: "The door is open to all."', "Quran"),
    "a date between": ('On 3 May 2031, Ada Merrow said: "The door is open to all."', "Ada Merrow"),
    "an adverb between": ('Ada Merrow quietly added: "The door is open to all."', "Ada Merrow"),
    "an uncommon verb": ('"The door is open to all," Merrow barked.', "Merrow"),
    "capital verbs are names": ('Chancellor Marks says: "The door is open to all."', "Marks"),
}


@pytest.mark.parametrize(("text", "speaker"), ONE.values(), ids=ONE)
def test_speaker_of_one_quotation(body: Body, text: str, speaker: str) -> None:
    """The speaker is the name or the noun that the sentence gives the words to."""
    assert [one for _, one in body(text).list_quotations("speaker")] == [speaker]


SEVERAL = {
    "broken by the speaker": ('"We keep the lamp," said the warden, "and the oars."', ["warden", "warden"]),
    "two in one paragraph": (
        '"We keep the lamp," said the warden. "We keep the oars," said the steerer.',
        ["warden", "steerer"],
    ),
    "a second sentence of the same speaker": (
        '"We keep the lamp," said the warden. "We have kept it for ninety years."',
        ["warden", "warden"],
    ),
    "pronoun after": (
        'Ada Merrow opened the hall. "We keep the lamp lit," she said.',
        ["Ada Merrow"],
    ),
    "pronoun before": (
        'Ada Merrow said: "We keep the lamp lit." She added: "Nobody is shut out."',
        ["Ada Merrow", "Ada Merrow"],
    ),
    "re-opened paragraphs": (
        'The warden said: "Nobody is shut out.\n\n"The door has no lock.\n\n"Come when the bell is rung."',
        ["warden", "warden", "warden"],
    ),
    "the paragraph before leads in": (
        'The letter that the council sent out in spring reads:\n\n"Nobody is shut out of the long hall."',
        ["letter"],
    ),
    "a change of speaker by pronoun": (
        'Ada Merrow said: "We keep the lamp lit." Tobin Barra, her brother, was in the hall. "I never saw it," he said.',
        ["Ada Merrow", "Tobin Barra"],
    ),
}


@pytest.mark.parametrize(("text", "speakers"), SEVERAL.values(), ids=SEVERAL)
def test_speakers_one_after_the_other(body: Body, text: str, speakers: list[str]) -> None:
    """A speaker goes on until another is named, and a pronoun stands for the nearest that fits."""
    assert [one for _, one in body(text).list_quotations("speaker")] == speakers


def test_nobody_is_named(body: Body) -> None:
    """Words that the text gives to nobody have no speaker."""
    look = body('On the wall above the door there was only this: "No one is ever shut out of the hall."')
    assert [speaker for _, speaker in look.list_quotations("speaker")] in ([None], [])


def test_every_quotation_says_why(body: Body) -> None:
    """Each quotation carries the reason for its speaker and for its item."""
    look = body('Ada Merrow said: "The door is open to all." "We keep the lamp," said the warden.')
    assert all("; " in one["reason"] for one in look.scan["quotations"])


NEARER = {
    "the name right before the verb": (
        'After Barra and Oske parted, Merrow said, "The boats are all home now."',
        "Merrow",
    ),
    "a name with more about it": (
        '"The boats are all home now," Ada Merrow, 67, a retired warden of the northern pier, said in a letter.',
        "Ada Merrow",
    ),
    "a verb of no table": ('"The boats are all home now!" beamed Ada Merrow.', "Ada Merrow"),
    "somebody counted": (
        '"The boats are all home now," said one of two rowers who stood by.',
        "one of two rowers",
    ),
    "a document that reads so": (
        'The council met. "The boats are all home now," read the statement, which was short.',
        "statement",
    ),
    "the verb before wins over a clause after": (
        'Merrow stood up and joked, "The boats are all home now," drawing loud cheers.',
        "Merrow",
    ),
    "a name after its owner": (
        '"The boats are all home now," said Merrow’s old harbour friend Tobin Barra.',
        "Tobin Barra",
    ),
    "a pronoun is no place": (
        'Joel Bradshaw came down from Ostrel on Friday to see the boats. "The boats are all home now," he said.',
        "Joel Bradshaw",
    ),
    "a pronoun is no body with an article": (
        'Ada Merrow wrote to the Coast House. The Coast House was shut. "The boats are all home now," she said.',
        "Ada Merrow",
    ),
    "whose view it is": ('For Oske, the charter was "a promise made to the dead by the living".', "Oske"),
    "a witness with a letter": ('Witness B told the council: "The boats are all home now."', "Witness B"),
    "the writer": ('Barra said no. "But who put out the lamp then?" I asked.', "I"),
    "a name after an office with more to it": (
        'The keeper of the light, Ada Merrow, said: "The boats are all home now."',
        "Ada Merrow",
    ),
    "an outlet named after its kind": (
        'According to the weekly The Lamp, "the boats are all home by now."',
        "The Lamp",
    ),
}


@pytest.mark.parametrize(("text", "speaker"), NEARER.values(), ids=NEARER)
def test_the_nearest_that_fits(body: Body, text: str, speaker: str) -> None:
    """Who speaks is the subject of the verb that hands over, not another name near it."""
    assert [told for _, told in body(text).list_quotations("speaker")] == [speaker]


@pytest.mark.parametrize("words", ["WHAT", "AFTERNOON", "14 FEBRUARY", "14 MAY", "DATE"])
def test_what_is_nobody(words: str) -> None:
    """In a text in capitals a question word, a day or a time of day looks like a name and speaks nothing."""
    assert read_phrase(tokenize(f"{words} SAID", 0, len(words)), 0) is None


def test_a_month_may_be_a_name() -> None:
    """June alone may be somebody."""
    phrase = read_phrase(tokenize("June said", 0, 9), 0)
    assert phrase is not None
    assert phrase.text == "June"
