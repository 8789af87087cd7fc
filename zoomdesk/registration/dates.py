"""Choose dates of a recurring event: which of its occurrences people are registered for.

Zoom has three ways (``registration_type``): a person registers once for all dates (1), for each
date apart (2), or once for the dates that they choose (3). Batches take none of this (section 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from zoomdesk.errors import EventUnusable, UsageError
from zoomdesk.zoom.models import EACH_APART, ONCE_FOR_ALL, ONCE_FOR_SOME, Event, Occurrence


def open_dates(event: Event, now: datetime | None = None) -> tuple[Occurrence, ...]:
    """Return the dates that are still to come or going on, in their order."""
    now = now or datetime.now(UTC)
    return tuple(
        sorted(
            (
                each
                for each in event.occurrences
                if each.status != "deleted"
                and (each.start is None or each.start + _length(each) > now)
            ),
            key=lambda each: each.start or now,
        )
    )


def may_choose(event: Event) -> bool:
    """Return whether people can be registered for some dates of the event and not for others."""
    return bool(event.occurrences) and event.registration_type != ONCE_FOR_ALL


def settle_dates(
    event: Event, wanted: Sequence[str], now: datetime | None = None
) -> tuple[str, ...]:
    """Return the occurrence IDs to register for; none means whatever Zoom takes for all of them.

    ``wanted`` are the IDs that the person named, none for every date to come. Raises UsageError
    where the event has no such date, or lets nobody choose.
    """
    dates = open_dates(event, now)
    if not wanted:
        # Where each date is registered for apart, Zoom must be told which.
        apart = event.registration_type in (EACH_APART, ONCE_FOR_SOME)
        return tuple(each.id for each in dates) if apart else ()
    if not event.occurrences:
        why = "recurs without fixed dates" if event.recurs else "has one date only"
        raise UsageError(
            f"“{event.topic}” {why}: there is no date to choose.",
            hint="Leave the choice of dates out.",
        )
    if not may_choose(event):
        raise UsageError(
            f"Whoever registers for “{event.topic}” may come to every date of it.",
            hint="Leave the choice of dates out, or change “Registration” in Zoom.",
        )
    known = [each.id for each in dates]
    for each in wanted:
        if each not in known:
            raise UsageError(
                f"“{event.topic}” has no date with the ID {each} that is still to come.",
                hint=f"Its dates are: {_listed(dates)}.",
            )
    return tuple(each for each in known if each in wanted)


def dates_left(event: Event, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return those of the dates named earlier that can still be registered for."""
    return tuple(each.id for each in open_dates(event) if each.id in wanted and may_choose(event))


def check_dates_left(event: Event, wanted: Sequence[str]) -> None:
    """Raise EventUnusable where all dates that were named earlier are over."""
    if wanted and not dates_left(event, wanted):
        raise EventUnusable(f"The dates that were chosen of “{event.topic}” are over.", hint="")


def _length(occurrence: Occurrence) -> timedelta:
    return timedelta(minutes=occurrence.duration_minutes)


def _listed(dates: Sequence[Occurrence]) -> str:
    return ", ".join(
        f"{each.id} ({each.start:%d %B %Y %H:%M} UTC)" if each.start else each.id for each in dates
    )
