"""Pictures as they are published: upright, without data about camera, place and author; and smaller ones of them.

Metadata is cut out between the parts of a file, so that no pixel changes; only a picture that has to be turned, and
TIFF, whose parts refer to each other by their places, are written anew.
"""

from collections.abc import Iterator
from io import BytesIO
import re
import struct
from typing import Any
import warnings

from PIL import Image, ImageOps, ImageSequence, JpegImagePlugin

from gkssg.annexes.limits import MOST_PIXELS, UnfitError
from gkssg.annexes.svg import cleaned_svg
from gkssg.annexes.types import TYPES, FileType
from gkssg.language import say

_BROKEN = say("the picture is damaged or cut off")
_ORIENTATION = 0x0112
_UPRIGHT = 1
_SIDEWAYS = 5
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_END_OF_IMAGE, _START_OF_SCAN, _COMMENT, _JFIF = 0xD9, 0xDA, 0xFE, 0xE0
_APPLICATIONS = range(0xE0, 0xF0)
_KEPT_SEGMENTS = {_JFIF: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_NOTHING = b"\xff\xff nothing begins so"
_JFIF_LENGTH = 16
_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_BLOCK = 16
_HALF_WIDTH = 1
"""Pillow's number for colours that are stored at half the width (4:2:2)."""
_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF
_KEPT_APPLICATIONS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
_KEPT_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_MOST_FRAMES = 100
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
_QUALITY = 80


class UncleanError(UnfitError):
    """A picture whose metadata cannot be taken out, so that it cannot be published."""


def cleaned(data: bytes, kind: FileType) -> bytes:
    """Give a picture without metadata and upright; one that is so already comes back as it is. Raises UncleanError."""
    try:
        match kind.code:
            case "svg":
                return cleaned_svg(data, lambda code, embedded: cleaned(embedded, TYPES[code]))
            case "heif":
                raise UncleanError(say("pictures of this type cannot be cleaned; save it as JPEG or PNG"))
            case "tiff":
                return _tiff(data)
            case "jpeg" | "png" | "gif" | "webp":
                orientation = _orientation(data)
                stripped = b"".join(_STRIPPERS[kind.code](data))
                return stripped if orientation == _UPRIGHT else _turned(stripped, orientation)
            case _:
                return data
    except UnfitError as error:
        raise UncleanError(error.why) from error
    except (struct.error, IndexError, ValueError) as error:
        raise UncleanError(_BROKEN) from error


def dimensions(data: bytes, kind: FileType) -> tuple[int, int]:
    """Give width and height in pixels, after making sure that all of the picture can be decoded. Raises UnfitError."""
    if kind.code == "svg":
        return 0, 0
    try:
        with _opened(data) as image:
            size = image.size
            image.draft("RGB", (1, 1))  # a JPEG is then decoded at an eighth of its size
            image.load()
    except UnfitError:
        raise
    except Exception as error:
        raise UnfitError(_BROKEN) from error  # a decoder raises whatever its arithmetic does
    return size


def smaller(data: bytes, longest: int) -> bytes:
    """Give a picture as WebP, its longer side at most ``longest`` pixels. Raises UnfitError."""
    with _opened(data) as image:
        image.draft("RGB", (longest, longest))
        image.thumbnail((longest, longest))
        small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    out = BytesIO()
    small.save(out, "WEBP", quality=_QUALITY, method=4, exif=b"", xmp=b"")
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    too_large = say("the picture has more than {most} pixels and is not opened here", most=MOST_PIXELS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnfitError(too_large) from error
    except Exception as error:  # a decoder raises whatever its arithmetic does
        raise UnfitError(_BROKEN) from error
    if image.width * image.height > MOST_PIXELS:
        raise UnfitError(too_large)
    return image


def _orientation(data: bytes) -> int:
    """Tell how a picture has to be turned (EXIF 2.32, 4.6.5, Orientation)."""
    try:
        found = _opened(data).getexif().get(_ORIENTATION, _UPRIGHT)
    except Exception:  # noqa: BLE001  (a decoder raises whatever its arithmetic does)
        return _UPRIGHT
    return found if found in _TURNS else _UPRIGHT


def _turned(data: bytes, orientation: int) -> bytes:
    """Turn a picture; only a JPEG loses anything by it, and next to nothing."""
    if _frames(data) > 1:
        return data
    out = BytesIO()
    try:
        with _opened(data) as image:
            kind = image.format
            image.draft("YCbCr", image.size)
            turned = image.transpose(_TURNS[orientation])
            profile = image.info.get("icc_profile")
            if kind == "JPEG":
                turned.save(out, kind, icc_profile=profile, optimize=True, **_as_fine_as(image, orientation))
            elif kind == "WEBP":
                turned.save(out, kind, lossless=True, icc_profile=profile or b"", exif=b"", xmp=b"")
            else:
                turned.save(out, kind, icc_profile=profile)
    except UnfitError as error:
        raise UncleanError(error.why) from error
    except Exception as error:  # a decoder raises whatever its arithmetic does
        raise UncleanError(_BROKEN) from error
    return out.getvalue()


def _as_fine_as(image: Image.Image, orientation: int) -> dict[str, Any]:
    """Say how a JPEG is written so that turning it loses next to nothing.

    Where its sides are whole numbers of blocks, the blocks turn with it and the same tables give the same numbers.
    """
    sampling = JpegImagePlugin.get_sampling(image)
    if image.width % _BLOCK or image.height % _BLOCK or sampling < 0:
        return {"quality": 95, "subsampling": 0}
    sideways = orientation >= _SIDEWAYS
    tables: dict[int, list[int]] = image.quantization  # type: ignore[attr-defined]  # a JPEG has them
    turned = {key: [table[8 * (i % 8) + i // 8] for i in range(64)] for key, table in tables.items()}
    subsampling = 0 if sideways and sampling == _HALF_WIDTH else sampling
    return {"qtables": turned if sideways else tables, "subsampling": subsampling}


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    position = 2
    while True:
        if data[position] != 0xFF:  # noqa: PLR2004  (every marker begins with it)
            raise ValueError(position)
        while data[position] == 0xFF:  # noqa: PLR2004
            position += 1
        marker = data[position]
        position += 1
        if marker == _END_OF_IMAGE:
            yield bytes((0xFF, marker))
            return
        (length,) = struct.unpack_from(">H", data, position)
        segment = data[position : position + length]
        if len(segment) < length:
            raise ValueError(length)
        kept = _segment(marker, segment)
        if kept:
            yield bytes((0xFF, marker)) + kept
        position += length
        if marker == _START_OF_SCAN:
            end = _SCAN_END.search(data, position)
            yield data[position : end.start() if end else len(data)]
            if not end:
                return
            position = end.start()


def _segment(marker: int, segment: bytes) -> bytes:
    """Give what is kept of a segment: all but comments and those application segments that decide on no pixel."""
    if marker == _COMMENT or (
        marker in _APPLICATIONS and not segment.startswith(_KEPT_SEGMENTS.get(marker, _NOTHING), 2)
    ):
        return b""
    if marker == _JFIF and len(segment) > _JFIF_LENGTH:
        return b"\0\x10" + segment[2:14] + b"\0\0"  # without the small picture inside
    return segment


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    position = 8
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name = data[position + 4 : position + 8]
        if name in _KEPT_CHUNKS:
            yield data[position : position + length + 12]
        if name == b"IEND":
            return
        position += length + 12


def _gif(data: bytes) -> Iterator[bytes]:
    position = 13 + _palette(data[10])
    yield data[:position]
    while True:
        start = position
        match data[position]:
            case 0x3B:
                yield data[start : start + 1]
                return
            case 0x2C:
                position = _after_blocks(data, position + 11 + _palette(data[position + 9]))
                yield data[start:position]
            case 0x21:
                label, name = data[position + 1], data[position + 3 : position + 14]
                position = _after_blocks(data, position + 2)
                if label == _GRAPHIC_CONTROL or (label == _APPLICATION and name in _KEPT_APPLICATIONS):
                    yield data[start:position]
            case _:
                raise ValueError(position)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += data[position] + 1
    return position + 1


def _webp(data: bytes) -> Iterator[bytes]:
    kept = bytearray()
    position = 12
    while position < len(data):
        name = data[position : position + 4]
        (length,) = struct.unpack_from("<I", data, position + 4)
        chunk = bytearray(data[position : position + 8 + length + length % 2])
        if name == b"VP8X":
            chunk[8] &= ~0x0C  # no EXIF, no XMP
        if name in _KEPT_WEBP:
            kept += chunk
        position += 8 + length + length % 2
    yield b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP"
    yield bytes(kept)


def _tiff(data: bytes) -> bytes:
    """Write all pictures of a TIFF anew, without any loss and with nothing but the pixels."""
    out = BytesIO()
    if _frames(data) > _MOST_FRAMES:
        raise UncleanError(say("it holds more than {most} pictures", most=_MOST_FRAMES))
    try:
        with _opened(data) as image:
            upright = [_bare(frame) for frame in ImageSequence.Iterator(image)]
        compression = "group4" if all(frame.mode == "1" for frame in upright) else "tiff_adobe_deflate"
        upright[0].save(out, "TIFF", save_all=True, append_images=upright[1:], compression=compression)
    except UnfitError:
        raise
    except Exception as error:  # a decoder raises whatever its arithmetic does
        raise UncleanError(_BROKEN) from error
    return out.getvalue()


def _frames(data: bytes) -> int:
    try:
        with _opened(data) as image:
            return int(getattr(image, "n_frames", 1))
    except UnfitError:
        raise
    except Exception as error:  # a decoder raises whatever its arithmetic does
        raise UncleanError(_BROKEN) from error


def _bare(frame: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(frame)
    bare = Image.new(turned.mode, turned.size)
    if turned.palette:
        bare.putpalette(turned.palette)
    bare.paste(turned)
    return bare


_STRIPPERS = {"jpeg": _jpeg, "png": _png, "gif": _gif, "webp": _webp}
