"""Attached pictures: what a camera adds is gone, the picture is upright, bombs and broken files are refused."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from counselroom import child
from counselroom.domain.refusal import Refusal
from counselroom.formats.pictures import KIND, LONGEST_SIDE, MOST_BYTES, Picture, clean

SECRET = b"Guandu 25.04N 102.71E"
RED, BLUE = (200, 20, 20), (20, 20, 200)


def photo(width: int = 60, height: int = 40) -> Image.Image:
    """Red at the left, blue at the right, and more colours than a drawing has."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), BLUE)
    for number in range(100):
        draw.point((number % 10, height - 1 - number // 10), (number, 200, 0))
    return image


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **more)
    return target.getvalue()


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    assert image.get_format_mimetype() == picture.mime
    assert image.size == (picture.width, picture.height)
    return image


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        clean(data)
    return caught.value.code


def exif(**more: Any) -> Image.Exif:
    notes = Image.Exif()
    notes[ExifTags.Base.Make] = SECRET.decode()
    notes[ExifTags.Base.Orientation] = more.get("orientation", 1)
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = SECRET.decode()
    return notes


def test_what_a_camera_and_a_program_add_is_gone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(photo(), "JPEG", exif=exif(), comment=SECRET, xmp=SECRET, icc_profile=profile)
    assert data.count(SECRET) == 4
    cleaned = clean(data)
    assert cleaned.mime == "image/jpeg"
    assert SECRET not in cleaned.data
    assert b"ICC_PROFILE" not in cleaned.data
    assert not opened(cleaned).getexif()


def test_texts_inside_a_png_are_gone() -> None:
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    image = photo()
    image.putalpha(120)
    cleaned = clean(saved(image, "PNG", pnginfo=texts, exif=exif(), icc_profile=SECRET) + SECRET)
    assert SECRET not in cleaned.data
    assert set(opened(cleaned).info) == set()


@pytest.mark.parametrize(
    ("orientation", "left", "top"), [(1, RED, None), (3, BLUE, None), (6, None, RED), (8, None, BLUE)]
)
def test_a_picture_of_a_camera_held_otherwise_comes_upright(orientation: int, left: Any, top: Any) -> None:
    image = opened(clean(saved(photo(), "JPEG", quality=95, exif=exif(orientation=orientation))))
    assert image.size == ((60, 40) if left else (40, 60))
    corner = image.convert("RGB").getpixel((15, 15))
    assert isinstance(corner, tuple)
    expected = left or top
    assert max(abs(found - wanted) for found, wanted in zip(corner, expected, strict=True)) < 30


def test_broken_notes_of_a_camera_are_no_reason_to_refuse() -> None:
    broken = b"Exif\x00\x00II*\x00\xff\xff\xff\xff"
    assert clean(saved(photo(), "JPEG", exif=broken)).width == 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF"])
def test_kinds_that_are_read(kind: str) -> None:
    cleaned = clean(saved(photo(), kind))
    assert cleaned.mime == "image/jpeg"
    assert opened(cleaned).size == (60, 40)


def test_what_shines_through_and_what_has_few_colours_becomes_png() -> None:
    glass = photo()
    glass.putalpha(90)
    assert opened(clean(saved(glass, "PNG"))).mode == "RGBA"
    stamp = Image.new("RGB", (50, 50), RED)
    assert clean(saved(stamp, "JPEG")).mime == "image/png"
    opaque = photo()
    opaque.putalpha(255)
    assert clean(saved(opaque, "PNG")).mime == "image/jpeg"


def test_a_scan_of_sixteen_bits_keeps_its_greys() -> None:
    scan = Image.new("I;16", (20, 20), 0x8000)
    assert opened(clean(saved(scan, "PNG"))).getpixel((5, 5)) == 128


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = saved(Image.new("RGB", (9, 9), RED), "GIF", save_all=True, append_images=[Image.new("RGB", (9, 9), BLUE)])
    image = opened(clean(frames))
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((4, 4)) == RED


def test_the_longer_side_is_made_to_fit() -> None:
    image = opened(clean(saved(Image.new("L", (LONGEST_SIDE * 2, 30)), "PNG")))
    assert image.size == (LONGEST_SIDE, 15)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "谈话记录".encode(),
        b"%PDF-1.7 ",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\x00\x00\x00\x18ftypheic",
        b"RIFF\x00\x00\x00\x00WAVE",
    ],
)
def test_other_files_are_refused_whatever_their_name(data: bytes) -> None:
    assert refused(data) == "picture.kind"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_truncated_picture_is_refused(kind: str) -> None:
    data = saved(photo(), kind)
    assert refused(data[: len(data) // 2]) == "picture.damaged"
    assert refused(data[:12]) == "picture.damaged"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_by_its_header() -> None:
    assert refused(png(60_000, 60_000, chunk(b"IDAT", zlib.compress(bytes(10_000))))) == "picture.too_large"
    assert refused(png(8001, 5000, chunk(b"IDAT", zlib.compress(bytes(10_000))))) == "picture.too_large"


@pytest.mark.parametrize("kind", ["WEBP", "GIF"])
def test_a_bomb_is_refused_where_the_reader_looks_first(kind: str) -> None:
    data = bytearray(saved(Image.new("RGBA", (20, 20), (1, 2, 3, 4)), kind, exif=exif()))
    if kind == "WEBP":
        at = data.find(b"VP8X") + 12
        data[at : at + 6] = 2 * (16383).to_bytes(3, "little")
    else:
        data[6:10] = struct.pack("<HH", 65000, 65000)
    assert refused(bytes(data)) == "picture.too_large"


def test_a_text_that_swells_inside_of_a_picture_is_refused() -> None:
    swelling = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(100_000_000), 9))
    assert refused(png(1, 1, swelling, chunk(b"IDAT", zlib.compress(bytes(4))))) == "picture.damaged"


def test_a_file_over_the_limit_is_refused_before_a_process_is_started() -> None:
    assert refused(saved(photo(), "JPEG").ljust(MOST_BYTES + 1, b"\x00")) == "picture.too_large"


def test_a_picture_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Refusal, match=r"picture\.too_slow"):
        child.run(KIND._replace(seconds=0.01), saved(Image.new("RGB", (6000, 6000)), "PNG"))
