"""``gkssg serve``: pages come first, what is served and to whom, and that the browser shows what was saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
import json
from pathlib import Path
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect
import pytest
from test_revise import settled
from watchdog.observers import Observer

from gkssg.cli import main
from gkssg.digest import digest_file
from gkssg.output.write import read_manifest
from gkssg.serve.live import MANY, Live
from gkssg.serve.watch import Watch

from conftest import BASE, COLUMN, TODAY, Column, MakeColumn, entry

LONG = "\n\n".join(f"第{number}段。" for number in range(200))
FILES: dict[str, str | bytes] = {
    "content/rules/a.md": entry("甲", f"开头。\n\n{LONG}"),
    "content/rules/b.md": entry("乙", "别处。", annexes="[x.csv, 旧.html]"),
    "content/rules/x.csv": "名称\n示例\n",
    "content/rules/旧.html": "<meta charset=gbk><p>旧网页".encode("gbk"),
    "secret.txt": "behind the column",
}
PATIENCE = 120.0


def index_files(made: Column) -> dict[str, bytes]:
    """Give the files of the search index."""
    return {path: data for path, data in made.files().items() if path.startswith("search/")}


def assert_clean(made: Column) -> None:
    """Compare what was built with a clean build."""
    made.build("clean")
    assert made.files() == made.files("clean")


def test_pages_stand_before_the_search_index_is_made(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    old = index_files(made)
    made.write({"content/rules/a.md": entry("甲", "改了。")})
    pages = made.build(index=False)
    assert pages.index_waits
    assert [path for path, _ in pages.made] == ["rules/a.html"]
    assert "改了。" in made.text("rules/a.html")
    assert index_files(made) == old
    manifest = read_manifest(made.root / "build").outputs
    assert {path: digest_file(made.root / "build" / path) for path in manifest} == manifest
    index = made.build()
    assert not index.index_waits
    assert {path.partition("/")[0] for path, _ in index.made} == {"search"}
    assert set(index.removed) == old.keys() - index_files(made).keys() != set()
    assert_clean(made)
    assert not made.build(index=False).index_waits


@pytest.mark.parametrize("cache", [None, "cache"])
def test_an_index_that_waits_is_made_whatever_comes_between(column: MakeColumn, cache: str | None) -> None:
    made = column(FILES)
    build = partial(made.build, cache=cache and made.root / cache)  # type: ignore[arg-type]  # passed on as given
    build()
    made.write({"content/rules/a.md": entry("甲", "改了。")})
    build(index=False)
    assert build(index=False).index_waits
    made.write({"content/rules/a.md": FILES["content/rules/a.md"]})  # as the old index has it
    assert build(index=False).index_waits
    build()
    assert_clean(made)


def test_a_change_overtakes_the_search_index(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    made.write({"content/rules/a.md": entry("甲", "改了。")})

    def change(stage: str, _done: int, _all: int) -> None:
        if stage == "index":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made.build(progress=change)  # type: ignore[arg-type]  # passed on as given
    assert "改了。" not in made.text("rules/a.html")
    made.build()
    assert_clean(made)


@pytest.mark.parametrize(
    "text",
    [entry("甲", attribute="on-request", reason="16-2"), entry("甲", attribute="withheld", title_open="no"), None],
    ids=["closed", "title closed", "removed"],
)
def test_what_is_withdrawn_goes_at_once_with_all_that_names_it(column: MakeColumn, text: str | None) -> None:
    made = column({**FILES, "content/rules/a.md": entry("甲", "只有这里有金丝雀。")})
    made.build()
    path = "content/rules/a.md"
    if text:
        made.write({path: text})
    else:
        (made.root / path).unlink()
    report = made.try_build(index=False)
    if report.failed:  # a reason is missing: nothing is built
        made.write({path: entry("甲", attribute="withheld", title_open="no", reason="15")})
        report = made.build(index=False)
    assert report.index_waits
    assert not any("金丝雀".encode() in data for data in made.files().values())
    assert not any("丝雀".encode() in data for data in made.files().values())
    assert index_files(made) == {}
    made.build()
    assert_clean(made)


def told(live: Live, run: str, since: int) -> dict[str, object]:
    """Give the first event of a stream."""
    data: dict[str, object] = json.loads(next(live.events(run, since)).partition("data: ")[2])
    return data


def test_a_page_hears_of_what_changed_since_it_was_loaded() -> None:
    live = Live()
    live.show({"a": "1", "b": "1"}, {})
    live.show({"a": "1", "b": "2", "c": "1"}, {"head": "x"})
    live.show({"a": "2", "c": "1"}, {})
    assert told(live, live.run, 1) == {"version": 3, "changed": ["a", "b", "c"]}
    assert told(live, live.run, 2)["changed"] == ["a", "b"]
    assert told(live, live.run, 3)["changed"] == []
    assert told(live, "an earlier server", 3)["changed"] is None
    live.show({str(number): "1" for number in range(MANY + 1)}, {"head": "y"})
    assert told(live, live.run, 3) == {"version": 4, "changed": None, "head": "y"}


@contextmanager
def watching(root: Path, *, poll: bool = False) -> Iterator[Callable[[], bool]]:
    """Watch a column; what is given tells whether a change was seen in time, and that it was seen as one."""
    with Watch(root, poll=poll, fallen_back=pytest.fail) as watch:
        yield lambda: watch.wait(PATIENCE) and not watch.wait(0.2)


@pytest.fixture(autouse=True)
def _looks_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkssg.serve.watch._LOOK", 0.1)


@pytest.mark.parametrize("poll", [False, True])
def test_a_change_is_seen(column: MakeColumn, *, poll: bool) -> None:
    made = column({"content/rules/b.md": entry("乙")})
    content = made.root / "content"
    with watching(made.root, poll=poll) as seen:
        made.write({"content/rules/new/a.md": entry("甲")})
        assert seen()
        made.write({"content/rules/new/a.md": entry("丙")})  # of the same length
        assert seen()
        made.write({"content/rules/new/.a.md.new": entry("丁")})
        (content / "rules/new/.a.md.new").replace(content / "rules/new/a.md")  # as many editors save
        assert seen()
        (content / "rules/new").rename(content / "rules/newer")
        assert seen()
        (content / "rules/b.md").unlink()
        assert seen()
        shutil.rmtree(content / "rules/newer")
        assert seen()


@pytest.mark.parametrize("poll", [False, True])
def test_folders_that_go_and_come_back_are_watched_again(column: MakeColumn, *, poll: bool) -> None:
    made = column({"content/rules/a.md": entry("甲")})
    content = made.root / "content"
    with watching(made.root, poll=poll) as seen:
        shutil.move(content, made.root / "elsewhere")
        assert seen()
        shutil.move(made.root / "elsewhere", content)
        assert seen()
        shutil.rmtree(content)
        assert seen()
        made.write(BASE)
        assert seen()
        made.write({"content/rules/a.md": entry("乙")})
        assert seen()
        made.write({"themes/default/templates/page.html": ""})
        assert seen()


@pytest.mark.parametrize("poll", [False, True])
def test_what_programs_put_beside_a_file_is_no_change(column: MakeColumn, *, poll: bool) -> None:
    made = column({"content/rules/a.md": entry("甲")})
    names = (".a.md.swp", "a.md~", "~$a.docx", "~WRL0005.tmp", ".git/x")
    with Watch(made.root, poll=poll, fallen_back=pytest.fail) as watch:
        made.write({**{f"content/rules/{name}": "" for name in names}, "build/a": ""})
        (made.root / "content/rules/a.md").read_text("utf-8")
        assert not watch.wait(0.4)
        assert not watch.changed


@pytest.mark.parametrize("call", ["__init__", "schedule"])
def test_where_the_system_cannot_watch_it_looks_by_itself(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    made = column({})
    said: list[str] = []

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, call, fail)
    with Watch(made.root, poll=False, fallen_back=said.append) as watch:
        made.write({"content/rules/a.md": entry("甲")})
        assert watch.wait(PATIENCE)
    assert said == ["inotify watch limit reached"]


def test_a_change_that_the_system_does_not_tell_is_found_all_the_same(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = column({})
    monkeypatch.setattr(Watch, "on_any_event", lambda *_: None)
    with watching(made.root) as seen:
        made.write({"content/rules/a.md": entry("甲")})
        assert seen()


@dataclass
class Server:
    """A running ``gkssg serve``; what it says goes into a file, so that nothing waits for anything."""

    made: Column
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """What it has said so far."""
        return self.log.read_text("utf-8")

    @property
    def address(self) -> str:
        """Where it answers."""
        self.wait(lambda: self.said.startswith("http") and "\n" in self.said)
        return self.said.partition("\n")[0]

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.01)

    def built(self, times: int = 1) -> bool:
        """Tell whether it has finished so many builds."""
        return self.said.count("files written, ") >= times

    def raw(self, request: str | bytes) -> tuple[str, bytes]:
        """Send a request as it is; give the head and the body of the answer."""
        port = urlsplit(self.address).port or 0
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            connection.sendall(request if isinstance(request, bytes) else request.encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        return head.decode("latin-1"), body

    def get(self, path: str, *headers: str, host: str = "127.0.0.1", method: str = "GET") -> tuple[int, str, bytes]:
        """Ask for a path as it is; give the status, the head and the body."""
        lines = (f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "", "")
        head, body = self.raw("\r\n".join(lines))
        return int(head.split()[1]), head, body

    def end(self, number: int = signal.SIGTERM) -> int:
        """Have it end; give its exit status."""
        self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait(PATIENCE)


@contextmanager
def serving(made: Column, *arguments: str) -> Iterator[Server]:
    """Run ``gkssg serve`` on a free port."""
    command = [sys.executable, "-m", "gkssg", "-C", str(made.root), "--lang", "en", "serve"]
    options = ["--port", "0", "--today", f"{TODAY}", "--jobs", "1", *arguments]
    log = made.root.with_name("said.txt")
    with log.open("wb") as file:
        process = subprocess.Popen([*command, *options], stdout=file, stderr=file)
    server = Server(made, process, log)
    try:
        yield server
    finally:
        # Not SIGINT: whoever started the tests in the background has told all of us to ignore it.
        server.end()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that has built; tests that use it change nothing."""
    made = Column(tmp_path_factory.mktemp("served"))
    made.write({**BASE, **FILES})
    with serving(made, "--out", str(made.root / "build"), "--jobs", "2") as running:
        running.wait(running.built)
        yield running


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "", "0.0.0.0"],  # noqa: S104  (refused)
)
def test_other_hosts_are_refused(server: Server, host: str) -> None:
    status, _, body = server.get("/index.html", host=host)
    assert (status, b"<html" in body) == (403, False)
    assert server.get(f"http://{host or 'x'}/index.html")[0] == 403


