"""Pictures that are attached: read in a limited process and written again, without what a camera adds.

``clean`` is the parent's side, ``serve`` the inside of the process (``child``). A picture is drawn anew from its pixels
alone, so that no place, time, name, preview or colour profile of the original can come along.
"""

import io
import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom import child
from counselroom.domain.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

KIND = child.Kind("picture", "picture", seconds=20.0, memory=1 << 30)

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000  # security.md "Importers and exporters"
LONGEST_SIDE = 2400  # an A4 page at 200 dots per inch
_QUALITY = 85
# A drawing or a stamp has few colours: PNG keeps its edges sharp, and is smaller. A grey photograph has up to 256.
_FEW_COLOURS = 64

# How each kind begins. Pillow's other readers, some of which start programs, are never asked.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
# What Pillow raises for bytes that are broken.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, struct.error)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept; ``mime`` is image/jpeg or image/png, width and height are pixels."""

    mime: str
    data: bytes
    width: int
    height: int


def clean(data: bytes) -> Picture:
    """The picture, upright, its longer side at most 2400 pixels, without anything but its pixels.

    Takes JPEG, PNG, WebP, BMP, TIFF and GIF (the first frame). Refuses with ``picture.kind``, ``picture.too_large``
    (20 MB, 40 million pixels, or more memory than the process may have), ``picture.damaged`` or ``picture.too_slow``.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("picture.too_large")
    if _kind(data) is None:
        raise Refusal("picture.kind")
    head, _, content = child.run(KIND, data).partition(b"\n")
    said = json.loads(head)
    return Picture(said["mime"], content, said["width"], said["height"])


def serve() -> int:
    """Entry of the process."""
    return child.serve(KIND, _work)


def _kind(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)


def _work(data: bytes) -> bytes:
    picture = _rewritten(data)
    head = {"mime": picture.mime, "width": picture.width, "height": picture.height}
    return json.dumps(head).encode() + b"\n" + picture.data


def _rewritten(data: bytes) -> Picture:
    from PIL.Image import DecompressionBombError

    try:
        image: Image = _reader(_kind(data))(io.BytesIO(data))
        if image.width * image.height > MOST_PIXELS:
            raise Refusal("picture.too_large")
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at a half or less
        image.load()
        image = _bare(_upright(image))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(image)
    except DecompressionBombError as error:  # some readers look at the size themselves, before we can
        raise Refusal("picture.too_large") from error
    except _BROKEN as error:
        raise Refusal("picture.damaged") from error


def _reader(kind: str | None) -> "type[ImageFile]":
    """The one reader of a kind, by itself: Pillow's own choice would ask all that it has."""
    from PIL import BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

    readers: dict[str | None, type[ImageFile]] = {
        "jpeg": JpegImagePlugin.JpegImageFile,
        "png": PngImagePlugin.PngImageFile,
        "webp": WebPImagePlugin.WebPImageFile,
        "gif": GifImagePlugin.GifImageFile,
        "bmp": BmpImagePlugin.BmpImageFile,
        "tiff": TiffImagePlugin.TiffImageFile,
    }
    return readers[kind]


def _upright(image: "Image") -> "Image":
    """Turned as the camera was held; broken notes of the camera are no reason to refuse the picture."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image


def _bare(image: "Image") -> "Image":
    """The pixels alone, as RGBA where something shines through, else as grey or RGB."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):  # 16 bits a pixel: a scan
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() == (255, 255):
            image = image.convert("RGB")
    elif image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _written(image: "Image") -> Picture:
    target = io.BytesIO()
    if image.mode == "RGBA" or image.getcolors(_FEW_COLOURS) is not None:
        image.save(target, "PNG", optimize=True)
        mime = "image/png"
    else:
        image.save(target, "JPEG", quality=_QUALITY, optimize=True)
        mime = "image/jpeg"
    return Picture(mime, target.getvalue(), image.width, image.height)
