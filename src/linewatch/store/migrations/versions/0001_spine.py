"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SEALED = {
    "evidence": (),
    "arrivals": ("gathering", "evidence"),
    "statements": ("evidence",),
    "documents": ("evidence",),
    "findings": ("document",),
    "passages": ("document",),
    "judgements": ("passage", "coder"),
    "sittings": ("coder",),
    "corrections": ("target",),
    "problems": ("evidence", "stage"),
    "runs": ("stage", "input"),
    "builds": (),
}
VERSIONED = {"findings"}
"""A better finder gives another value under the same id."""


def upgrade() -> None:
    """Make them."""
    for name, looked_up in SEALED.items():
        op.create_table(
            name,
            sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
            sa.Column("id", sa.Text, nullable=False, unique=name not in VERSIONED, index=name in VERSIONED),
            sa.Column("entry", sa.Integer, nullable=False, index=True),
            sa.Column("seal", sa.Text, nullable=False, unique=True),
            sa.Column("body", sa.Text, nullable=False),
            *(sa.Column(column, sa.Text, index=True) for column in looked_up),
        )
    op.create_table(
        "custody", sa.Column("seq", sa.Integer, primary_key=True), sa.Column("body", sa.Text, nullable=False)
    )
