"""What machine coders suggest, their runs, and every call to a language model."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SEALED = {
    "machine_runs": ("machine",),
    "suggestions": ("passage", "machine"),
    "machine_calls": ("passage", "run"),
}


def upgrade() -> None:
    """Make the tables."""
    for name, looked_up in SEALED.items():
        op.create_table(
            name,
            sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
            sa.Column("id", sa.Text, nullable=False, unique=True),
            sa.Column("entry", sa.Integer, nullable=False, index=True),
            sa.Column("seal", sa.Text, nullable=False, unique=True),
            sa.Column("body", sa.Text, nullable=False),
            *(sa.Column(column, sa.Text, index=True) for column in looked_up),
        )
