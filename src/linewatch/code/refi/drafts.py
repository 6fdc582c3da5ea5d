"""Another program's codes as a codebook for a case: they become frames, beside the questions and scale of the case's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import yaml
from msgspec.structs import replace

from linewatch.code.refi.project import CodeNode, walk_codes
from linewatch.model import Code, Codebook

_UNFIT = re.compile(r"[^\w-]+")


def draft_codebook(codebook: Codebook, codes: Sequence[CodeNode], name: str) -> Codebook:
    """Return a codebook whose frames are these codes; folders alone are none."""
    frames = [one for one in walk_codes(tuple(codes)) if one.codable and one.name]
    return replace(
        codebook,
        name=f"{_UNFIT.sub('-', name).strip('-')[:50] or 'imported'}.v1",
        title=name,
        codes=tuple(
            Code(id=f"C{place:02}", name=one.name, include=one.description)
            for place, one in enumerate(frames, start=1)
        ),
        crosswalk=(),
    )


def write_yaml(codebook: Codebook) -> str:
    """Return a codebook as the text of a `codebook.yml`; what is empty is left out."""
    told = msgspec.to_builtins(codebook, str_keys=False)
    return yaml.safe_dump(_prune(told), allow_unicode=True, sort_keys=False, width=110)


def _prune(told: object) -> object:
    """Return lists and tables without entries that are empty; a rule's own null stays, it puts a passage out."""
    if isinstance(told, dict):
        return {
            key: _prune(one) for key, one in told.items() if one not in (None, (), [], {}) or key == "value"
        }
    return [_prune(one) for one in told] if isinstance(told, (list, tuple)) else told
