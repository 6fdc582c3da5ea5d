"""Codebooks are kept as they were when something was judged under them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "codebooks",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("entry", sa.Integer, nullable=False, index=True),
        sa.Column("seal", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False),
    )
