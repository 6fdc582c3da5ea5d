"""What an exporter is: the report and its material in, the bytes of one file out."""

from __future__ import annotations

from typing import Protocol

from linewatch.write.material import Material
from linewatch.write.tree import Report


class Exporter(Protocol):
    """A module that makes one file."""

    @property
    def FILE(self) -> str:  # noqa: N802 - a constant of the module
        """The file's name."""
        ...

    def render(self, report: Report, material: Material) -> bytes:
        """Return the file's bytes; they name no author, machine or path."""
        ...
