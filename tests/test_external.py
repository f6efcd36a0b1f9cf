"""``check --external``: what a host answers and what is told; how often it is asked, and that nobody is otherwise."""

from collections.abc import Callable, Iterator
import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
from pathlib import Path
from threading import Thread

import pytest

from gkssg import external
from gkssg.cli import main
from gkssg.external import external_problems
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import Column, MakeColumn, entry

NOW = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)
ANSWERS = {
    "/there": 200,
    "/gone": 404,
    "/only-get": 200,
    "/busy": 503,
    "/refused": 403,
    "/moved": 301,
    "/moved-off": 302,
}


class Host:
    """A website on this machine, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        host = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                host.asked.append((self.command, self.path))
                host.agents.add(self.headers["User-Agent"])
                code = 405 if (self.command, self.path) == ("HEAD", "/only-get") else ANSWERS.get(self.path, 404)
                self.send_response(code)
                if self.path == "/moved":
                    self.send_header("Location", "/there")
                if self.path == "/moved-off":
                    self.send_header("Location", "file:///etc/hostname")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_HEAD = do_GET = answer  # noqa: N815  (as http.server calls them)

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = Host()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def linking(column: MakeColumn, host: Host, *paths: str, **fields: str) -> Column:
    """Make a column with an entry that links to paths of a host."""
    text = "\n\n".join(f"[甲]({host.address}{path})" for path in paths)
    return column({"content/statutory/policy/a.md": entry("甲", text, **fields)})


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., str]:
    """Give a way to check the links of a column and print what is told."""

    def asked(made: Column, now: datetime.datetime = NOW) -> str:
        return as_text(external_problems(made.root, tmp_path / "kept", now, pause=0), Speaker("en"))

    return asked


def test_what_leads_nowhere_is_told_with_its_place(column: MakeColumn, host: Host, ask: Callable[..., str]) -> None:
    made = linking(column, host, "/there", "/gone", "/only-get", "/busy", "/refused", "/moved")
    path = "content/statutory/policy/a.md"
    assert ask(made) == (
        f"{path}:7:5: warning: “{host.address}/gone” leads nowhere: the host answers 404 [link-dead]\n"
        "    open it in a browser; correct it, or delete the link\n"
    )
    assert ("GET", "/gone") in host.asked
    assert ("GET", "/only-get") in host.asked
    assert ("GET", "/there") not in host.asked
    assert all(agent.startswith("gkssg/") for agent in host.agents)


def test_what_was_answered_holds_for_a_day(column: MakeColumn, host: Host, ask: Callable[..., str]) -> None:
    made = linking(column, host, "/gone", "/there")
    first = ask(made)
    count = len(host.asked)
    assert ask(made, NOW + datetime.timedelta(hours=23)) == first
    assert len(host.asked) == count
    ask(made, NOW + datetime.timedelta(hours=25))
    assert len(host.asked) == 2 * count


def test_a_host_that_is_not_there(column: MakeColumn, host: Host, ask: Callable[..., str]) -> None:
    made = column({"content/statutory/policy/a.md": entry("甲", "<http://127.0.0.1:9/x>")})
    assert "leads nowhere: the host cannot be reached (" in ask(made)
    assert host.asked == []


def test_a_redirection_leads_to_no_file(column: MakeColumn, host: Host, ask: Callable[..., str]) -> None:
    assert "leads nowhere: the host answers 302" not in ask(linking(column, host, "/there"))
    assert "file:" not in ask(linking(column, host, "/moved-off"))


def test_addresses_of_entries_that_are_not_open_are_never_asked_for(
    column: MakeColumn, host: Host, ask: Callable[..., str]
) -> None:
    made = linking(column, host, "/gone", attribute="withheld", reason="16-2", review_by="2027-01-01")
    assert ask(made) == ""
    assert host.asked == []


def test_broken_memory_is_forgotten(column: MakeColumn, host: Host, ask: Callable[..., str], tmp_path: Path) -> None:
    made = linking(column, host, "/gone")
    for text in ("{", "[]", json.dumps({f"{host.address}/gone": ["", "yesterday"]})):
        (tmp_path / "kept").mkdir(exist_ok=True)
        (tmp_path / "kept" / "external.json").write_text(text, "utf-8")
        assert "404" in ask(made)


def test_one_host_is_asked_slowly(
    column: MakeColumn, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("gkssg.external.time.sleep", pauses.append)
    made = linking(column, host, "/there", "/moved", "/gone")
    external_problems(made.root, tmp_path / "kept", NOW)
    assert pauses == [external.PAUSE] * 3  # before the second, before the third, before its GET


def test_nobody_is_asked_unless_it_is_wanted(
    column: MakeColumn, host: Host, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = linking(column, host, "/gone")
    assert main(["--lang", "en", "-C", str(made.root), "check"]) == 0
    made.build()
    assert host.asked == []
    monkeypatch.setattr("gkssg.external.time.sleep", lambda _: None)
    assert main(["--lang", "en", "-C", str(made.root), "check", "--external"]) == 0
    assert "[link-dead]" in capsys.readouterr().out
