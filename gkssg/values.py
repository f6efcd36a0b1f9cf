"""Frozen dataclasses in bulk: all fields of one at once, and a way of pickling them that is read again fast."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
import io
from operator import attrgetter
import pickle
from typing import Any

Reader = Callable[[object], tuple[object, ...]]


@cache
def reader(kind: type, *, compared: bool = False) -> Reader | None:
    """Give what reads the fields of a dataclass, all or those that are compared; None for what is no dataclass."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind) if field.compare or not compared]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def pickled(value: object) -> bytes:
    """Pickle a value whose dataclasses are made of their fields alone; :func:`pickle.loads` reads it."""
    data = io.BytesIO()
    Pickler(data, pickle.HIGHEST_PROTOCOL).dump(value)
    return data.getvalue()


class Pickler(pickle.Pickler):
    """Has a dataclass made by its class; its own way, field by field in Python, takes three times as long."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  (as pickle has it)
        """Give the class of a dataclass and what it is made of; leave everything else to pickle."""
        kind = type(value)
        read = None if kind is type or "__reduce__" in vars(kind) else reader(kind)  # type: ignore[arg-type]  # a class is hashable
        return (kind, read(value)) if read else NotImplemented
