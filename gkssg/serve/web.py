"""The served column: its files and nothing else, to this machine alone. Pages get the script that keeps them current.

Only what the manifest lists is given; no link is followed out of the folder, no folder is listed. Requests that name
another host are refused: a page elsewhere could have its own name lead here, and read what is not published yet.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
import mimetypes
from pathlib import Path
import socket
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.sansio.utils import host_is_trusted
from werkzeug.security import safe_join
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import redirect, send_file
from werkzeug.wrappers import Request, Response

from gkssg.language import Speaker
from gkssg.serve.live import Live

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ADDRESS = "127.0.0.1"
_HOSTS = (ADDRESS, "localhost")
_OWN = ".gkssg/"
"""Where the script and the events are; a column has no file whose path begins so."""
_SCRIPT = Path(__file__).with_name("live.js")
_POLICY = b"default-src 'none'"
"""How the Content-Security-Policy of a page begins."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",  # no page elsewhere may load a file as its own script or picture
}
_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ofd": "application/ofd",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
"""What the settings of a system sometimes have otherwise, or do not have."""


class Web:
    """A WSGI application that serves the column in the folder ``out``, as far as it is built."""

    def __init__(self, out: Path, live: Live, speaker: Speaker) -> None:
        self._out = out
        self._live = live
        self._speaker = speaker

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        response = self._answer(Request(environ))
        response.headers.update(_HEADERS)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if not host_is_trusted(request.headers.get("Host", "").lower(), _HOSTS):
            return Response("This server answers to 127.0.0.1 and localhost only.\n", 403)
        if request.method not in {"GET", "HEAD"}:
            return Response(status=405, headers={"Allow": "GET, HEAD"})
        path = request.path.removeprefix("/")
        if path.startswith(_OWN):
            return self._own(path.removeprefix(_OWN), request)
        if not path or path.endswith("/"):
            path += "index.html"
        if path in self._live.outputs:
            return self._file(path, 200, request)
        if f"{path}/index.html" in self._live.outputs:
            return redirect(quote(path.rpartition("/")[2]) + "/")
        return self._file("404.html", 404, request)

    def _own(self, name: str, request: Request) -> Response:
        if name == "live.js":
            return send_file(_SCRIPT, request.environ, "text/javascript")
        if name == "events":
            named = request.headers.get("Last-Event-ID") or request.query_string.decode("ascii", "replace")
            run, _, since = named.partition("/")
            events = self._live.events(run, int(since) if since.isdecimal() else 0)
            headers = {"Cache-Control": "no-store"}
            return Response(events, mimetype="text/event-stream", headers=headers)
        return Response(status=404)

    def _file(self, path: str, status: int, request: Request) -> Response:
        # The state is asked for before the file is read: what changes in between is told as news.
        version, digest = self._live.version, self._live.outputs.get(path, "")
        place = safe_join(str(self._out), path)
        if not digest or place is None or not self._is_inside(Path(place)):
            return self._not_built(version)
        kind = _type_of(path)
        if kind.startswith("text/") or kind == "application/xml":
            data = Path(place).read_bytes()
            if not _is_utf8(data):
                return Response(data, status, content_type=kind)  # an annex; its browser may find out
            if kind == "text/html":
                headers = {"Cache-Control": "no-store"}
                return Response(self._kept_current(data, version), status, headers, mimetype=kind)
        response = send_file(place, request.environ, kind, etag=digest)
        if status != response.status_code == 200:  # noqa: PLR2004  (what is said of a file that is there)
            response.status_code = status
        return response

    def _is_inside(self, file: Path) -> bool:
        """Tell whether a file is there, and no link on the way to it leads out of the folder."""
        return file.is_file() and file.resolve().is_relative_to(self._out.resolve())

    def _not_built(self, version: int) -> Response:
        said = escape(self._speaker.word("This column is not built yet. This page will show it when it is."))
        page = f'<!doctype html><meta charset="utf-8"><title>gkssg</title><body data-gk-unbuilt><p>{said}</p></body>'
        headers = {"Cache-Control": "no-store"}
        return Response(self._kept_current(page.encode(), version), 503, headers, mimetype="text/html")

    def _kept_current(self, page: bytes, version: int) -> bytes:
        """Put the script into a page as it leaves, and let it listen; on disk it has none."""
        page = page.replace(_POLICY, _POLICY + b"; connect-src 'self'", 1)
        script = f'<script defer src="/{_OWN}live.js" data-state="{self._live.run}/{version}"></script>\n'.encode()
        end = page.rfind(b"</body>")
        return page + script if end < 0 else page[:end] + script + page[end:]


class _Handler(WSGIRequestHandler):
    """Writes no log: the terminal is for what is wrong with the column."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """Say nothing."""


@contextmanager
def running(listener: socket.socket, web: Web) -> Iterator[None]:
    """Answer requests that come to a listening socket, in threads of their own."""
    port = listener.getsockname()[1]
    server = make_server(ADDRESS, port, web, threaded=True, request_handler=_Handler, fd=listener.fileno())
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _type_of(path: str) -> str:
    named = _TYPES.get(Path(path).suffix.lower())
    if named:
        return named
    kind, packed = mimetypes.guess_type(path)
    return kind if kind and not packed else "application/octet-stream"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