def test_this_machine_is_served_by_each_of_its_names(server: Server) -> None:
    for host in ("127.0.0.1", "localhost", "LOCALHOST:8000"):
        assert server.get("/", host=host)[0] == 200
    assert server.raw("GET / HTTP/1.0\r\n\r\n")[0].split()[1] == "403"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/rules/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/file:///etc/passwd",
        "/rules/a.html%00.png",
        "/content/rules/a.md",
        "/.gkssg/session.py",
        "/.gkssg/../secret.txt",
        "/.gkssg-aside/0",
        "/rules/a",
        "/theme/",
        "/theme",
        "/%ff%fe",
    ],
)
def test_nothing_but_the_column_is_served(server: Server, path: str) -> None:
    status, _, body = server.get(path)
    assert status == 404
    assert b"behind the column" not in body
    assert b"root:" not in body


def test_sections_files_and_missing_pages(server: Server) -> None:
    status, head, body = server.get("/rules/")
    assert (status, "text/html; charset=utf-8" in head, "甲".encode() in body) == (200, True, True)
    assert "Location: rules/" in server.get("/rules")[1]
    status, head, body = server.get("/nothing/here.html")
    assert (status, b"https://www.example.gov.cn/zfxxgk/index.html" in body, b"/.gkssg/live.js" in body) == (
        404,
        True,
        True,
    )
    assert server.get("/rules/x.csv")[2] == "名称\n示例\n".encode()
    status, head, body = server.get("/index.html", method="HEAD")
    assert (status, body) == (200, b"")
    assert server.get("/index.html", method="POST")[0] == 405
    assert "206" in server.get("/rules/x.csv", "Range: bytes=0-2")[1]
    etag = next(line for line in server.get("/theme/layout.css")[1].splitlines() if line.startswith("ETag"))
    assert server.get("/theme/layout.css", etag.replace("ETag", "If-None-Match"))[0] == 304


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/index.html", "text/html; charset=utf-8"),
        ("/theme/layout.css", "text/css; charset=utf-8"),
        ("/theme/search.js", "text/javascript; charset=utf-8"),
        ("/rules/x.csv", "text/csv; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/catalogue.json", "application/json"),
        ("/rules/%E6%97%A7.html", "text/html"),
    ],
)
def test_types_are_told_and_kept(server: Server, path: str, kind: str) -> None:
    _, head, _ = server.get(path)
    assert f"Content-Type: {kind}\r\n" in head
    assert "X-Content-Type-Options: nosniff" in head
    assert "Cross-Origin-Resource-Policy: same-origin" in head


