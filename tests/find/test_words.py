"""The shipped tables of words."""

from __future__ import annotations

from typing import Any

import pytest

from linewatch.resources import find_shipped, load_table

TABLES = sorted(path.stem for path in find_shipped("resources").glob("*.yml"))


@pytest.mark.parametrize("name", TABLES)
def test_tables_hold_words_and_numbers_only(name: str) -> None:
    """YAML reads a bare on, off, no or yes as true and false: none of the tables loses a word that way."""
    assert [entry for entry in _list_entries(load_table(name)) if type(entry) not in {str, int}] == []


def _list_entries(table: Any) -> list[Any]:
    if isinstance(table, dict):
        return [entry for key, value in table.items() for entry in (key, *_list_entries(value))]
    if isinstance(table, list):
        return [entry for value in table for entry in _list_entries(value)]
    return [table]
