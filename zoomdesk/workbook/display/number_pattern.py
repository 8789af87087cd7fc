"""Show a number by the digit placeholders of one section (ECMA-376 18.8.31).

``0`` shows a digit or a zero, ``#`` a digit or nothing, ``?`` a digit or a space. Digits fill the
placeholders from the right, so literals among them stay where they are: ``000-0000``. Numbers are
rounded as Excel rounds: half away from zero, on the 15 digits that it keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from zoomdesk.workbook.display.format_code import Kind, Section, Token

_CONTEXT = Context(prec=4_000, rounding=ROUND_HALF_UP)
"""More digits than the largest double has under the longest code: each ``%`` adds two."""

Pattern = Callable[[Decimal], str]
"""Take a number that is not negative and return its text."""


def decimal_of(value: float) -> Decimal:
    """Return the number that Excel shows for a double: its first 15 significant digits."""
    return Decimal(f"{value:.15g}")


def compile_pattern(section: Section, general: Callable[[float], str]) -> Pattern:
    """Return the pattern of a section that shows neither dates nor text alone."""
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    if Kind.GENERAL in kinds:
        return _GeneralPattern(tokens, general)
    if Kind.EXPONENT in kinds:
        return _ScientificPattern(tokens, kinds.index(Kind.EXPONENT))
    slash = _fraction_slash(tokens)
    if slash is not None:
        return _FractionPattern(tokens, slash)
    return _DecimalPattern(tokens)


class _GeneralPattern:
    def __init__(self, tokens: Sequence[Token], general: Callable[[float], str]) -> None:
        self._tokens = tokens
        self._general = general

    def __call__(self, value: Decimal) -> str:
        shown = self._general(float(value))
        return "".join(
            shown if token.kind is Kind.GENERAL else token.text for token in self._tokens
        )


class _DecimalPattern:
    """Integer and decimal placeholders, thousands, scaling commas, percent."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        kinds = [token.kind for token in tokens]
        digits = [index for index, kind in enumerate(kinds) if kind is Kind.DIGIT]
        point = kinds.index(Kind.POINT) if Kind.POINT in kinds else None
        end = len(tokens) if point is None else point
        whole = [index for index in digits if index < end]
        self.grouping = False
        scale = kinds.count(Kind.PERCENT) * 2
        kept: list[list[Token]] = [[], []]
        for index, token in enumerate(tokens):
            if token.kind is Kind.COMMA and digits and index > digits[0]:
                if whole and index < whole[-1]:
                    self.grouping = True
                elif index < end or index > digits[-1]:
                    scale -= 3
            elif index != point:
                kept[index > end].append(token)
        self.whole, self.decimals = kept
        self.has_point = point is not None
        self.places = sum(token.kind is Kind.DIGIT for token in self.decimals)
        self.width = len(whole)
        self._scale = scale
        self._step = Decimal(1).scaleb(-self.places)

    def __call__(self, value: Decimal) -> str:
        return self.render(self.rounded(value))

    def rounded(self, value: Decimal) -> Decimal:
        """Return ``value`` scaled and rounded to the places that the pattern shows."""
        return value.scaleb(self._scale, _CONTEXT).quantize(self._step, context=_CONTEXT)

    def render(self, value: Decimal) -> str:
        """Return the text of a number that is already scaled and rounded."""
        whole, _, decimals = f"{value:f}".partition(".")
        text = fill(self.whole, whole.lstrip("0"), grouping=self.grouping)
        if not self.has_point:
            return text
        if not self.width:
            text += whole.lstrip("0")
        return f"{text}.{_decimals(self.decimals, decimals)}"


class _ScientificPattern:
    def __init__(self, tokens: Sequence[Token], at: int) -> None:
        self._mantissa = _DecimalPattern(tokens[:at])
        self._plus = tokens[at].text.endswith("+")
        self._exponent = tokens[at + 1 :]
        first = next((token.text for token in tokens if token.kind is Kind.DIGIT), "0")
        self._engineering = first != "0" and self._mantissa.width > 1

    def __call__(self, value: Decimal) -> str:
        exponent = self._aligned(value.adjusted()) if value else 0
        mantissa = self._mantissa.rounded(value.scaleb(-exponent, _CONTEXT))
        if mantissa >= Decimal(1).scaleb(max(self._mantissa.width, 1)):
            exponent = self._aligned(exponent + max(self._mantissa.width, 1))
            mantissa = self._mantissa.rounded(value.scaleb(-exponent, _CONTEXT))
        sign = "-" if exponent < 0 else "+" if self._plus else ""
        shown = fill(self._exponent, str(abs(exponent)).lstrip("0"))
        return f"{self._mantissa.render(mantissa)}E{sign}{shown}"

    def _aligned(self, exponent: int) -> int:
        """Return the exponent whose mantissa has as many whole digits as the pattern."""
        width = max(self._mantissa.width, 1)
        return exponent // width * width if self._engineering else exponent - width + 1


