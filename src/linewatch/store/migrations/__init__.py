"""The database's migrations, from the first version on, applied when a case is opened."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

VERSION_TABLE = "migration_version"


def migrate(engine: Engine) -> None:
    """Bring the database to the newest version; a database that is there already is left as it is."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    script = ScriptDirectory.from_config(config)
    head = script.get_current_head()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        if context.get_current_revision() == head:
            return
        connection.rollback()
        connection.info["writes"] = True
        with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs("head", rev)) as run:  # noqa: SLF001 - what alembic.command.upgrade does, without its env.py
            run.configure(connection=connection, version_table=VERSION_TABLE)
            with run.begin_transaction():
                run.run_migrations()
        connection.commit()
