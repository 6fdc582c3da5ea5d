"""Coders split, join and re-bound passages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table of their boundings."""
    op.create_table(
        "boundings",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("entry", sa.Integer, nullable=False, index=True),
        sa.Column("seal", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False),
    )
