"""Serial numbers as dates, times and elapsed times."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook.display.dates import LAST_SERIAL, date_of, serial_of
from zoomdesk.workbook.display.number_format import NumberFormat


@pytest.mark.parametrize(
    ("code", "serial", "shown"),
    [
        ("m/d/yyyy", 45000, "3/15/2023"),
        ("dd.mm.yy", 45000, "15.03.23"),
        ("yyyy-mm-dd", LAST_SERIAL, "9999-12-31"),
        ("d-mmm-yy", 45000, "15-Mar-23"),
        ("dddd, mmmm d, yyyy", 45000, "Wednesday, March 15, 2023"),
        ("mmmmm", 45000, "M"),
        ("ddd", 45000, "Wed"),
        ("yyyy\\-e", 45000, "2023-2023"),
        ("bbbb", 45000, "2566"),
        ("[$-407]dddd, d. mmmm yyyy", 45000, "Mittwoch, 15. März 2023"),
        ("[$-de-DE]d. mmm", 45000, "15. Mrz"),
        ("[$-40C]d mmmm yyyy", 45000, "15 mars 2023"),
        ("[$-411]yyyy年m月d日", 45000, "2023年3月15日"),
        ("[$-F800]dddd, mmmm dd, yyyy", 45000, "Wednesday, March 15, 2023"),
        ("[$-x-systime]h:mm:ss", 45000.75, "6:00:00 PM"),
    ],
)
def test_dates(code: str, serial: float, shown: str) -> None:
    assert NumberFormat(code).number(serial) == shown


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (0, "1900-1-0"),
        (1, "1900-1-1"),
        (59, "1900-2-28"),
        (60, "1900-2-29"),
        (61, "1900-3-1"),
        (-1, "-1"),
        (LAST_SERIAL + 1, "2958466"),
    ],
)
def test_the_leap_day_that_never_was(serial: int, shown: str) -> None:
    assert NumberFormat("yyyy-m-d").number(serial) == shown


@pytest.mark.parametrize(("serial", "shown"), [(0, "1904-01-01"), (43538, "2023-03-15")])
def test_the_1904_system(serial: int, shown: str) -> None:
    assert NumberFormat("yyyy-mm-dd", date1904=True).number(serial) == shown


@pytest.mark.parametrize(
    ("code", "serial", "shown"),
    [
        ("h:mm", 0.430555555555556, "10:20"),  # 10:20 is no binary fraction
        ("hh:mm", 0.3125, "07:30"),
        ("h:mm AM/PM", 0, "12:00 AM"),
        ("h:mm am/pm", 0.5, "12:00 PM"),
        ("h A/P", 0.75, "6 P"),
        ("h:mm:ss", 0.123456, "2:57:47"),
        ("mm:ss.0", 0.123456, "57:46.6"),
        ("h:mm:ss.000", 0.123456, "2:57:46.598"),
        ("h:mm:ss", 0.999999, "0:00:00"),
        ("m/d h:mm:ss", 45000.999999, "3/16 0:00:00"),
        ("[h]:mm", 1.5, "36:00"),
        ("[hh]:mm:ss", 0.0625, "01:30:00"),
        ("[mm]:ss", 0.0625, "90:00"),
        ("[s]", 0.0625, "5400"),
        ("[h]:mm", -0.25, "-6:00"),
        ("h:mm", -0.25, "-0.25"),
        ("yyyy-mm-dd hh:mm", 45000.75, "2023-03-15 18:00"),
        ("h:m:s", 0.0625, "1:30:0"),
        ("m", 45000, "3"),
        ("mm:ss", 0.0625, "30:00"),
    ],
)
def test_times(code: str, serial: float, shown: str) -> None:
    assert NumberFormat(code).number(serial) == shown


@given(days=st.integers(61, LAST_SERIAL))
def test_agrees_with_the_calendar(days: int) -> None:
    day = date(1899, 12, 30) + timedelta(days=days)
    assert date_of(days) == (day.year, day.month, day.day, day.weekday())
    assert NumberFormat("yyyy-mm-dd").number(days) == day.isoformat()


@given(seconds=st.integers(0, 86399), day=st.integers(61, 100_000))
def test_every_second_of_a_day(seconds: int, day: int) -> None:
    shown = NumberFormat("hh:mm:ss").number(day + seconds / 86400)
    assert shown == f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("2023-03-15", 45000),
        ("2023-03-15T12:00:00Z", 45000.5),
        ("18:00", 0.75),
        ("1900-01-01", 1),
        ("2023-02-30", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_iso_dates(text: str, serial: float | None) -> None:
    assert serial_of(text) == serial
