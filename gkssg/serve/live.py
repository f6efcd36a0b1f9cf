"""What browsers are told: which files of the column changed since they loaded a page, and what is wrong with it."""

from collections.abc import Iterator, Mapping
import json
import secrets
from threading import Condition

MANY = 1000
"""More changed files than these are not named one by one."""
_QUIET = 10.0
"""Seconds after which something is sent although nothing happened: so a connection that is gone is noticed."""


class Live:
    """The state of the served column, for several threads. Each state has a number, within one ``run`` of the server.

    ``outputs`` are its files with their digests, ``notice`` is what to show over the page.
    """

    def __init__(self) -> None:
        self.run = secrets.token_hex(8)
        self.version = 0
        self.outputs: Mapping[str, str] = {}
        self._notice: Mapping[str, object] = {}
        self._changed: dict[str, int] = {}
        self._news = Condition()

    def show(self, outputs: Mapping[str, str], notice: Mapping[str, object]) -> None:
        """Let the column be these files from now on."""
        with self._news:
            self.version += 1
            for path in outputs.keys() | self.outputs.keys():
                if outputs.get(path) != self.outputs.get(path):
                    self._changed[path] = self.version
            self.outputs = outputs
            self._notice = notice
            self._news.notify_all()

    def events(self, run: str, since: int) -> Iterator[str]:
        """Give server-sent events for a page of the state ``since`` of a run: what is now, then news."""
        if run != self.run:
            yield _event(f"{self.run}/{self.version}", {"version": self.version, "changed": None})
            return
        told = -1
        while True:
            with self._news:
                if told == self.version and not self._news.wait(_QUIET):
                    event = ": still here\n\n"
                else:
                    changed = sorted(path for path, version in self._changed.items() if version > since)
                    news = {"version": self.version, "changed": changed if len(changed) <= MANY else None}
                    event = _event(f"{self.run}/{self.version}", {**news, **self._notice})
                    told = since = self.version
            yield event


def _event(name: str, data: Mapping[str, object]) -> str:
    return f"id: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
