from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from zoomdesk.roster.unwrap import addresses_in, unwrap

WRAPPINGS = st.sampled_from(
    [
        " {} ",
        "mailto:{}",
        "MAILTO: {}?subject=x",
        "<{}>",
        "({})",
        '"{}"',
        "'{}'",
        "Ana <{}>",
        "{};",
        "{},",
        ", {}",
        "\u200b{}\ufeff",
        "\u3000{}",
        "“{}”",
        "{}.",
    ]
)


@given(st.lists(WRAPPINGS, max_size=2, unique=True))
@example(["mailto:{}", "Ana <{}>"])
def test_an_address_comes_out_of_any_wrapping(wrappings: list[str]) -> None:
    assume(sum("Ana" in wrapping for wrapping in wrappings) <= 1)
    text = "ana.lopez+x@north-wind.org"
    for wrapping in wrappings:
        text = wrapping.format(text)
    address, repairs = unwrap(text)
    assert address == "ana.lopez+x@north-wind.org"
    assert bool(repairs) == (text != address)


@given(st.text(alphabet="ab@.<>\"'(),; %:?mailto\u200b＠　", max_size=30) | st.text(max_size=30))
@example("mailto:mailto:%6d%61ilto:a@b")
@example("mailto:%2520a@b")
def test_unwrapping_twice_is_unwrapping_once(text: str) -> None:
    once, _ = unwrap(text)
    assert unwrap(once) == (once, ())


@pytest.mark.parametrize(
    "text",
    [
        "ana@x.org",
        "o'neil@x.org",
        "'tis@x.org",
        '"a b"@x.org',
        "ana@x.org bo@y.org",
        "Ana <ana@x.org>, Bo <bo@y.org>",
        "no address at all;",
        "<b>bold</b>",
        "mail to ana@x.org",
        "",
    ],
)
def test_what_is_not_a_wrapping_stays(text: str) -> None:
    assert unwrap(text) == (text, ())


def test_each_repair_is_told_once() -> None:
    _, repairs = unwrap(" mailto: ana@x.org ; ")
    assert len(repairs) == len(set(repairs)) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana@x.org; bo@y.org", ["ana@x.org", "bo@y.org"]),
        ("ana@x.org ana@x.org", ["ana@x.org"]),
        ("Ana <ana@x.org>, Bo <bo@y.org>.", ["ana@x.org", "bo@y.org"]),
        ("nobody", []),
    ],
)
def test_addresses_in_a_text(text: str, found: list[str]) -> None:
    assert addresses_in(text) == found
