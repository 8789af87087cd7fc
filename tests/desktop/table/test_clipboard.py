from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData

from zoomdesk.desktop.table import clipboard

CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r"))


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=4))
def test_text_comes_back_as_it_was(rows: list[list[str]]) -> None:
    assert clipboard.from_text(clipboard.to_text(rows) + "\r\n") == rows


def test_what_excel_writes_is_read() -> None:
    text = 'a\t"two\nlines"\t"say ""hi"""\r\n\t\tlast\r\n'
    assert clipboard.from_text(text) == [["a", "two\nlines", 'say "hi"'], ["", "", "last"]]


@pytest.mark.parametrize(
    "text", ['"Bob" Smith', '5" pipe', '"never closed', 'say "hi"', '""x', 'a"']
)
def test_quotes_that_quote_nothing_stay(text: str) -> None:
    assert clipboard.from_text(f"{text}\tnext") == [[text, "next"]]


def test_an_unclosed_quote_swallows_no_cells() -> None:
    assert clipboard.from_text('"open\tb\nc\td') == [['"open', "b"], ["c", "d"]]


def test_only_what_needs_quotes_gets_them() -> None:
    assert clipboard.to_text([["a b", "x\ty", 'say "hi"']]) == 'a b\t"x\ty"\tsay "hi"'


@pytest.mark.parametrize(
    ("text", "block"),
    [("", []), ("one", [["one"]]), ("one\n", [["one"]]), ("\n", [[""]]), ("a\t", [["a", ""]])],
)
def test_edges_of_text(text: str, block: list[list[str]]) -> None:
    assert clipboard.from_text(text) == block


def test_html_comes_back_and_is_escaped() -> None:
    rows = [["<b>", "a & b"], ["two\nlines", "ü李"]]
    html = clipboard.to_html(rows)
    assert "<b>" not in html
    assert clipboard.from_html(html) == rows


def test_html_of_other_programs_is_read() -> None:
    html = """<style>td {color:red}</style><table><col><tr><td>Ana<td>
      two words</tr><tr><th>x</th></tr></table><table><tr><td>second</td></tr></table>"""
    assert clipboard.from_html(html) == [["Ana", "two words"], ["x"]]


def test_text_is_taken_before_html() -> None:
    data = QMimeData()
    data.setHtml("<table><tr><td>html</td></tr></table>")
    assert clipboard.from_mime(data) == [["html"]]
    data.setText("text")
    assert clipboard.from_mime(data) == [["text"]]


def test_an_empty_clipboard_is_an_empty_block() -> None:
    assert clipboard.from_mime(None) == []
    assert clipboard.from_mime(QMimeData()) == []


def test_a_program_that_has_copied_ends_well() -> None:
    program = """
from PySide6.QtWidgets import QApplication
from zoomdesk.desktop.table import clipboard
app = QApplication([])
clipboard.put([["one"]])
clipboard.put([["two", "three"]])
print(app.clipboard().text())
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "two\tthree\n")
