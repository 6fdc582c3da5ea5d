"""Ways to damage a small file: cut short at every byte, bytes changed, pieces doubled or taken out."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st


def list_cut(data: bytes) -> Iterator[bytes]:
    """Yield the file cut short at every byte."""
    return (data[:end] for end in range(len(data)))


def make_damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """Return a strategy of the file with some bytes changed, a piece doubled, moved or gone."""
    place = st.integers(min_value=0, max_value=len(data))
    change = st.tuples(place, st.binary(max_size=3) | st.sampled_from(PIECES))
    piece = st.tuples(place, place, place)
    return st.builds(_damage, st.just(data), st.lists(change, max_size=6), st.lists(piece, max_size=2))


PIECES = (
    b"\x00",
    b"\xff\xfe",
    b"\r\n\r\n",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"--",
    b"=?utf-8?b?",
    b"999999999",
    b"\xe2\x80\xae",
)


def _damage(data: bytes, changes: list[tuple[int, bytes]], pieces: list[tuple[int, int, int]]) -> bytes:
    out = data
    for at, put in changes:
        out = out[:at] + put + out[at + len(put) :]
    for first, last, to in pieces:
        start, end = sorted((first, last))
        out = out[:to] + out[start:end] + out[to:]
    return out
