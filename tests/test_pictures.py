"""No picture that is published tells of the camera, the place or the author; its pixels stay as they are."""

import base64
from io import BytesIO
import struct
import zlib

from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
import pytest

from gkssg.annexes.limits import MOST_PIXELS, UnfitError
from gkssg.annexes.pictures import UncleanError, cleaned, dimensions, smaller
from gkssg.annexes.types import TYPES

from conftest import MakeColumn, entry, picture

SECRET = b"PRIVATE-PLACE"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
NAMES = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "tiff": "TIFF"}


def exif(orientation: int = 1) -> Image.Exif:
    """Give EXIF data with a place, a camera and an author."""
    made = Image.Exif()
    made[0x010F] = SECRET.decode()
    made[0x013B] = SECRET.decode()
    made[0x0112] = orientation
    made.get_ifd(0x8825).update({1: "N", 2: (31.0, 12.0, 0.0), 3: "E", 4: (121.0, 30.0, 0.0), 29: SECRET.decode()})
    return made


def with_everything(code: str, orientation: int = 1) -> bytes:
    """Give a picture with all the metadata its type can hold."""
    data = exif(orientation).tobytes()
    match code:
        case "jpeg":
            made = picture("JPEG", exif=data, xmp=XMP, comment=SECRET, icc_profile=b"profile" * 9)
            iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x12\x1c\x02\x50\0\r" + SECRET
            return made[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + made[2:] + SECRET
        case "png":
            info = PngInfo()
            info.add_text("Author", SECRET.decode())
            info.add_text("Comment", SECRET.decode(), zip=True)
            info.add_itxt("XML:com.adobe.xmp", XMP.decode())
            info.add(b"tIME", b"\x07\xea\x01\x01\x01\x01\x01")
            info.add(b"prVt", SECRET)
            return picture("PNG", exif=data, pnginfo=info) + SECRET
        case "gif":
            made = picture("GIF", comment=SECRET)
            return made[:-1] + b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0;" + SECRET
        case "webp":
            return picture("WEBP", exif=data, xmp=XMP, lossless=True)
        case _:
            return picture("TIFF", exif=exif(orientation), compression="tiff_deflate")


def pixels(data: bytes) -> bytes:
    """Give the pixels of a picture."""
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize("code", NAMES)
def test_no_metadata_is_left_and_no_pixel_changes(code: str) -> None:
    data = with_everything(code)
    clean = cleaned(data, TYPES[code])
    assert SECRET in data or code == "png"
    assert SECRET not in clean
    assert SECRET not in b"".join(_inflated(clean))
    assert pixels(clean) == pixels(data)
    with Image.open(BytesIO(clean)) as image:
        left = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Author", "Comment"} & set(image.info)
        assert (left, image.getexif().get_ifd(0x8825)) == (set(), {})
        assert (image.info.get("icc_profile") == b"profile" * 9) == (code == "jpeg")
    assert cleaned(clean, TYPES[code]) == clean


def _inflated(data: bytes) -> list[bytes]:
    found = []
    for start in range(len(data)):
        if data[start] == 0x78:  # zlib begins so
            try:
                found.append(zlib.decompressobj().decompress(data[start:]))
            except zlib.error:
                continue
    return found


@pytest.mark.parametrize("code", ["jpeg", "png", "gif", "webp"])
def test_a_picture_without_metadata_stays_byte_for_byte(code: str) -> None:
    data = picture(NAMES[code])
    assert cleaned(data, TYPES[code]) == data


@pytest.mark.parametrize("code", ["jpeg", "png", "webp", "tiff"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_picture_is_published_upright(code: str, orientation: int) -> None:
    data = with_everything(code, orientation)
    clean = cleaned(data, TYPES[code])
    assert SECRET not in clean
    assert dimensions(clean, TYPES[code]) == ((30, 40) if orientation >= 5 else (40, 30))
    with Image.open(BytesIO(data)) as image, Image.open(BytesIO(clean)) as upright:
        assert upright.getexif().get(0x0112, 1) == 1
        expected = ImageOps.exif_transpose(image).convert("RGB").tobytes()
        found = upright.convert("RGB").tobytes()
    differences = [abs(a - b) for a, b in zip(expected, found, strict=True)]
    assert max(differences) == 0 if code != "jpeg" else sum(differences) / len(differences) < 1.5


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 1}, {"subsampling": 0, "quality": 95}])
def test_every_sort_of_jpeg_is_cleaned_and_turned(options: dict[str, object]) -> None:
    data = picture("JPEG", (200, 120), exif=exif(6).tobytes(), **options)
    clean = cleaned(data, TYPES["jpeg"])
    assert SECRET not in clean
    assert dimensions(clean, TYPES["jpeg"]) == (120, 200)


