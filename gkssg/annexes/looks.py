"""What a page shows of a file, as values."""

from dataclasses import dataclass

from gkssg.language import Message


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its number in the file, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The beginning of a table.

    ``columns`` are what the columns are called; without them, the table has no head. ``all_rows`` and ``all_columns``
    count those that are not shown too, as far as they are not hidden; ``is_counted``: there are no rows beyond them.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    all_rows: int
    all_columns: int
    is_counted: bool = True

    @property
    def shown_columns(self) -> int:
        """How many columns are shown."""
        return max((len(row.cells) for row in self.rows), default=len(self.columns))

    @property
    def is_whole(self) -> bool:
        """Whether no row and no column is left out."""
        return self.is_counted and len(self.rows) == self.all_rows and self.shown_columns == self.all_columns


@dataclass(frozen=True, slots=True)
class Sheets:
    """Tables of one file. ``numbered``: rows and columns are called as a spreadsheet program calls them."""

    tables: tuple[Table, ...]
    all_tables: int
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """The beginning of a text: paragraphs and tables in their order."""

    blocks: tuple[str | Table, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """A file that the browser shows itself: how many pages it has; 0 is unknown."""

    count: int


@dataclass(frozen=True, slots=True)
class NoLook:
    """Nothing is shown, and why not; without a reason, there is nothing to be shown of this type."""

    why: Message | None = None


Look = Sheets | Writing | Pages | NoLook
