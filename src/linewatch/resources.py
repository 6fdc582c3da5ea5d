"""Finds and reads the hand-made tables and the sample case that are shipped with the program.

In an installed wheel they lie inside the package; in a checkout, at its top. What a table means is
known to the module that reads it, not here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from linewatch.errors import NotFoundError

_PACKAGE = Path(__file__).parent


def find_shipped(name: str) -> Path:
    """Return the path of a shipped file or folder such as `resources/months.yml`.

    Raises NotFoundError when nothing of that name is shipped.
    """
    for root in (_PACKAGE, _PACKAGE.parents[1]):
        path = root / name
        if path.exists():
            return path
    raise NotFoundError(f"{name} is not shipped with this copy of Linewatch", hint="install it again")


@cache
def load_table(name: str) -> Any:
    """Return the YAML table `resources/<name>.yml`; treat it as read-only, it is shared."""
    path = find_shipped(f"resources/{name}.yml")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
