"""Passages keep several values of one id: a document read anew has the same words at another place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = "n, id, entry, seal, body, document"


def upgrade() -> None:
    """Make the table anew with an id that may repeat, and move the rows over as they are."""
    for column in ("entry", "document"):
        op.drop_index(f"ix_passages_{column}", "passages")
    op.rename_table("passages", "passages_0001")
    op.create_table(
        "passages",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, index=True),
        sa.Column("entry", sa.Integer, nullable=False, index=True),
        sa.Column("seal", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("document", sa.Text, index=True),
    )
    op.execute(f"INSERT INTO passages ({COLUMNS}) SELECT {COLUMNS} FROM passages_0001 ORDER BY n")  # noqa: S608 - no value in it
    op.drop_table("passages_0001")
