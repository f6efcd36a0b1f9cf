"""Values as bytes: of them, pages can be made again where nothing but a text has changed, without planning."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
import io
import pickle
from typing import Any

from gkssg.site.model import Masthead, Page, PublicDocument
from gkssg.site.output import Value
from gkssg.store import Stored
from gkssg.values import Pickler


@dataclass(frozen=True, slots=True)
class Packed:
    """A value as bytes, without the head that all pages share, and the names of the texts that it holds."""

    data: bytes
    texts: tuple[str, ...]


def pack(value: Value) -> Packed:
    """Pack the value of an output."""
    buffer = io.BytesIO()
    packer = _Packer(buffer, pickle.HIGHEST_PROTOCOL)
    packer.dump(value)
    return Packed(buffer.getvalue(), tuple(packer.texts))


class _Packer(Pickler):
    def __init__(self, buffer: io.BytesIO, protocol: int) -> None:
        super().__init__(buffer, protocol)
        self.texts: dict[str, None] = {}

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  (as pickle has it)
        """Note the texts on the way, and leave out the head."""
        if type(value) is Masthead:
            return _the_head, ()
        if type(value) is Stored:
            self.texts[value.name] = None
        return super().reducer_override(value)


def unpack(data: bytes, masthead: Masthead) -> Value:
    """Give the value that was packed, under a head."""
    value: Value = _Unpickler(data, masthead).load()
    return value


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, masthead: Masthead) -> None:
        super().__init__(io.BytesIO(data))
        self._masthead = masthead

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  (any class)
        return (lambda: self._masthead) if name == _the_head.__name__ else super().find_class(module, name)


def _the_head() -> Masthead:
    raise TypeError("a packed value is unpacked under a head")


def with_texts(value: Any, texts: dict[str, Stored]) -> Any:  # noqa: ANN401  (any frozen value, and the same type)
    """Give a frozen value with other texts for those of the same names, wherever it holds them."""
    if isinstance(value, Stored):
        return texts.get(value.name, value)
    if isinstance(value, tuple):
        items = [with_texts(item, texts) for item in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else tuple(items)
    if is_dataclass(value) and not isinstance(value, type):
        names = _names(type(value))
        before = [getattr(value, name) for name in names]
        after = [with_texts(item, texts) for item in before]
        if all(new is old for new, old in zip(after, before, strict=True)):
            return value
        return type(value)(**dict(zip(names, after, strict=True)))
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


def document_of(value: Value) -> PublicDocument | None:
    """Find the entry that a page is the page of, in what it shows."""
    return next(_entries(value.content, value.address), None) if isinstance(value, Page) else None


def _entries(value: object, address: str) -> Iterator[PublicDocument]:
    if isinstance(value, PublicDocument) and value.entry.address == address:
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from _entries(getattr(value, name), address)
