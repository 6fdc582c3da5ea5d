"""The desk's own files, each under a name that holds its hash: a browser may keep it for ever, and nothing else is loaded."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
FACE = "Amiri"
FACE_FILE = "amiri.ttf"


@cache
def list_assets() -> dict[str, bytes]:
    """Return every asset by its own name; the Arabic face comes from the package that carries it and its licence."""
    import fontpkg

    files = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}
    files[FACE_FILE] = Path(fontpkg.path(FACE)).read_bytes()
    files["desk.css"] = files["desk.css"].replace(
        b"url(amiri.ttf)", f"url({name_asset(FACE_FILE, files[FACE_FILE])})".encode()
    )
    return files


def name_asset(name: str, data: bytes) -> str:
    """Return the name under which an asset is served.

    >>> name_asset("desk.css", b"")
    'desk-e3b0c44298fc.css'
    """
    path = Path(name)
    return f"{path.stem}-{hashlib.sha256(data).hexdigest()[:12]}{path.suffix}"


@cache
def list_served() -> dict[str, tuple[bytes, str]]:
    """Return the bytes and the media type of each asset by the name under which it is served."""
    return {name_asset(name, data): (data, TYPES[Path(name).suffix]) for name, data in list_assets().items()}


def get_address(name: str) -> str:
    """Return the address of an asset, for the templates."""
    return f"/assets/{name_asset(name, list_assets()[name])}"
