"""What the checker's tests look through: the sample's Charter, a small Arabic text with marks, and two invented translations of one text."""

from __future__ import annotations

import pytest

from linewatch.find.canon.shelf import Shelf
from linewatch.find.canons import load_canons
from linewatch.model import Canon
from linewatch.resources import find_shipped

HARBOUR = Canon(
    name="harbour",
    title="The Harbour Rule, in Arabic",
    language="ar",
    numbering="sura:verse",
    joins="1:1",
    sizes={"1": "2", "2": "4"},
    edition="First copy",
    units={
        "1:1": "بِاسْمِ الْبَحْرِ الْوَاسِعِ",
        "1:2": "لَا يَخْرُجُ قَارِبٌ إِلَّا بِبَحَّارَةٍ كَامِلِينَ",
        "2:1": "بِاسْمِ الْبَحْرِ الْوَاسِعِ مَنْ حَفِظَ الْمِصْبَاحَ حَفِظَ الْمِينَاءَ",
        "2:2": "يَا أَيُّهَا الْبَحَّارَةُ أَصْلِحُوا مَا كَسَرْتُمْ قَبْلَ الْغُرُوبِ وَلَا تَتْرُكُوا الْحَبْلَ عَلَى الرَّصِيفِ",
        "2:3": "الْمَجْلِسُ يُصْلِحُ الْقَوَارِبَ قَبْلَ أَنْ يَطْلِيَ الْقَاعَةَ",
        "2:4": "وَمَنْ غَابَ بِلَا خَبَرٍ فَقَدْ أَخْطَأَ إِلَّا أَنْ يَكُونَ مَرِيضًا",
    },
)
"""An invented rule with what makes Arabic hard: marks, a vocative, an opening printed before a chapter, negations and exceptions."""


@pytest.fixture(scope="session")
def harbour() -> Shelf:
    """Return the invented Arabic rule, opened."""
    return Shelf(HARBOUR)


@pytest.fixture(scope="session")
def charter() -> Shelf:
    """Return the sample's Charter, opened."""
    canons = load_canons(find_shipped("examples/harbour-league/canons"))
    return Shelf(next(one for one in canons if one.name == "charter"))
