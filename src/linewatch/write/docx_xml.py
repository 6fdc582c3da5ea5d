"""Elements of WordprocessingML (ISO/IEC 29500-1, 17), the vocabulary of a Word file."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def make(tag: str, *children: Element, **attributes: object) -> Element:
    """Return an element; its attributes are of the same namespace.

    >>> etree.tostring(make("pStyle", val="Quote")).split()[0], make("pStyle", val="Quote").tag[-6:]
    (b'<w:pStyle', 'pStyle')
    """
    named = {f"{{{W}}}{name}": str(value) for name, value in attributes.items()}
    element = etree.Element(f"{{{W}}}{tag}", named, nsmap={"w": W})
    element.extend(children)
    return element


def make_text(tag: str, words: str) -> Element:
    """Return an element that holds words, their spaces kept."""
    element = make(tag)
    element.set(_SPACE, "preserve")
    element.text = words
    return element
