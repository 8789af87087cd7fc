"""Values of cells that come without a number format: how they are shown, and stored in .xlsx."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from zoomdesk.workbook.display.number_format import general

Value = str | int | float | bool | date | time | timedelta
"""What python-calamine gives; ``date`` includes ``datetime``, ``""`` is an empty cell."""

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  Excel's serial numbers know no zone
_FIRST_EXACT = date(1900, 3, 1)
"""Excel counts a 29 February 1900: before this day its serial numbers are off by one."""
_DAY = 86400
_LARGEST = 9.99999999999999e307
"""The largest number that Excel takes; not a number is not below it either."""

FORMATS = ("General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss")
"""The number formats of a new workbook, by their style."""
GENERAL, DATE, MOMENT, TIME, DURATION = range(5)


class Number(NamedTuple):
    """A number as a cell stores it, with its style of ``FORMATS``."""

    stored: float
    style: int


def shown(value: Value) -> str:
    """Return the text that a cell shows: what its stored number shows under its format.

    Whole numbers are shown in all their digits, days and times as ISO 8601 has them.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        value = _to_second(value)
        return f"{value:%Y-%m-%d %H:%M:%S}" if value.year > 999 else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        return _hours(value)
    return general(value)


def stored(value: Value) -> str | bool | Number:
    """Return what a cell of a new workbook holds, showing what ``shown`` says.

    A text stays a text, whatever it looks like; days that Excel's calendar lacks become texts.
    """
    if isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        value = _to_second(value)
        if value.date() < _FIRST_EXACT or value.tzinfo is not None:
            return shown(value)
        return Number((value - _DAY_ZERO).total_seconds() / _DAY, MOMENT)
    if isinstance(value, date):
        return shown(value) if value < _FIRST_EXACT else Number(_days(value), DATE)
    if isinstance(value, time):
        return Number((value.hour * 3600 + value.minute * 60 + value.second) / _DAY, TIME)
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return shown(value) if seconds < 0 else Number(seconds / _DAY, DURATION)
    return Number(value, GENERAL) if abs(value) <= _LARGEST else shown(value)


def _days(day: date) -> int:
    return (day - _DAY_ZERO.date()).days


def _to_second(moment: datetime) -> datetime:
    """Round to seconds: serial numbers are binary fractions of days, never quite the moment."""
    if moment.microsecond >= 500_000 and moment < datetime.max - timedelta(seconds=1):  # noqa: DTZ901
        moment += timedelta(seconds=1)
    return moment.replace(microsecond=0)


def _hours(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
