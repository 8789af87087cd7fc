"""Show a serial number as the date, time or elapsed time that Excel shows for it.

A serial counts days from 1900 with the leap day of 1900 that never was (60 is 29 February 1900,
0 is "0 January 1900"), or from 1 January 1904 in workbooks begun on an old Macintosh
(ECMA-376 18.17.4.1). Beyond 9999-12-31, and below zero, Excel shows no date at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from zoomdesk.workbook.display.date_names import DAYS, MONTHS
from zoomdesk.workbook.display.format_code import Kind, Section, Token

LAST_SERIAL = 2958465
"""31 December 9999 in the 1900 system."""

DAYS_1904 = 1462
"""What a serial of the 1904 system lacks to one of the 1900 system."""

_DAY_ZERO = date(1899, 12, 30)
_SECONDS = 86400


class Moment(NamedTuple):
    """The parts of a serial, rounded as its format asks; ``weekday`` 0 is Monday."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int
    fraction: str
    total: Decimal  # seconds since day zero


def date_of(serial: int) -> tuple[int, int, int, int]:
    """Return year, month, day and weekday of a whole serial of the 1900 system."""
    if serial == 60:
        return 1900, 2, 29, 2  # Excel takes it for a Wednesday
    if serial == 0:
        return 1900, 1, 0, 5
    day = _DAY_ZERO + timedelta(days=serial if serial > 60 else serial + 1)
    weekday = day.weekday() if serial > 60 else (day.weekday() - 1) % 7
    return day.year, day.month, day.day, weekday


def serial_of(text: str) -> float | None:
    """Return the 1900 serial of an ISO 8601 date, time or both (cells of type ``d``), or None."""
    match = re.match(
        r"(?:(\d{4})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?Z?\Z", text.strip()
    )
    if match is None or not any(match.groups()):
        return None
    year, month, day, hour, minute, second = match.groups()
    try:
        days = (date(int(year), int(month), int(day)) - _DAY_ZERO).days if year else 0
    except ValueError:
        return None
    seconds = int(hour or 0) * 3600 + int(minute or 0) * 60 + float(second or 0)
    return (days if days > 60 or not year else days - 1) + seconds / _SECONDS


def moment(serial: float, decimals: int, whole_seconds: bool) -> Moment | None:
    """Return the parts of a 1900 serial, or None where Excel shows no date.

    Seconds are rounded to ``decimals``, or to whole ones where the format shows them; a format
    without seconds truncates, after the noise of binary fractions is rounded away.
    """
    if not 0 <= serial < LAST_SERIAL + 1:
        return None
    places = decimals if decimals or whole_seconds else 3
    step = Decimal(1).scaleb(-places)
    total = (Decimal(repr(serial)) * _SECONDS).quantize(step, ROUND_HALF_UP)
    days, rest = divmod(total, _SECONDS)
    if days > LAST_SERIAL:  # the last midnight, rounded up
        return None
    seconds = int(rest)
    fraction = f"{rest - seconds:.{places}f}"[2:] if places else ""
    return Moment(
        *date_of(int(days)), seconds // 3600, seconds // 60 % 60, seconds % 60, fraction, total
    )


