"""What a broken call raises. Faults in evidence are not here: they are `linewatch.model.Problem` values.

    LinewatchError               every error below; `str(error)` is one line, `error.hint` says what to do
    ├── CaseError                the case folder is missing, is not a case, or is locked
    │   └── CustodyError         a seal, a log link or the kept head does not hold
    ├── InputError               a file, option or table given by the user cannot be used
    │   ├── CodebookError        a codebook is not one
    │   └── DraftError           a report draft cannot be built: the directive or sentence is named
    ├── NotFoundError            an id or a registered name that does not exist
    └── MissingPartError         something optional (a model, a font) is not installed

Example:
    >>> try:
    ...     raise NotFoundError("no finder is called 'quran.v9'", hint="see `linewatch find --help`")
    ... except LinewatchError as error:
    ...     print(error, "|", error.hint)
    no finder is called 'quran.v9' | see `linewatch find --help`
"""

from __future__ import annotations


class LinewatchError(Exception):
    """A call that cannot be carried out, said in one line, with a hint on what to do."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class CaseError(LinewatchError):
    """The case folder is missing, is not a case, or is in use."""


class CustodyError(CaseError):
    """A seal, a link of the log or the head kept outside does not hold."""


class InputError(LinewatchError):
    """A file, an option or a table given by the user cannot be used."""


class CodebookError(InputError):
    """A codebook file does not describe a codebook."""


class DraftError(InputError):
    """A report draft cannot be built; the message names the directive or sentence."""


class NotFoundError(LinewatchError):
    """An id or a registered name does not exist."""


class MissingPartError(LinewatchError):
    """An optional part (a model, a font) is not installed."""
