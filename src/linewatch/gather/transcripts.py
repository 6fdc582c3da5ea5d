"""Which transcript lies beside which recording: the same folder and stem, `north.mp4` and `north.srt` or `north.en.srt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

SUFFIXES = (".txt", ".srt", ".vtt")
_LANGUAGE = re.compile(r"\.[a-z]{2,3}\Z")


def get_stem(path: str) -> str | None:
    """Return the path of the recording that a transcript would belong to, without its ending; None for no transcript.

    >>> get_stem("north/pier.en.srt"), get_stem("north/pier.pdf")
    ('north/pier', None)
    """
    pure = PurePosixPath(path)
    if pure.suffix.lower() not in SUFFIXES:
        return None
    return _LANGUAGE.sub("", str(pure.with_suffix("")))


def pair_names(
    sealed: Iterable[str], media: Iterable[str], places: Mapping[str, Path]
) -> Iterator[tuple[str | Path, str | Path]]:
    """Yield recordings with their transcripts: both met now, or one now and the other on the disk beside it.

    `sealed` and `media` are paths in the import report; `places` says where those of them that are files lie.
    """
    recordings = {str(PurePosixPath(path).with_suffix("")): path for path in media}
    met, folders = set[str](), _Folders()
    for path in sealed:
        stem = get_stem(path)
        if stem is None:
            continue
        if recording := recordings.get(stem):
            met.add(recording)
            yield recording, path
        elif path in places and (beside := folders.find_recording(places[path])):
            yield beside, path
    for path in set(recordings.values()) - met:
        if path in places:
            yield from ((path, beside) for beside in folders.list_transcripts(places[path]))


class _Folders:
    """What lies in the folders looked at, each listed once."""

    def __init__(self) -> None:
        self._named: dict[Path, dict[str, list[Path]]] = {}

    def find_recording(self, transcript: Path) -> Path | None:
        """Return the one file beside a transcript that has its stem and is none itself."""
        stem = get_stem(transcript.name)
        beside = self._list(transcript.parent, stem or "")
        others = [one for one in beside if one.stem == stem and get_stem(one.name) is None]
        return others[0] if len(others) == 1 else None

    def list_transcripts(self, recording: Path) -> list[Path]:
        """Return the transcripts beside a recording."""
        beside = self._list(recording.parent, recording.stem)
        return [one for one in beside if get_stem(one.name) == recording.stem]

    def _list(self, folder: Path, stem: str) -> list[Path]:
        if folder not in self._named:
            named = self._named[folder] = {}
            for one in sorted(folder.iterdir()):
                named.setdefault(get_stem(one.name) or one.stem, []).append(one)
        return [one for one in self._named[folder].get(stem, []) if one.is_file()]
