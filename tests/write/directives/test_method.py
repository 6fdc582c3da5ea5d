"""How the line was measured, told so that a reader can judge it."""

from __future__ import annotations

from factories_write import CODEBOOK, make_line, make_material, make_reliability
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import Paragraph, Table, get_plain


def tell(material: Material) -> str:
    """Return all words of the method, cells with a bar between."""
    words: list[str] = []
    for block in make_blocks(Page(material=material), parse_call("method")):
        if isinstance(block, Paragraph):
            words.append(get_plain(block.children))
        elif isinstance(block, Table):
            words += [get_plain(cell) for row in block.rows for cell in row]
    return " | ".join(words)


def test_method_names_codebook_coders_agreement_and_frame() -> None:
    """The method says how the line was measured, by how many, how far they agree, from what, and who is named."""
    told = tell(make_material())
    for words in (
        "leavers.v1",
        "2 yes/no questions",
        "11 passages, 2 coders",
        "0.86 (0.78 to 0.92)",
        "all items of the watched outlets",
        "1 January to 10 August 2031; 15 September 2031 to 31 December 2032",
        "Not recorded for The Chorus and المنارة",
        "No person is named",
        "linewatch 0.1.0, quotations.v1, text.v1",
    ):
        assert words in told, words


def test_method_with_one_coder_prints_no_agreement() -> None:
    """The fixed words stand instead of the values."""
    line = make_line(make_material().results.line.points, turns=())
    results = Results(line=line, reliability=make_reliability(coders=("anna",)), codebook=CODEBOOK)
    told = tell(make_material(results=results))
    assert "Agreement: one coder, reliability unknown." in told
    assert "0.86" not in told


def test_unknown_watching_is_said() -> None:
    """Where no watching is recorded, silence is not told from not looking."""
    line = make_line(make_material().results.line.points, watched=())
    results = Results(line=line, reliability=make_reliability(), codebook=CODEBOOK)
    assert "silence and not looking cannot be told apart" in tell(make_material(results=results))