def test_the_script_is_in_no_file_on_disk(server: Server) -> None:
    assert b"/.gkssg/live.js" in server.get("/rules/a.html")[2]
    assert not any(b".gkssg" in data for data in server.made.files().values())
    assert server.get("/rules/%E6%97%A7.html")[2] == FILES["content/rules/旧.html"]
    server.made.build("clean", language="en")
    assert server.made.files() == server.made.files("clean")


def test_several_saves_are_one_build_and_an_error_does_not_end_it(column: MakeColumn) -> None:
    made = column({**FILES, "themes/default/templates/page.html": '{% extends "default/page.html" %}'})
    with serving(made) as server:
        server.wait(server.built)
        for number in range(5):
            made.write({f"content/rules/{number}.md": entry(f"新{number}")})
        server.wait(lambda: server.built(2))
        assert server.said.count("the search index follows") == 2
        made.write(
            {
                "themes/default/templates/page.html": "{{ value.nothing }}",
                "content/rules/p.md": entry("页", kind="page"),
            }
        )
        server.wait(lambda: "page.html:1:1: error" in server.said)
        made.write({"themes/default/templates/page.html": '{% extends "default/page.html" %}'})
        server.wait(lambda: server.get("/rules/p.html")[0] == 200)
        shutil.rmtree(made.root / "content")
        server.wait(lambda: "[column-missing]" in server.said)
        assert server.get("/rules/4.html")[0] == 200
        made.write({**BASE, **FILES})
        server.wait(lambda: server.get("/rules/4.html")[0] == 404)
        assert server.end() == 0
    assert server.said.endswith("The server has ended.\n")
    assert "Traceback" not in server.said