def test_the_small_picture_inside_the_head_of_a_jpeg_goes() -> None:
    data = picture("JPEG")
    inside = data[:4] + struct.pack(">H", 16 + 12) + data[6:18] + b"\x02\x02" + b"thumbnail123" + data[20:]
    assert b"thumbnail123" not in cleaned(inside, TYPES["jpeg"])
    assert cleaned(inside, TYPES["jpeg"]) == data


def test_a_small_picture_has_no_metadata_and_the_right_size() -> None:
    small = smaller(cleaned(with_everything("jpeg"), TYPES["jpeg"]), 20)
    assert SECRET not in small
    with Image.open(BytesIO(small)) as image:
        assert (image.format, image.size) == ("WEBP", (20, 15))


@pytest.mark.parametrize("code", NAMES)
def test_a_picture_cut_off_anywhere_is_a_fault_and_never_a_crash(code: str) -> None:
    data = with_everything(code)
    seen = set()
    for end in range(3, len(data) - len(SECRET), max(len(data) // 40, 1)):
        try:
            clean = cleaned(data[:end], TYPES[code])
            assert SECRET not in clean or code == "tiff"
            dimensions(clean, TYPES[code])
        except UnfitError as error:
            seen.add(type(error))
    assert seen


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    out = BytesIO()
    side = int(MOST_PIXELS**0.5)
    for width, height in ((side + 1, side + 1), (60_000, 60_000)):
        out = BytesIO()
        header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
        out.write(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 1000)))
        with pytest.raises(UnfitError, match="pixels"):
            dimensions(out.getvalue() + _chunk(b"IEND", b""), TYPES["png"])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


DRAWING = """<?xml version="1.0"?>
<!-- by PRIVATE-PLACE -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
  xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" i:export-filename="PRIVATE-PLACE" onload="alert(1)">
<metadata>PRIVATE-PLACE</metadata><script>alert(1)</script><style>@import url(https://example.org/x.css)</style>
<a xlink:href="javascript:alert(1)"><circle r="3"/></a><image href="https://example.org/x.png"/>
<set attributeName="href" to="javascript:alert(1)"/><use href="#c"/><text>图</text>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>"""


def test_a_drawing_keeps_its_shapes_and_nothing_that_acts_or_tells() -> None:
    clean = cleaned(DRAWING.encode(), TYPES["svg"]).decode()
    assert [word for word in ("PRIVATE", "alert", "example.org", "foreign", "script", "<set") if word in clean] == []
    assert [word for word in ("<circle", "#c", "图", "viewBox") if word not in clean] == []
    assert cleaned(clean.encode(), TYPES["svg"]).decode() == clean


def test_a_plain_drawing_stays_as_it_is() -> None:
    plain = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L9 9" style="fill:url(#g)"/></svg>'
    assert cleaned(plain, TYPES["svg"]) == plain


def test_a_photograph_inside_a_drawing_is_cleaned() -> None:
    inside = base64.b64encode(with_everything("jpeg")).decode()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{inside}"/></svg>'
    clean = cleaned(drawing.encode(), TYPES["svg"]).decode()
    assert SECRET not in base64.b64decode(clean.partition("base64,")[2].partition('"')[0])


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("heif", b"\0\0\0\x18ftypheic"),
        ("svg", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
        ("svg", b"<svg>"),
        ("jpeg", b"\xff\xd8\xff\xe1\xff\xffabc"),
    ],
)
def test_what_cannot_be_cleaned_is_not_published(code: str, data: bytes) -> None:
    with pytest.raises(UncleanError):
        cleaned(data, TYPES[code])


def test_pictures_in_texts_and_annexes_are_published_clean(column: MakeColumn) -> None:
    files = {f"content/rules/p-{code}.{code}": with_everything(code, 6 if code == "jpeg" else 1) for code in NAMES}
    shown = " ".join(f"![图](p-{code}.{code})" for code in NAMES)
    made = column({"content/rules/a.md": entry("甲", shown, annexes="[p-jpeg.jpeg, p-tiff.tiff]"), **files})
    made.build()
    built = made.files()
    assert [path for path, data in built.items() if SECRET in data or SECRET in b"".join(_inflated(data)[:9])] == []
    assert dimensions(built["rules/p-jpeg.jpeg"], TYPES["jpeg"]) == (30, 40)
    assert 'width="30" height="40"' in made.text("rules/p-jpeg.jpeg.html")
    assert "rules/p-tiff.tiff.240.webp" in built, "browsers do not show TIFF"


def test_a_picture_that_cannot_be_cleaned_stops_the_build(column: MakeColumn) -> None:
    made = column(
        {"content/rules/a.md": entry("甲", "文\n\n![图](p.heic)"), "content/rules/p.heic": b"\0\0\0\x18ftypheic" * 9}
    )
    (problem,) = made.try_build().problems
    assert (problem.rule, problem.place.path, problem.place.line) == ("file-unfit", "content/rules/a.md", 7)
