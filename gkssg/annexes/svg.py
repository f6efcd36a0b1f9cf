"""SVG as it is published: drawing only, with nothing that acts, loads from elsewhere or tells of its author."""

import base64
import binascii
from collections.abc import Callable
import re
from xml.etree import ElementTree as Writer  # for writing; defusedxml reads
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from gkssg.annexes.limits import DAMAGED, UnfitError
from gkssg.language import say

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_DROPPED = {f"{_SVG}{name}" for name in ("script", "foreignObject", "metadata", "handler", "listener", "iframe")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OUTSIDE = re.compile(r"@import|expression\(|url\(\s*['\"]?\s*(?!['\"#\s])", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(png|jpeg|jpg|gif|webp);base64,(.*)", re.DOTALL | re.IGNORECASE)
_EXTRAS = re.compile(rb"<!--|<!DOCTYPE|<\?(?!xml\s)", re.IGNORECASE)

Writer.register_namespace("", _SVG.strip("{}"))
Writer.register_namespace("xlink", _XLINK.strip("{}"))


def cleaned_svg(data: bytes, embedded: Callable[[str, bytes], bytes]) -> bytes:
    """Give a drawing without scripts, comments, metadata and outside references; ``embedded`` cleans pictures in it.

    A drawing that has none comes back as it is. Raises UnfitError when it cannot be read.
    """
    try:
        root = ElementTree.fromstring(data, forbid_dtd=False)
        changed = _clean(root, embedded)
    except DefusedXmlException as error:
        raise UnfitError(say("the file defines XML entities, which can be made to grow without limit")) from error
    except (ElementTree.ParseError, binascii.Error, RecursionError, ValueError, LookupError) as error:
        raise UnfitError(DAMAGED) from error
    if root.tag != f"{_SVG}svg":
        raise UnfitError(DAMAGED)
    return Writer.tostring(root, "utf-8", xml_declaration=True) if changed or _EXTRAS.search(data) else data


def _clean(element: Element, embedded: Callable[[str, bytes], bytes]) -> bool:
    changed = False
    for name, value in list(element.attrib.items()):
        kept = _kept(name, value, embedded)
        if kept != value:
            changed = True
            del element.attrib[name]
            if kept:
                element.set(name, kept)
    for child in list(element):
        if _is_dropped(child):
            changed = True
            element.remove(child)
        else:
            changed |= _clean(child, embedded)
    return changed


def _is_dropped(element: Element) -> bool:
    if not element.tag.startswith(_SVG) or element.tag in _DROPPED:
        return True
    if element.tag == f"{_SVG}style":
        return bool(_OUTSIDE.search("".join(element.itertext())))
    return element.get("attributeName", "").lower().endswith("href")


def _kept(name: str, value: str, embedded: Callable[[str, bytes], bytes]) -> str:
    if name in {"href", f"{_XLINK}href"}:
        picture = _EMBEDDED.fullmatch(value.strip())
        if picture:
            clean = embedded(picture[1].lower().replace("jpg", "jpeg"), base64.b64decode(picture[2]))
            return f"data:image/{picture[1]};base64,{base64.b64encode(clean).decode('ascii')}"
        return value if value.strip().startswith("#") else ""
    if name.startswith("{") and not name.startswith(_XLINK) and name != _SPACE:
        return ""
    if name.lower().startswith("on") or _OUTSIDE.search(value):
        return ""
    return value
