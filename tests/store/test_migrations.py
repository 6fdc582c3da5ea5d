"""A case made by an older version is brought to the newest with every row as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from linewatch.errors import CaseError
from linewatch.store import migrations
from linewatch.store.engine import make_engine
from linewatch.store.migrations import find_version, get_newest, is_current, migrate
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


def test_newest_version_is_where_the_migrations_lead() -> None:
    """The newest version by file name is the one that Alembic finds at the end of the chain."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert get_newest() == ScriptDirectory.from_config(config).get_current_head()


def test_version_is_told_before_and_after(tmp_path: Path) -> None:
    """An empty database has no version and is not current; one brought to the newest has that and is."""
    engine = make_engine(tmp_path)
    with engine.connect() as connection:
        assert (find_version(connection), is_current(connection)) == (None, False)
    migrate(engine)
    with engine.connect() as connection:
        assert (find_version(connection), is_current(connection)) == (get_newest(), True)


def test_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """A version that this program does not know is said, and the database stays of that version."""
    engine = make_engine(tmp_path)
    migrate(engine)
    with engine.connect() as connection:
        connection.info["writes"] = True
        with connection.begin():
            connection.execute(text("UPDATE migration_version SET version_num = '9999'"))
    with pytest.raises(CaseError, match="another version of Linewatch"):
        migrate(engine)
    with engine.connect() as connection:
        assert find_version(connection) == "9999"
