"""Pages of PDFs and images as pictures made here: a browser never gets the original's bytes.

A picture begins small, grey and blurred; each layer is lifted by its own act, and all are back when the page is left.
"""

from __future__ import annotations

import io
import struct
import tempfile
import zlib
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from starlette.responses import Response
from starlette.routing import Route

from linewatch.errors import InputError, NotFoundError
from linewatch.model import Evidence
from linewatch.web.visit import Visit, acting, showing

Pixels = npt.NDArray[np.uint8]
LAYERS = ("small", "grey", "blurred")
IMAGES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
WIDTH, SMALL = 1100, 260
"""Pixels across, and across while the picture is still small."""
BLUR = 14
"""A blurred picture is drawn from so few pixels that no face and no word is left."""
_DRAWING = Lock()
"""PDFium draws one page at a time."""


def show_picture(visit: Visit) -> Response:
    """Show a page of a file as a picture, every layer of the shield on; the form lifts one more."""
    return _show(visit, LAYERS)


def lift_layer(visit: Visit) -> Response:
    """Show the same with the layers that are left; nothing of it is kept, so that coming back shows the shield again."""
    left = tuple(name for name in LAYERS if name in visit.given("layers").split())
    if visit.session.metered:
        visit.session.exposure.pictures += 1
    return _show(visit, left)


def _show(visit: Visit, layers: tuple[str, ...]) -> Response:
    evidence = _get_evidence(visit)
    page = _read_page(visit.place("page"))
    document = visit.known.document_of(evidence.id)
    return visit.page(
        "picture.html.j2",
        evidence=evidence,
        document=document,
        page=page,
        pages=count_pages(visit, evidence),
        layers=layers,
        lifts=[(name, " ".join(one for one in layers if one != name)) for name in layers],
    )


def send_picture(visit: Visit) -> Response:
    """Return the picture as PNG, under the layers that the address names."""
    evidence = _get_evidence(visit)
    layers = tuple(name for name in LAYERS if name in visit.ask("layers").split("+"))
    data = visit.desk.case.read_evidence(evidence.id)
    pdf = data if evidence.media_type == "application/pdf" else wrap_image(data, evidence.media_type)
    return Response(draw_page(pdf, _read_page(visit.place("page")), layers), media_type="image/png")


def _get_evidence(visit: Visit) -> Evidence:
    evidence = visit.known.evidence().get(visit.place("evidence"))
    if evidence is None:
        raise NotFoundError("no file has this seal", hint="go to Gather and choose one")
    if evidence.media_type != "application/pdf" and evidence.media_type not in IMAGES:
        raise InputError(f"{evidence.media_type} is not drawn", hint="its words, if it has any, are in Read")
    return evidence


def _read_page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7) or not int(text):
        raise NotFoundError("there is no such page")
    return int(text)


def count_pages(visit: Visit, evidence: Evidence) -> int:
    """Return how many pages a file has; an image is one."""
    if evidence.media_type != "application/pdf":
        return 1
    import pypdfium2

    with _DRAWING:
        try:
            with pypdfium2.PdfDocument(visit.desk.case.read_evidence(evidence.id)) as opened:
                return len(opened)
        except pypdfium2.PdfiumError as error:
            raise InputError(
                "this PDF cannot be opened", hint="its problems are listed under Check"
            ) from error


def wrap_image(data: bytes, media_type: str) -> bytes:
    """Return an image as a PDF of one page, decoded by typst; raises InputError where it is none."""
    import typst

    with tempfile.TemporaryDirectory(prefix="linewatch-") as name:
        folder, image = Path(name), f"image.{IMAGES[media_type]}"
        (folder / image).write_bytes(data)
        source = folder / "main.typ"
        source.write_text(
            f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{image}", width: 500pt)'
        )
        try:
            return bytes(typst.compile(source, root=folder))
        except (RuntimeError, typst.TypstError) as error:
            raise InputError(
                "this image cannot be decoded", hint="it stays sealed; take out the original to look at it"
            ) from error


def draw_page(pdf: bytes, page: int, layers: tuple[str, ...]) -> bytes:
    """Return a page as PNG; raises InputError where it cannot be drawn and NotFoundError where there is no such page."""
    import pypdfium2

    width = SMALL if "small" in layers else WIDTH
    with _DRAWING:
        try:
            with pypdfium2.PdfDocument(io.BytesIO(pdf)) as opened:
                if page > len(opened):
                    raise NotFoundError("there is no such page")
                sheet = opened[page - 1]
                across, down = sheet.get_size()
                scale = min(width / max(across, 1), 4 * width / max(down, 1))
                pixels = (
                    sheet.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
                    .to_numpy()[:, :, :3]
                    .copy()
                )
        except pypdfium2.PdfiumError as error:
            raise InputError(
                "this page cannot be drawn", hint="its words, if it has any, are in Read"
            ) from error
    return write_png(_shield(pixels, layers))


def _shield(pixels: Pixels, layers: tuple[str, ...]) -> Pixels:
    if "grey" in layers:
        grey = (pixels @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
        pixels = np.repeat(grey[:, :, None], 3, axis=2)
    if "blurred" in layers:
        pixels = blur(pixels)
    return np.ascontiguousarray(pixels)


def blur(pixels: Pixels) -> Pixels:
    """Return the picture as a few broad patches, their borders smoothed: what was there cannot be won back."""
    from scipy.ndimage import uniform_filter

    step = max(1, pixels.shape[1] // BLUR)
    patches = uniform_filter(pixels.astype(float), size=(step, step, 1))[step // 2 :: step, step // 2 :: step]
    wide = np.repeat(np.repeat(patches, step, axis=0), step, axis=1)
    held = np.pad(wide, ((0, step), (0, step), (0, 0)), mode="edge")[: pixels.shape[0], : pixels.shape[1]]
    return uniform_filter(held, size=(step, step, 1)).astype(np.uint8)


def write_png(pixels: Pixels) -> bytes:
    r"""Return pixels (rows x columns x RGB) as PNG (ISO/IEC 15948).

    >>> write_png(np.zeros((1, 1, 3), dtype=np.uint8))[:8]
    b'\x89PNG\r\n\x1a\n'
    """
    height, width, _ = pixels.shape
    rows = np.hstack([np.zeros((height, 1), dtype=np.uint8), pixels.reshape(height, width * 3)])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


ROUTES = [
    Route("/picture/{evidence}/{page}.png", showing(send_picture)),
    Route("/picture/{evidence}/{page}", showing(show_picture)),
    Route("/picture/{evidence}/{page}", acting(lift_layer), methods=["POST"]),
]
