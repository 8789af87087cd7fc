from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster.text import (
    caseless,
    clean_name,
    column_letters,
    without_full_width,
    without_invisible,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Ana   María ", "Ana María"),
        ("Ana\u00a0López", "Ana López"),
        ("Ana\nLópez", "Ana López"),
        ("\ufeffAna\u200b", "Ana"),
        ("Lo\u0301pez", "López"),
        ("می\u200cنا", "می\u200cنا"),
        ("Ana\x07", "Ana"),
        ("", ""),
    ],
)
def test_clean_name(text: str, clean: str) -> None:
    assert clean_name(text) == clean


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    left = without_invisible(text)
    assert not any(unicodedata.category(c) == "Cf" for c in left)
    assert all(c.isspace() for c in left if unicodedata.category(c) == "Cc")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_ascii_is_left_alone(text: str) -> None:
    assert without_invisible(text) == text == without_full_width(text)


@pytest.mark.parametrize(
    ("one", "other"), [("ÉVA", "e\u0301va"), ("STRASSE", "straße"), ("Ana", "aNA")]
)
def test_caseless(one: str, other: str) -> None:
    assert caseless(one) == caseless(other)


@given(st.text())
def test_caseless_is_stable(text: str) -> None:
    assert caseless(caseless(text)) == caseless(text)


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_column_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
