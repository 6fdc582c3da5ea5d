"""The database's migrations, from the first version on, applied when a case is opened."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from linewatch.errors import CaseError

VERSION_TABLE = "migration_version"


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the database to a version, the newest by default; raises CaseError where a newer Linewatch made it."""
    config, script = _read_scripts()
    wanted = script.get_current_head() if to == "head" else to
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        if context.get_current_revision() == wanted:
            return
        connection.rollback()
        connection.info["writes"] = True
        with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs(to, rev)) as run:  # noqa: SLF001 - what alembic.command.upgrade does, without its env.py
            run.configure(connection=connection, version_table=VERSION_TABLE)
            try:
                with run.begin_transaction():
                    run.run_migrations()
            except CommandError as error:
                raise CaseError(
                    f"case.db was made by another version of Linewatch ({error})",
                    hint="use that version or a newer one",
                ) from error
        connection.commit()


def is_current(connection: Connection) -> bool:
    """Tell whether the database is of the newest version; changes nothing."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision() == _read_scripts()[1].get_current_head()


@cache
def _read_scripts() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config, ScriptDirectory.from_config(config)
