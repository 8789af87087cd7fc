"""Show a number as Excel displays it: ``NumberFormat("0.00").number(1.5)`` is ``"1.50"``.

What depends on the person's Windows is shown as English (United States) has it: the decimal
point, the thousands comma, month/day/year for the format that follows the system. Two things are
by design not as in Excel: whole numbers of General are shown to all their 15 digits, for they may
be ids and telephone numbers of which Excel shows 1.23457E+14; and where Excel shows ``########``
(a negative date) the plain number is shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from zoomdesk.workbook.display.dates import DAYS_1904, DateFormat
from zoomdesk.workbook.display.format_code import Condition, Kind, Section, parse
from zoomdesk.workbook.display.number_pattern import compile_pattern, decimal_of

_LONGEST_CODE = 1_000
"""Characters of a code that is understood; Excel takes 255."""
_GENERAL_WIDTH = 11  # characters that General takes at most, the sign apart
_PLAIN_INTEGER = re.compile(r"(?:0|-?[1-9]\d{0,14})\Z", re.ASCII)


def general(value: float) -> str:
    """Return ``value`` as the General format shows it in a wide column.

    At most 11 characters besides the sign: 3.141592654, 0.000123457, 1.23457E-05, 1.5E+300;
    whole numbers below 10 to the 15th in full.
    """
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    number = decimal_of(abs(value))
    sign = "-" if value < 0 else ""
    size = number.adjusted()
    decimals = _GENERAL_WIDTH - 2 - max(size, 0)
    exact = -int(number.as_tuple().exponent)
    if (size > -5 and decimals >= -1) or (size < 0 and exact <= decimals):
        text = f"{number.quantize(Decimal(1).scaleb(-max(decimals, 0)), ROUND_HALF_UP):f}"
        return sign + (text.rstrip("0").rstrip(".") if "." in text else text)
    mantissa, _, exponent = f"{number:.5e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{sign}{mantissa}E{'-' if exponent[0] == '-' else '+'}{exponent[1:].zfill(2)}"


class NumberFormat:
    """A format code, compiled: hand it the numbers and texts of the cells that have the style.

    A code that cannot be understood shows numbers as General does; it never raises.
    """

    def __init__(self, code: str, *, date1904: bool = False) -> None:
        self.code = code
        self.date1904 = date1904
        sections = list(parse(code if 0 < len(code) <= _LONGEST_CODE else "General"))
        text = None
        if len(sections) > 3:
            text = sections[3]
        elif sections[-1].has_text and (len(sections) > 1 or not _has_digits(sections[-1])):
            text = sections.pop()
        self._text = text
        self._sections = [
            _NumberSection(section, condition, only_negative, date1904)
            for section, condition, only_negative in _reach(sections[:3])
        ]
        self.is_general = self._is_general()

    @property
    def keeps_text(self) -> bool:
        """Tell whether texts are shown as they are."""
        return self._text is None or [token.kind for token in self._text.tokens] == [Kind.TEXT]

    def show(self, raw: str) -> str:
        """Return the displayed text of a numeric cell whose ``<v>`` holds ``raw``."""
        if self.is_general and _PLAIN_INTEGER.match(raw):
            return raw
        try:
            value = float(raw)
        except ValueError:
            return raw
        return self.number(value) if math.isfinite(value) else raw

    def number(self, value: float) -> str:
        """Return the displayed text of ``value``."""
        if not math.isfinite(value):
            return str(value)
        for section in self._sections:
            if section.admits(value):
                return section.show(value)
        return general(value)

    def text(self, text: str) -> str:
        """Return the displayed text of a text cell."""
        if self._text is None:
            return text
        return "".join(
            text if token.kind is Kind.TEXT else token.text for token in self._text.tokens
        )

    def _is_general(self) -> bool:
        if not self._sections:
            return True
        kinds = [token.kind for token in self._sections[0].section.tokens]
        return len(self._sections) == 1 and kinds == [Kind.GENERAL]


class _NumberSection:
    def __init__(
        self, section: Section, condition: Condition | None, only_negative: bool, date1904: bool
    ) -> None:
        self.section = section
        self._condition = condition
        self._unsigned = only_negative
        self._shift = DAYS_1904 if date1904 else 0
        self._date: DateFormat | None = None
        self._pattern: Callable[..., str] | None = None
        if section.is_date:
            self._date = DateFormat(section)
        else:
            self._pattern = compile_pattern(section, general)

    def admits(self, value: float) -> bool:
        return self._condition is None or self._condition.admits(value)

    def show(self, value: float) -> str:
        if self._date is not None:
            shown = self._date(value + self._shift)
            return general(value) if shown is None else shown
        sign = "-" if value < 0 and not self._unsigned else ""
        text = self._pattern(decimal_of(abs(value))) if self._pattern else ""
        return sign + text if text or not self.section.tokens else text


def _has_digits(section: Section) -> bool:
    return any(token.kind in (Kind.DIGIT, Kind.GENERAL) for token in section.tokens)


def _reach(sections: list[Section]) -> list[tuple[Section, Condition | None, bool]]:
    """Return each section with the condition that leads to it and whether only negatives get there.

    The minus sign is left to a section that only negative numbers reach: ``0;(0)``.
    """
    if not sections:
        return []
    conditions = [section.condition for section in sections]
    if len(sections) == 2 and conditions == [None, None]:
        conditions = [Condition(">=", 0), None]
    elif len(sections) == 3:
        conditions[0] = conditions[0] or Condition(">", 0)
        conditions[1] = conditions[1] or Condition("<", 0)
        conditions[2] = None
    elif len(sections) == 2:
        conditions[0] = conditions[0] or Condition(">=", 0)
    reached: list[tuple[Section, Condition | None, bool]] = []
    left = [-math.inf, -1.0, -1e-300, 0.0, 1e-300, 1.0, math.inf]
    left += [edge for limit in _limits(conditions) for edge in (limit, _above(limit), -limit)]
    for section, condition in zip(sections, conditions, strict=True):
        here = [value for value in left if condition is None or condition.admits(value)]
        left = [value for value in left if value not in here]
        reached.append((section, condition, bool(here) and max(here) < 0 and len(sections) > 1))
    return reached


def _limits(conditions: list[Condition | None]) -> list[float]:
    return [condition.limit for condition in conditions if condition is not None]


def _above(limit: float) -> float:
    return math.nextafter(limit, math.inf)
