"""``check --external``: whether the links of open entries to other hosts still lead somewhere. Asked only on demand.

It is polite: few hosts at once, one question at a time to each, with a pause between; and what a host answered is
asked again on the next day only. Nothing is sent but the addresses, and none of entries that are not open.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
import datetime
from functools import partial
from html import unescape
from http.client import HTTPException, HTTPMessage
import json
from pathlib import Path
import re
import time
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from gkssg import __version__
from gkssg.archive.load import load
from gkssg.archive.model import Archive, Document
from gkssg.language import Message, say
from gkssg.problem import Place, Problem, Severity

AT_ONCE = 4
PAUSE = 1.0
TIMEOUT = 15.0
MOST = 5000
_DAY = datetime.timedelta(days=1)
_KNOWN = "external.json"
_HREF = re.compile(r'<a\b[^>]*? href="(https?://[^"]+)"')
_GONE = 400
_UNDECIDED = frozenset({401, 402, 403, 407, 408, 412, 418, 421, 425, 429, 451, 500, 502, 503, 504, 520, 521, 522, 523})
"""Answers after which the page may well be there for readers: a program is refused, or the host is busy."""
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for an address at a moment: ``fault`` is empty where it leads somewhere, or may."""

    fault: str
    moment: str


class _Web(HTTPRedirectHandler):
    """Follow redirections with the method that was asked with."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Ask for the address that the host names, but nothing else than a website's."""
        if urlsplit(newurl).scheme not in {"http", "https"}:
            raise HTTPError(req.full_url, code, msg, headers, fp)
        again = super().redirect_request(req, fp, code, msg, headers, newurl)
        if again is not None:
            again.method = req.get_method()
        return again


def external_problems(
    root: Path, cache: Path, now: datetime.datetime, jobs: int = 1, *, pause: float = PAUSE
) -> tuple[Problem, ...]:
    """Ask for every address that open entries of a column link to, and tell of those that lead nowhere."""
    archive, _ = load(root, jobs)
    wanted = _links(archive)
    known = _read(cache, now)
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in list(wanted)[:MOST]:
        if url not in known:
            by_host[urlsplit(url).netloc].append(url)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for answers in pool.map(partial(_ask_all, pause), by_host.values()):
            known |= {url: Answer(fault, now.isoformat()) for url, fault in answers.items()}
    _write(cache, known)
    return tuple(_problems(root, wanted, known))


def _links(archive: Archive) -> dict[str, list[Document]]:
    """Give the addresses in the texts of open entries, with the entries."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in archive.documents:
        html = document.body.html.read() if document.is_active else ""
        for url in dict.fromkeys(unescape(url) for url in _HREF.findall(html)):
            found[url].append(document)
    return found


def _problems(root: Path, wanted: dict[str, list[Document]], known: dict[str, Answer]) -> Iterator[Problem]:
    for url, documents in wanted.items():
        if url in known and known[url].fault:
            for document in documents:
                message = say("“{found}” leads nowhere: {why}", found=url, why=_why(known[url].fault))
                hint = say("open it in a browser; correct it, or delete the link")
                yield Problem(_place(root, document, url), "link-dead", message, hint, Severity.WARNING)


def _why(fault: str) -> Message:
    if fault.isdecimal():
        return say("the host answers {code}", code=fault)
    return say("the host cannot be reached ({why})", why=fault)


def _place(root: Path, document: Document, url: str) -> Place:
    lines = (root / document.path).read_text("utf-8", errors="replace").split("\n")
    found = ((number, line.find(url)) for number, line in enumerate(lines, 1))
    return next((Place(document.path, number, at + 1) for number, at in found if at >= 0), Place(document.path))


def _ask_all(pause: float, urls: Iterable[str]) -> dict[str, str]:
    """Ask one host for its addresses, one after the other."""
    opener = build_opener(_Web())
    opener.addheaders = [("User-Agent", f"gkssg/{__version__} (link check)"), ("Accept", "*/*")]
    answers: dict[str, str] = {}
    for url in urls:
        if answers:
            time.sleep(pause)
        answers[url] = _fault(opener, url, pause)
    return answers


def _fault(opener: OpenerDirector, url: str, pause: float) -> str:
    """Give what is wrong with an address, or nothing; HEAD is asked first, and GET where the host has none of it."""
    first = _asked(opener, url, "HEAD")
    if not first:
        return ""
    time.sleep(pause)
    return _asked(opener, url, "GET")


def _asked(opener: OpenerDirector, url: str, method: str) -> str:
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
        address = quote(parts._replace(netloc=host, fragment="").geturl(), safe=_SAFE)
        request = Request(address, method=method)  # noqa: S310  (only http and https come here)
        with opener.open(request, timeout=TIMEOUT) as answer:
            code = int(answer.status)
    except HTTPError as error:
        error.close()
        code = error.code
    except URLError as error:
        return str(getattr(error.reason, "strerror", None) or error.reason)[:200]
    except (OSError, HTTPException, ValueError) as error:
        return str(error)[:200] or type(error).__name__
    return str(code) if code >= _GONE and code not in _UNDECIDED else ""


def _read(cache: Path, now: datetime.datetime) -> dict[str, Answer]:
    """Give the answers that are not a day old."""
    try:
        rows = json.loads((cache / _KNOWN).read_text("utf-8"))
        answers = {str(url): Answer(str(fault), str(moment)) for url, (fault, moment) in rows.items()}
        return {
            url: answer
            for url, answer in answers.items()
            if now - _DAY < datetime.datetime.fromisoformat(answer.moment) <= now
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(cache: Path, known: dict[str, Answer]) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    rows = {url: (answer.fault, answer.moment) for url, answer in known.items()}
    (cache / _KNOWN).write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
