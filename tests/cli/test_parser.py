"""Rows and commands as people write them."""

from __future__ import annotations

import pytest

from zoomdesk import __main__
from zoomdesk.cli.output import display_width, table
from zoomdesk.cli.parser import build, parse_rows
from zoomdesk.errors import UsageError


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (None, None),
        ("7", {7}),
        ("2-4,9", {2, 3, 4, 9}),
        (" 2 - 4 , 9 ", {2, 3, 4, 9}),
        ("5,5,4-6", {4, 5, 6}),
        ("1048576", {1_048_576}),
    ],
)
def test_rows(text: str | None, rows: set[int] | None) -> None:
    assert parse_rows(text) == rows


@pytest.mark.parametrize(
    "text", ["", "a", "2-", "-2", "4-2", "0", "1-1048577", "2,,3", "2-3-4", "1.5", "٣"]
)
def test_rows_that_make_no_sense(text: str) -> None:
    with pytest.raises(UsageError):
        parse_rows(text)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["frobnicate"],
        ["register"],
        ["register", "a.xlsx", "--webinar", "1", "--meeting", "2"],
        ["links", "a.xlsx"],
        ["check", "a.xlsx", "--no-such-option"],
        ["practice", "--port", "many"],
    ],
)
def test_a_command_that_makes_no_sense(words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        build().parse_args(words)
    assert caught.value.exit_code == 2
    assert "--help" in caught.value.hint


def test_a_misspelt_command_is_not_taken_for_a_workbook(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert __main__.main(["chekc"]) == 2
    assert "chekc" in capsys.readouterr().err


def test_columns_line_up_whatever_the_script() -> None:
    drawn = table(("Row", "Name"), [("1", "李王"), ("22", "Ana")], width=80).splitlines()
    assert drawn[2:] == ["1    李王", "22   Ana"]
    assert display_width("李王") == 4
    assert display_width("é") == 1


def test_a_table_keeps_to_the_screen_and_stays_harmless() -> None:
    drawn = table(("Row", "Text"), [("1", "x" * 300), ("2", "a\nb\x1b[31mc")], width=40)
    assert max(map(len, drawn.splitlines())) <= 40
    assert "…" in drawn
    assert "\x1b" not in drawn
    assert len(drawn.splitlines()) == 4
