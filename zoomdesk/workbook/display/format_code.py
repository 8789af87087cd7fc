"""Split a number format code into its sections and tokens (ECMA-376 18.8.31).

A code has up to four sections between semicolons: positive, negative, zero, text; a bracketed
condition replaces the first two defaults. Colours, number shapes and alignment hints are read
and dropped, for they change how a cell looks and not what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a token of a section stands for."""

    LITERAL = auto()
    DIGIT = auto()  # one of 0 # ?
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()  # E+ or E-
    SLASH = auto()
    DATE = auto()  # a run of one of y m d h s b e g, in lower case
    ELAPSED = auto()  # the letters inside [h], [mm], [s]
    NOON = auto()  # AM/PM or A/P, as written
    GENERAL = auto()
    TEXT = auto()  # @


class Token(NamedTuple):
    """One piece of a section."""

    kind: Kind
    text: str


class Condition(NamedTuple):
    """The comparison that a number must meet for its section to be used."""

    operator: str
    limit: float

    def admits(self, value: float) -> bool:
        """Tell whether ``value`` meets it."""
        match self.operator:
            case "<":
                return value < self.limit
            case "<=":
                return value <= self.limit
            case ">":
                return value > self.limit
            case ">=":
                return value >= self.limit
            case "=":
                return value == self.limit
            case _:
                return value != self.limit


@dataclass(frozen=True)
class Section:
    """The tokens of one section; ``language`` is the primary tag of its locale, or ``""``."""

    tokens: tuple[Token, ...]
    condition: Condition | None
    language: str

    @property
    def is_date(self) -> bool:
        """Tell whether it shows a date, a time or an elapsed time."""
        return any(token.kind in (Kind.DATE, Kind.ELAPSED, Kind.NOON) for token in self.tokens)

    @property
    def has_text(self) -> bool:
        """Tell whether it says where the text of a cell goes."""
        return any(token.kind is Kind.TEXT for token in self.tokens)


_TOKEN = re.compile(
    r"""
      (?P<quoted>"[^"]*"?)
    | (?P<escaped>\\.?)
    | (?P<blank>_.?)
    | (?P<fill>\*.?)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|Standard)
    | (?P<noon>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|b+|e+|g+)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/)
    | (?P<text>@)
    | (?P<section>;)
    | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*([-+]?[0-9.]+(?:[eE][-+]?\d+)?)\s*\Z")
_LCID = re.compile(r"[0-9a-f]{3,8}\Z")
_ELAPSED = re.compile(r"(h+|m+|s+)\Z", re.IGNORECASE)
_PLAIN = {
    "general": Kind.GENERAL,
    "noon": Kind.NOON,
    "digit": Kind.DIGIT,
    "point": Kind.POINT,
    "comma": Kind.COMMA,
    "percent": Kind.PERCENT,
    "slash": Kind.SLASH,
    "text": Kind.TEXT,
    "literal": Kind.LITERAL,
}
_LANGUAGES = {
    0x04: "zh", 0x07: "de", 0x09: "en", 0x0A: "es", 0x0C: "fr", 0x10: "it", 0x11: "ja",
    0x13: "nl", 0x15: "pl", 0x16: "pt",
}  # fmt: skip
_SYSTEM_LOCALES = {
    "f800": "dddd, mmmm d, yyyy",  # the system's long date, as English Windows shows it
    "x-sysdate": "dddd, mmmm d, yyyy",
    "f400": "h:mm:ss AM/PM",  # the system's time
    "x-systime": "h:mm:ss AM/PM",
}


def parse(code: str) -> tuple[Section, ...]:
    """Return the sections of ``code``; at least one, and no more than four are meaningful."""
    sections: list[Section] = []
    builder = _Builder()
    for match in _TOKEN.finditer(code):
        group = match.lastgroup or "literal"
        if group == "section":
            sections.append(builder.section())
            builder = _Builder()
        else:
            builder.add(group, match[group])
    sections.append(builder.section())
    return tuple(sections)


class _Builder:
    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: Condition | None = None
        self.language = ""
        self.system = ""

    def section(self) -> Section:
        if self.system:  # whatever the code spells out, the system's own form is shown
            return parse(self.system)[0]
        return Section(tuple(self.tokens), self.condition, self.language)

    def add(self, group: str, text: str) -> None:
        match group:
            case "quoted":
                self._literal(text[1:].removesuffix('"'))
            case "escaped":
                self._literal(text[1:])
            case "blank":
                self._literal(" " if len(text) > 1 else "")
            case "fill":
                pass
            case "bracket":
                self._bracket(text)
            case "exponent":
                self._exponent(text)
            case "date":
                self.tokens.append(Token(Kind.DATE, text.lower()))
            case _:
                self.tokens.append(Token(_PLAIN[group], text))

    def _literal(self, text: str) -> None:
        if text:
            self.tokens.append(Token(Kind.LITERAL, text))

    def _exponent(self, text: str) -> None:
        if any(token.kind is Kind.DIGIT for token in self.tokens):
            self.tokens.append(Token(Kind.EXPONENT, text.upper()))
        else:  # "e" is also the year, and "-" may separate it from the month
            self.tokens += (Token(Kind.DATE, "e"), Token(Kind.LITERAL, text[1]))

    def _bracket(self, inside: str) -> None:
        if condition := _CONDITION.match(inside):
            try:
                self.condition = Condition(condition[1], float(condition[2]))
            except ValueError:
                return
        elif _ELAPSED.match(inside):
            self.tokens.append(Token(Kind.ELAPSED, inside.lower()))
        elif inside.startswith("$"):
            symbol, _, locale = inside[1:].partition("-")
            self._literal(symbol)
            self._locale(locale.split(",")[0].lower())

    def _locale(self, name: str) -> None:
        self.system = _SYSTEM_LOCALES.get(name, "")
        if _LCID.match(name):
            self.language = _LANGUAGES.get(int(name, 16) & 0x3FF, "")
        else:
            self.language = name.partition("-")[0]
