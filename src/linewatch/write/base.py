"""What an exporter is: the report and its material in, named files out. It neither reads nor writes a disk."""

from __future__ import annotations

from typing import Protocol

from linewatch.write.material import Material
from linewatch.write.tree import Report


class Exporter(Protocol):
    """A module that makes one kind of file."""

    NAME: str
    """Versioned: `html.v1`. A changed result is a new version."""

    def export(self, report: Report, material: Material) -> dict[str, bytes]:
        """Return the files by name; the same report gives the same bytes."""
        ...