@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="Ctrl+C is ignored here")
def test_ctrl_c_ends_it_in_the_middle_of_a_build(column: MakeColumn) -> None:
    with serving(column(FILES)) as server:
        assert server.address
        assert server.end(signal.SIGINT) == 0
    assert "Traceback" not in server.said


def half_written(path: Path) -> None:
    """Save a file in two goes, with time between them in which it is seen as it is."""
    text = entry("乙", "写到一半，再写完。", based_on="rules/a")
    path.write_text(text[:20], "utf-8")
    time.sleep(0.1)
    path.write_text(text, "utf-8")


def beside(path: Path) -> None:
    """Save a file as many editors do: beside the old one, then in its place."""
    new = path.with_name(".new")
    new.write_text(entry("甲又改名", "先写在旁边，再换过去。"), "utf-8")
    new.replace(path)


def saved(text: str) -> Callable[[Path], object]:
    """Give what saves a text."""
    return lambda path: path.write_text(text, "utf-8")


EDITS: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("rules/a.md", saved(entry("甲", "改了正文。"))),
    ("rules/a.md", saved(entry("甲改了名", "改了正文。", published="2026-01-02"))),
    ("rules/b.md", half_written),
    ("rules/a.md", beside),
    ("rules", lambda path: shutil.copytree(path, path / "copied")),
    ("rules/copied", lambda path: path.rename(path.with_name("moved"))),
    ("rules/a.md", saved(entry("甲", attribute="withheld", reason="16-2"))),
    ("rules/moved/b.md", Path.unlink),
    ("rules/a.md", saved(entry("甲", "又公开了。"))),
    ("column.yml", saved(COLUMN.replace("政府信息公开", "政府信息公开专栏", 1))),
    ("rules/moved", shutil.rmtree),
)
"""One edit after the other, of each kind that editors make: a path in ``content/``, and what is done to it."""


def test_whatever_is_edited_what_is_served_equals_a_clean_build(column: MakeColumn) -> None:
    made = column(FILES)
    manifest = made.root / "build/manifest.json"
    with serving(made, "--out", str(manifest.parent)) as server:
        server.wait(server.built)
        for path, edit in EDITS:
            edit(made.root / "content" / path)
            made.build("clean", language="en")
            expected = made.text("manifest.json", "clean")
            server.wait(lambda expected=expected: manifest.read_text("utf-8") == expected)  # type: ignore[misc]
        server.wait(lambda: not (manifest.parent / ".gkssg-aside").exists())
        assert made.files() == made.files("clean")
        assert "Traceback" not in server.said


