from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster.names import first_name_from, split_full_name


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Ana López", "Ana", "López"),
        ("Ana María López", "Ana María", "López"),
        ("García-López, Ana", "Ana", "García-López"),
        ("van Beethoven, Ludwig", "Ludwig", "van Beethoven"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Anna von der Leyen", "Anna", "von der Leyen"),
        ("Leonardo di ser Piero da Vinci", "Leonardo", "di ser Piero da Vinci"),
        ("Oscar de la Renta", "Oscar", "de la Renta"),
        ("Omar Al Sharif", "Omar", "Al Sharif"),
        ("Ana García, PhD", "Ana", "García, PhD"),
        ("Martin King Jr.", "Martin", "King Jr."),
        ("DUPONT Marie", "Marie", "DUPONT"),
        ("Marie DUPONT", "Marie", "DUPONT"),
        ("DUPONT Marie Claire", "Marie Claire", "DUPONT"),
        ("ANA LÓPEZ", "ANA", "LÓPEZ"),
        ("JP Morgan", "JP", "Morgan"),
        ("Dr. Ana López", "Dr. Ana", "López"),
        ("Prof. Dr. Max Planck", "Prof. Dr. Max", "Planck"),
        ("Frau Ana López", "Ana", "López"),
        ("Mr. John Smith", "John", "Smith"),
        ("Mme Marie Curie", "Marie", "Curie"),
        ("Smith, Mr. John", "John", "Smith"),
        ("Madonna", "Madonna", ""),
        ("Smith,", "Smith", ""),
        (", Ana", "Ana", ""),
        ("李 王", "王", "李"),
        ("山田 太郎", "太郎", "山田"),
        ("山田　太郎", "太郎", "山田"),
        ("김 민준", "민준", "김"),
        ("山田太郎", "山田太郎", ""),
        ("マリー・キュリー", "マリー", "キュリー"),
        ("Yamada 太郎", "Yamada", "太郎"),
        ("  Ana \u00a0 López\u200b ", "Ana", "López"),
        ("O'Neil, Shaun", "Shaun", "O'Neil"),
        ("", "", ""),
        ("   ", "", ""),
        (",", "", ""),
    ],
)
def test_splits_a_full_name(text: str, first: str, last: str) -> None:
    assert split_full_name(text) == (first, last)


@given(st.text(max_size=40))
def test_a_name_with_any_letter_has_a_first_name(text: str) -> None:
    first, last = split_full_name(text)
    assert first or not last
    assert first or not any(c.isalpha() for c in text)


@given(st.lists(st.text("abcdeé", min_size=1, max_size=6), min_size=1, max_size=4))
def test_nothing_that_was_written_is_lost(words: list[str]) -> None:
    first, last = split_full_name(" ".join(words))
    assert sorted(f"{first} {last}".split()) == sorted(words)


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("ana.lopez@x.org", "Ana"),
        ("ana_lopez@x.org", "Ana"),
        ("ana.lopez+zoom@x.org", "Ana"),
        ("éva.kis@x.org", "Éva"),
        ("alopez@x.org", ""),
        ("a.lopez@x.org", ""),
        ("ana.lopez2@x.org", ""),
        ("info@x.org", ""),
        ("no-reply@x.org", ""),
        ("", ""),
    ],
)
def test_guesses_a_first_name_from_an_address(address: str, first: str) -> None:
    assert first_name_from(address) == first
