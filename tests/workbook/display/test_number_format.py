"""Number formats, against ECMA-376 18.8.31 and what Excel is known to show."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook.display.number_format import NumberFormat, general
from zoomdesk.workbook.display.styles import BUILTIN_FORMATS


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (5.0, "5"),
        (-7, "-7"),
        (0.1 + 0.2, "0.3"),
        (math.pi, "3.141592654"),
        (-math.pi, "-3.141592654"),
        (123456.789012, "123456.789"),
        (1234567890.5, "1234567891"),
        (12345678901.5, "12345678902"),
        (123456789012.5, "1.23457E+11"),
        (0.00012345678, "0.000123457"),
        (0.00001, "0.00001"),
        (0.00001234567, "1.23457E-05"),
        (1e-10, "1E-10"),
        (9.9999999999, "10"),
        (1e15, "1E+15"),
        (-1.5e300, "-1.5E+300"),
        (612345678.0, "612345678"),
        (491701234567890, "491701234567890"),  # in full, by design: Excel shows 4.91701E+14
    ],
)
def test_general(value: float, shown: str) -> None:
    assert general(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0", 0.5, "1"),
        ("0", -0.4, "-0"),
        ("0.00", 1.005, "1.01"),
        ("0.00", 99.995, "100.00"),
        ("#,##0", 1234567.4, "1,234,567"),
        ("#,##0.00", -1234.5, "-1,234.50"),
        ("#,##0", 0, "0"),
        ("#,###", 0, ""),
        ("#.##", 5, "5."),
        ("0.0#", 5.25, "5.25"),
        ("0.0#", 5.2, "5.2"),
        ("???.???", 1.5, "  1.5  "),
        (".00", 0.5, ".50"),
        (".00", 12.5, "12.50"),
        ("0%", 0.256, "26%"),
        ("0.0%", 0.256, "25.6%"),
        ('0" %"', 5, "5 %"),
        ("0.0,", 12345, "12.3"),
        ('#,##0,,"M"', 12345678, "12M"),
        ('0.0,,"M"', 12345678, "12.3M"),
    ],
)
def test_digits(code: str, value: float, shown: str) -> None:
    assert NumberFormat(code).number(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0000000000", 612345678, "0612345678"),
        ("00000", 417, "00417"),
        ("000-00-0000", 123456789, "123-45-6789"),
        ("(###) ###-####", 5551234567, "(555) 123-4567"),
        (r"00\ 00\ 00\ 00\ 00", 612345678, "06 12 34 56 78"),
        ('"+49 "0', 1701234567, "+49 1701234567"),
        ("+0;-0;0", 12, "+12"),
    ],
)
def test_ids_and_telephone_numbers(code: str, value: float, shown: str) -> None:
    assert NumberFormat(code).number(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0.00E+00", 12345, "1.23E+04"),
        ("0.00E+00", 9.999, "1.00E+01"),
        ("0.00E+00", 0, "0.00E+00"),
        ("0.00E-00", 0.00012, "1.20E-04"),
        ("0E-0", 12345, "1E4"),
        ("##0.0E+0", 12345, "12.3E+3"),
        ("##0.0E+0", 999.97, "1.0E+3"),
        ("# ?/?", 5.25, "5 1/4"),
        ("# ?/?", 5, "5    "),
        ("# ??/??", 5.3, "5  3/10"),
        ("# ?/8", 2.5, "2 4/8"),
        ("?/?", 1.5, "3/2"),
        ("# ?/?", 0.999999, "1    "),
    ],
)
def test_powers_and_fractions(code: str, value: float, shown: str) -> None:
    assert NumberFormat(code).number(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0;(0)", -5, "(5)"),
        ("0;(0)", 0, "0"),
        ('0;-0;"none"', 0, "none"),
        ('0.00;[Red]-0.00;"-"', -1.5, "-1.50"),
        (";;;", 5, ""),
        ("0;;", -5, ""),
        ('[>=100]"big "0;0.0', 250, "big 250"),
        ('[>=100]"big "0;0.0', -2.5, "-2.5"),
        ("[<0]0.0;0", -2.5, "2.5"),
        ("[Red][<0]-0.0;0", -2.5, "-2.5"),
        ('[=1]"one";[=2]"two";0', 2, "two"),
        ('[=1]"one";[=2]"two";0', 7, "7"),
        ("[Color 12]0", 3, "3"),
        ("[$€-407] #,##0.00", 1234.5, "€ 1,234.50"),
        ("[$CHF] 0.00", 3, "CHF 3.00"),
        ('_-* #,##0.00\\ "€"_-', 1234.5, " 1,234.50 € "),
        ('"x"', -1, "-x"),
        ('General" kg"', -2.5, "-2.5 kg"),
        ("@", 5, "5"),
        ("", 5, "5"),
        ("Standard", 5.5, "5.5"),
    ],
)
def test_sections_and_literals(code: str, value: float, shown: str) -> None:
    assert NumberFormat(code).number(value) == shown


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("General", "a", "a"),
        ("0.00", "a", "a"),
        ("@", "a", "a"),
        ('"Dear "@', "Ada", "Dear Ada"),
        ('0;0;0;@" (text)"', "Ada", "Ada (text)"),
        (";;;", "Ada", ""),
        ("_(@_)", "Ada", " Ada "),
    ],
)
def test_texts(code: str, text: str, shown: str) -> None:
    number_format = NumberFormat(code)
    assert number_format.text(text) == shown
    assert number_format.keeps_text == (text == shown)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("612345678", "612345678"),
        ("612345678.0", "612345678"),
        ("0612", "612"),
        ("1E3", "1000"),
        ("0.30000000000000004", "0.3"),
        ("-0", "0"),
        ("abc", "abc"),
        ("", ""),
        ("١٢", "12"),
        ("INF", "INF"),
        ("1.8E+308", "1.8E+308"),
    ],
)
def test_raw_values(raw: str, shown: str) -> None:
    assert NumberFormat("General").show(raw) == shown


numbers = st.floats(allow_nan=True, allow_infinity=True)
codes = st.text(alphabet='0#?.,%/E+-ymdhsaAPM@;[]"\\_* $€<>=1246GeneralB', max_size=24)


@given(code=codes, value=numbers)
def test_any_code_shows_any_number(code: str, value: float) -> None:
    assert isinstance(NumberFormat(code).number(value), str)


@given(value=st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_of_general_lose_no_digit(value: int) -> None:
    assert NumberFormat("General").show(str(value)) == str(value)
    assert NumberFormat("General").show(f"{float(value)!r}") == str(value)


@given(value=st.floats(-1e12, 1e12), places=st.integers(1, 6))
def test_decimals_read_back_are_near(value: float, places: int) -> None:
    shown = NumberFormat("#,##0." + "0" * places).number(value)
    assert float(shown.replace(",", "")) == pytest.approx(value, abs=0.51 * 10**-places, rel=1e-14)


def test_builtin_formats_are_understood() -> None:
    shown = {key: NumberFormat(code).number(45000.25) for key, code in BUILTIN_FORMATS.items()}
    assert shown[0] == "45000.25"
    assert shown[14] == "3/15/2023"
    assert shown[22] == "3/15/2023 6:00"
    assert shown[44] == " $45,000.25 "
    assert shown[46] == "1080006:00:00"