class _FractionPattern:
    """A whole number, if the pattern has room for one, and the nearest fraction."""

    def __init__(self, tokens: Sequence[Token], slash: int) -> None:
        start = slash
        while start and tokens[start - 1].kind is Kind.DIGIT:
            start -= 1
        end = slash + 1
        while end < len(tokens) and _is_figure(tokens[end]):
            end += 1
        self._whole = list(tokens[:start])
        self._numerator = tokens[start:slash]
        self._denominator = tokens[slash + 1 : end]
        self._rest = "".join(token.text for token in tokens[end:])
        figures = "".join(token.text for token in self._denominator)
        self._fixed = int(figures) if figures.isdigit() and int(figures) else 0
        self._limit = 10 ** min(len(figures), 7) - 1
        self._mixed = any(token.kind is Kind.DIGIT for token in self._whole)

    def __call__(self, value: Decimal) -> str:
        exact = Fraction(value)
        if self._fixed:
            parts = int(exact * self._fixed + Fraction(1, 2))
            numerator, denominator = parts, self._fixed
        else:
            near = exact.limit_denominator(self._limit)
            numerator, denominator = near.numerator, near.denominator
        if not self._mixed:
            return f"{fill(self._whole, '')}{self._fraction(numerator, denominator)}{self._rest}"
        whole, numerator = divmod(numerator, denominator)
        if numerator:
            text = fill(self._whole, str(whole) if whole else "")
            return f"{text}{self._fraction(numerator, denominator)}{self._rest}"
        width = len(self._numerator) + 1 + len(self._denominator)
        return f"{fill(self._whole, str(whole))}{' ' * width}{self._rest}"

    def _fraction(self, numerator: int, denominator: int) -> str:
        below = str(denominator)
        if not self._fixed and any(token.text == "?" for token in self._denominator):
            below = below.ljust(len(self._denominator))
        return f"{fill(self._numerator, str(numerator))}/{below}"


def fill(tokens: Sequence[Token], digits: str, *, grouping: bool = False) -> str:
    """Put ``digits`` into the placeholders of ``tokens`` from the right, with their literals."""
    pieces: list[str] = []
    places = sum(token.kind is Kind.DIGIT for token in tokens)
    shown = 0
    for token in reversed(tokens):
        if token.kind is not Kind.DIGIT:
            pieces.append(token.text)
            continue
        places -= 1
        take = 1 if places else max(len(digits), 1)
        taken, digits = digits[-take:], digits[:-take]
        for figure in reversed(taken or {"0": "0", "?": " "}.get(token.text, "")):
            if grouping and shown and shown % 3 == 0:
                pieces.append("," if figure != " " else " ")
            pieces.append(figure)
            shown += 1
    return "".join(reversed(pieces))


def _decimals(tokens: Sequence[Token], digits: str) -> str:
    pieces: list[str] = []
    significant = False
    position = len(digits)
    for token in reversed(tokens):
        if token.kind is not Kind.DIGIT:
            pieces.append(token.text)
            continue
        position -= 1
        significant = significant or digits[position] != "0" or token.text == "0"
        pieces.append(digits[position] if significant else " " if token.text == "?" else "")
    return "".join(reversed(pieces))


def _is_figure(token: Token) -> bool:
    return token.kind is Kind.DIGIT or (token.kind is Kind.LITERAL and token.text.isdigit())


def _fraction_slash(tokens: Sequence[Token]) -> int | None:
    for index in range(1, len(tokens) - 1):
        if (
            tokens[index].kind is Kind.SLASH
            and tokens[index - 1].kind is Kind.DIGIT
            and _is_figure(tokens[index + 1])
        ):
            return index
    return None
