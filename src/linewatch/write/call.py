"""A directive as it stands in a draft: `{{ name arg key="value" }}`, read into a value. What it does is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from linewatch.errors import DraftError

_PART = re.compile(r"""(?:([A-Za-z][\w-]*)=)?(?:["“]([^"”]*)["”]|([^\s"“”]+))""")


@dataclass(frozen=True, kw_only=True)
class Call:
    """One directive of a draft, with the line and the sentence it stands in."""

    name: str
    args: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    raw: str = ""
    line: int = 0
    sentence: str = ""

    @property
    def where(self) -> str:
        """Return how an error names the directive."""
        return f"line {self.line} of the draft, {{{{ {self.raw} }}}}"

    def get_arg(self, what: str) -> str:
        """Return the one argument; raises DraftError saying `what` is missing."""
        if len(self.args) != 1:
            raise DraftError(
                f"{self.where}: needs {what}", hint=f"write {{{{ {self.name} {what.upper()} }}}}"
            )
        return self.args[0]

    def check_options(self, known: Iterable[str]) -> None:
        """Raise DraftError for an option that the directive does not have."""
        unknown = sorted(set(self.options) - set(known))
        if unknown:
            raise DraftError(f"{self.where}: has no option {unknown[0]}", hint=_list_known(known))


def parse_call(raw: str, *, line: int = 0, sentence: str = "") -> Call:
    """Return the directive written between the braces.

    >>> parse_call('quotation a1b2 because="the whole verse is at issue"').options
    {'because': 'the whole verse is at issue'}
    """
    raw = " ".join(raw.split())
    parts = [(match[1], match[2] if match[2] is not None else match[3]) for match in _PART.finditer(raw)]
    if not parts or parts[0][0] is not None:
        raise DraftError(f"line {line} of the draft: {{{{ {raw} }}}} names no directive")
    return Call(
        name=parts[0][1],
        args=tuple(value for key, value in parts[1:] if key is None),
        options={key: value for key, value in parts[1:] if key is not None},
        raw=raw,
        line=line,
        sentence=sentence,
    )


def _list_known(known: Iterable[str]) -> str:
    names = ", ".join(sorted(known))
    return f"known options: {names}" if names else "it takes none"
