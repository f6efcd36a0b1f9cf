"""States that dates alone decide, told for all days at once: so a page that shows them need not change every day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
import datetime

from gkssg.terms import Progress, TaskState, Validity

State = Validity | Progress | TaskState


@dataclass(frozen=True, slots=True)
class Turn:
    """A state and the first day on which it holds; None: from the beginning, as far as anything is known."""

    since: datetime.date | None
    state: State


def turns(days: Iterable[datetime.date], state: Callable[[datetime.date], State | None]) -> tuple[Turn, ...]:
    """Ask for the state before, and on each of the days on which it may change; give only its changes."""
    found: list[Turn] = []
    for day in (datetime.date.min, *sorted(set(days))):
        now = state(day)
        if now is not None and (not found or found[-1].state is not now):
            found.append(Turn(None if day == datetime.date.min else day, now))
    return tuple(found)


def state_on(day: datetime.date, told: tuple[Turn, ...]) -> State | None:
    """Give the state on a day, or None where none is known."""
    return next((turn.state for turn in reversed(told) if turn.since is None or turn.since <= day), None)