def test_a_large_column_is_built_by_several_processes_that_know_nothing_yet(column: MakeColumn) -> None:
    """They are no forks of the server, so all they need is sent to them: for reading, for pages, for the index."""
    many = {f"content/rules/{number}.md": entry(f"制度{number}", f"第{number}项。") for number in range(510)}
    made = column(many)
    settled(made)
    manifest = made.root / "build/manifest.json"
    with serving(made, "--out", str(manifest.parent), "--jobs", "2") as server:
        server.wait(server.built)
        for text in ("第一次改。", "又改一次。"):  # the second time it is the short way
            made.write({"content/rules/3.md": entry("制度3", text)})
            made.build("clean", language="en")
            expected = made.text("manifest.json", "clean")
            server.wait(lambda expected=expected: manifest.read_text("utf-8") == expected)  # type: ignore[misc]
        assert "build broke off" not in server.said
        assert "Traceback" not in server.said


def test_what_is_withdrawn_is_served_no_more(column: MakeColumn) -> None:
    made = column({**FILES, "content/rules/a.md": entry("甲", "只有这里有金丝雀。")})
    with serving(made) as server:
        server.wait(server.built)
        assert "金丝雀".encode() in server.get("/rules/a.html")[2]
        made.write({"content/rules/a.md": entry("甲", attribute="withheld", reason="16-2")})
        server.wait(lambda: "金丝雀".encode() not in server.get("/rules/a.html")[2])
        server.wait(lambda: server.built(2))
        assert "丝雀" not in server.said


def test_before_the_first_build_succeeds_a_page_says_so(column: MakeColumn) -> None:
    made = column({"content/rules/a.md": entry("甲", published="2026-13-01")})
    with serving(made) as server:
        server.wait(lambda: "rules/a.md:4:12: error" in server.said)
        status, _, body = server.get("/rules/a.html")
        assert (status, b"not built yet" in body) == (503, True)


def test_a_port_in_use_is_said(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(column({}).root)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["-C", root, "serve", "--port", port]) == 1
    assert f"端口 {port} 不能用" in capsys.readouterr().err


def test_wrong_places_are_said(column: MakeColumn, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(column({}).root)
    assert main(["-C", str(tmp_path), "serve", "--port", "0"]) == 1
    assert "[column-missing]" in capsys.readouterr().err
    assert main(["-C", root, "serve", "--port", "0", "--out", f"{root}/content"]) == 1
    assert "[out-unsafe]" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["-C", root, "serve", "--port", "65536"])


@pytest.mark.browser
def test_the_browser_shows_what_was_saved(column: MakeColumn, browser: Browser) -> None:
    made = column(FILES)
    with serving(made) as server:
        page = browser.new_page(viewport={"width": 1000, "height": 600})
        page.goto(f"{server.address}rules/a.html")
        server.wait(server.built)
        expect(page.get_by_text("开头。", exact=True)).to_be_visible(
            timeout=PATIENCE * 1000
        )  # it was not built at first
        page.evaluate("scrollTo(0, 1500)")
        made.write({"content/rules/a.md": entry("甲", f"开头改了。\n\n{LONG}")})
        expect(page.get_by_text("开头改了。", exact=True)).to_be_attached(timeout=PATIENCE * 1000)
        server.wait(lambda: abs(page.evaluate("scrollY") - 1500) < 5)

        page.evaluate("window.same = true")
        made.write({"content/rules/b.md": entry("乙", "别处也改了。", published="2026-13-01")})
        panel = page.locator("gkssg-problems details")
        expect(panel).to_have_attribute("open", "", timeout=PATIENCE * 1000)
        expect(panel).to_contain_text("content/rules/b.md:4:12")
        expect(panel).to_contain_text("there is no month 13")
        expect(panel).to_contain_text("write YYYY-MM-DD")
        made.write({"content/rules/b.md": entry("乙", "别处也改了。")})
        expect(panel).to_have_count(0, timeout=PATIENCE * 1000)
        assert page.evaluate("window.same")  # another page changed, not this one

        made.write({"themes/default/static/custom.css": "h1 { color: rgb(1, 2, 3) }"})
        expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=PATIENCE * 1000)
        page.close()