class DateFormat:
    """Show serials by one section that has date or time letters."""

    def __init__(self, section: Section) -> None:
        self._tokens, self._decimals = _prepare(section.tokens)
        self._language = section.language
        self._twelve = any(token.kind is Kind.NOON for token in self._tokens)
        self._seconds = any(token.text in ("s", "ss", "[s]") for token in self._tokens)
        self._elapsed = any(token.kind is Kind.ELAPSED for token in self._tokens)

    def __call__(self, serial: float) -> str | None:
        """Return the text, or None where Excel shows no date."""
        sign = ""
        if self._elapsed and serial < 0:
            sign, serial = "-", -serial
        when = moment(serial, self._decimals, self._seconds)
        if when is None:
            return None
        return sign + "".join(self._show(token, when) for token in self._tokens)

    def _show(self, token: Token, when: Moment) -> str:
        match token.kind:
            case Kind.DATE:
                return self._date(token.text, when)
            case Kind.ELAPSED:
                unit = {"h": 3600, "n": 60, "s": 1}[token.text[1]]
                return str(int(when.total // unit)).zfill(len(token.text) - 2)
            case Kind.NOON:
                return _noon(token.text, when.hour >= 12)
            case Kind.DIGIT:  # the fraction of a second
                return "." + when.fraction
            case _:
                return token.text

    def _date(self, code: str, when: Moment) -> str:
        width = len(code)
        match code[0]:
            case "y" | "e":
                return f"{when.year % 100:02}" if code in ("y", "yy") else f"{when.year:04}"
            case "b":  # Buddhist years
                year = when.year + 543
                return f"{year % 100:02}" if width <= 2 else f"{year:04}"
            case "m":
                return _named(when.month, width, _names(MONTHS, self._language)[when.month - 1])
            case "d":
                return _named(when.day, width, _names(DAYS, self._language)[when.weekday])
            case "h":
                hour = (when.hour % 12 or 12) if self._twelve else when.hour
                return str(hour).zfill(min(width, 2))
            case "n":
                return str(when.minute).zfill(min(width, 2))
            case "s":
                return str(when.second).zfill(min(width, 2))
            case _:  # eras have no name in the Gregorian calendar that Excel would show
                return ""


def _named(number: int, width: int, names: tuple[str, str]) -> str:
    if width <= 2:
        return str(number).zfill(width)
    if width == 5:  # mmmmm: the initial
        return names[1][0]
    return names[0] if width == 3 else names[1]


def _names(
    table: dict[str, tuple[tuple[str, str], ...]], language: str
) -> tuple[tuple[str, str], ...]:
    return table.get(language) or table["en"]


def _noon(code: str, afternoon: bool) -> str:
    before, after = (code.upper() if code.upper() == "AM/PM" else code).split("/")
    return after if afternoon else before


def _prepare(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], int]:
    """Return the tokens with minutes told from months and fractions joined, and their places.

    ``m`` after hours or before seconds means minutes (ECMA-376 18.8.31) and becomes ``n`` here;
    elapsed units get their brackets back, so that they are never taken for a date letter.
    """
    result: list[Token] = []
    decimals = 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        zeros = _zeros(tokens, position + 1) if token.kind is Kind.POINT else 0
        if zeros and _last(result) == "s":
            decimals = max(decimals, min(zeros, 9))
            result.append(Token(Kind.DIGIT, "0" * zeros))
            position += zeros
        elif token.kind is Kind.DATE and token.text in ("m", "mm"):
            minutes = _last(result) == "h" or _next(tokens, position + 1) == "s"
            result.append(Token(Kind.DATE, "n" * len(token.text)) if minutes else token)
        elif token.kind is Kind.ELAPSED:
            result.append(Token(Kind.ELAPSED, f"[{token.text.replace('m', 'n')}]"))
        elif token.kind in (Kind.DATE, Kind.NOON, Kind.LITERAL):
            result.append(token)
        else:
            result.append(Token(Kind.LITERAL, token.text))
        position += 1
    return tuple(result), decimals


def _zeros(tokens: Sequence[Token], start: int) -> int:
    count = 0
    while start + count < len(tokens) and tokens[start + count] == (Kind.DIGIT, "0"):
        count += 1
    return count


def _last(tokens: Sequence[Token]) -> str:
    """Return the letter of the latest date token, or ``""``."""
    for token in reversed(tokens):
        if token.kind in (Kind.DATE, Kind.ELAPSED):
            return token.text.strip("[")[0]
    return ""


def _next(tokens: Sequence[Token], start: int) -> str:
    for token in tokens[start:]:
        if token.kind in (Kind.DATE, Kind.ELAPSED):
            return token.text[0]
    return ""
