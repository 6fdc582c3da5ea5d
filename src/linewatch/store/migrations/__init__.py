"""The database's migrations, from the first version on, applied when a case is opened.

Alembic is imported only where a database must be brought further: nearly every case that is opened is of the newest version.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from linewatch.errors import CaseError

VERSION_TABLE = "migration_version"


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the database to a version, the newest by default; raises CaseError where a newer Linewatch made it."""
    wanted = get_newest() if to == "head" else to
    with engine.connect() as connection:
        if find_version(connection) == wanted:
            return
        connection.rollback()
        connection.info["writes"] = True
        _upgrade(connection, to)
        connection.commit()


def is_current(connection: Connection) -> bool:
    """Tell whether the database is of the newest version; changes nothing."""
    return find_version(connection) == get_newest()


def find_version(connection: Connection) -> str | None:
    """Return the version of the database; None where no migration has made it."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant of ours
    return version


@cache
def get_newest() -> str:
    """Return the newest version there is a migration to: their files begin with it."""
    return max(path.name[:4] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def _upgrade(connection: Connection, to: str) -> None:
    """Do what alembic.command.upgrade does, without its env.py."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs(to, rev)) as run:  # noqa: SLF001 - as above
        run.configure(connection=connection, version_table=VERSION_TABLE)
        try:
            with run.begin_transaction():
                run.run_migrations()
        except CommandError as error:
            raise CaseError(
                f"case.db was made by another version of Linewatch ({error})",
                hint="use that version or a newer one",
            ) from error
