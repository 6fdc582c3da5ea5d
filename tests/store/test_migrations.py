"""A case made by an older version is brought to the newest with every row as it was."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from linewatch.store.case import make_engine
from linewatch.store.migrations import migrate
from linewatch.store.tables import METADATA

INSERT = "INSERT INTO passages (id, entry, seal, body, document) VALUES ('p', 1, :seal, '{}', 'd')"


def add(engine: Engine, *seals: str) -> None:
    """Put rows of one id into the table of passages."""
    with engine.connect() as connection:
        connection.info["writes"] = True
        with connection.begin():
            for seal in seals:
                connection.execute(text(INSERT), {"seal": seal})


def test_passages_may_have_versions_after_the_migration(tmp_path: Path) -> None:
    """The row of the first version stays as it was, and a second value of its id has room beside it."""
    engine = make_engine(tmp_path)
    migrate(engine, "0001")
    add(engine, "old")
    migrate(engine)
    add(engine, "new")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT n, id, entry, seal, body, document FROM passages ORDER BY n"))
        assert [tuple(row) for row in rows] == [(1, "p", 1, "old", "{}", "d"), (2, "p", 1, "new", "{}", "d")]


def test_migrated_tables_are_the_declared_ones(tmp_path: Path) -> None:
    """After all migrations each table has the columns and the unique ids that the program declares."""
    engine = make_engine(tmp_path)
    migrate(engine)
    there = inspect(engine)
    for name, table in METADATA.tables.items():
        assert {one["name"] for one in there.get_columns(name)} == {column.name for column in table.columns}
        unique = {tuple(one["column_names"]) for one in there.get_unique_constraints(name)}
        assert unique == {(column.name,) for column in table.columns if column.unique}, name
        indexed = {tuple(one["column_names"]) for one in there.get_indexes(name)}
        assert indexed >= {(column.name,) for column in table.columns if column.index}, name
