"""``gkssg mask``: a text file with its personal data masked, 138****1234; every other character stays."""

from dataclasses import dataclass
from pathlib import Path

from gkssg.language import Message, say
from gkssg.personal.find import WHAT, find, is_own_contact

ENDINGS = (".md", ".csv", ".txt")


class UnmaskableError(Exception):
    """A file that cannot be masked here; :attr:`why` says the reason."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.template)
        self.why = why


@dataclass(frozen=True, slots=True)
class Masked:
    """One place that is masked: its line, what it is, and what stands there now."""

    line: int
    what: Message
    shown: str


def masked(text: str) -> tuple[str, tuple[Masked, ...]]:
    """Mask what is found in a text; what is masked is found no more, so that a second time changes nothing."""
    front = text.find("\n---", 3) if text.startswith("---\n") else 0
    parts: list[str] = []
    done: list[Masked] = []
    line, end = 1, 0
    for finding in find(text):
        if finding.start >= front or not is_own_contact(finding, text):
            line += text.count("\n", end, finding.start)
            parts += (text[end : finding.start], finding.masked)
            done.append(Masked(line, WHAT[finding.kind], finding.masked))
            end = finding.end
    return "".join([*parts, text[end:]]), tuple(done)


def mask_file(path: Path, *, write: bool) -> tuple[Masked, ...]:
    """Mask a file, or tell only what would be masked. Raises OSError, and UnmaskableError for what is no text."""
    if path.suffix.lower() not in ENDINGS:
        raise UnmaskableError(say("this is no text file; mask the data in the program that made it"))
    data = path.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnmaskableError(say("the file is not UTF-8; save it as UTF-8 first")) from error
    new, done = masked(text)
    if write and done:
        path.write_bytes(new.encode())
    return done
