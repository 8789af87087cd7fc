"""Hazards 17 and 18: others save while results are written; copies of what was there before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.registration.test_writeback import (
    PEOPLE,
    book,
    linked,
    make_book,
    read_back,
    seen_in,
    write,
)
from zoomdesk import workbook
from zoomdesk.errors import WorkbookChanged
from zoomdesk.settings import Settings

__all__ = ["book"]


class QuickHands:
    """Save the workbook, as a sync client does, between our reading it and its replace."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, book: Path, times: int) -> None:
        self.book, self.left, self.plan = book, times, workbook.plan
        monkeypatch.setattr(workbook, "plan", self)

    def __call__(self, *words: Any, **options: Any) -> Any:
        planned = self.plan(*words, **options)
        if self.left:
            self.left -= 1
            make_book(
                self.book, rows=[(f"New {self.left}", f"new{self.left}@example.com"), *PEOPLE]
            )
        return planned


def test_hazard_17_somebody_saves_while_results_are_written(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect, seen = workbook.inspect(book).fingerprint, seen_in(book)
    hands = QuickHands(monkeypatch, book, 3)
    outcomes = [linked(2, "ann@example.com")]
    report = write(book, outcomes, edits={(3, 1): "Bobby"}, expect=expect, seen=seen)
    assert hands.left == 0
    rows = read_back(book)
    assert [row["First name"] for row in rows] == ["New 0", "Ann", "Bobby", "Cat"]
    assert [bool(row["Join URL"]) for row in rows] == [False, True, False, False]
    assert report.conflicts == ()


def test_hazard_17_somebody_saves_without_end(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expect, seen = workbook.inspect(book).fingerprint, seen_in(book)
    hands = QuickHands(monkeypatch, book, 100)
    with pytest.raises(WorkbookChanged):
        write(book, [linked(2, "ann@example.com")], expect=expect, seen=seen)
    assert 90 < hands.left < 100
    assert list(read_back(book)[0]) == ["First name", "Email"]


@pytest.mark.parametrize("saved", [False, True])
def test_a_link_does_not_go_to_an_address_that_was_typed_after_it(book: Path, saved: bool) -> None:
    seen = seen_in(book)
    outcomes = [linked(2, "ann@example.com"), linked(3, "new@example.com")]
    edits = {(2, 2): "somebody@example.com", (3, 2): " NEW@example.com"}
    if saved:
        write(book, [], edits=edits)
        seen, edits = replace(seen, written=edits), {}
    report = write(book, outcomes, edits=edits, seen=seen)
    assert report.not_written == (outcomes[0],)
    links = [row.get("Join URL") for row in read_back(book)]
    assert links == [None, "https://zoom.example/w/new", None]


def test_hazard_17_rows_come_and_go_in_a_file_that_somebody_changed(book: Path) -> None:
    expect, seen = workbook.inspect(book).fingerprint, seen_in(book)
    make_book(book, rows=[("Zoe", "zoe@example.com"), *PEOPLE[::-1]])
    report = write(
        book,
        [linked(3, PEOPLE[1][1]), linked(5, "dan@example.com")],
        edits={(5, 1): "Dan", (5, 2): "dan@example.com"},
        expect=expect,
        seen=seen,
        added_rows=[5],
        removed_rows=[2],
    )
    assert report.conflicts == ()
    rows = read_back(book)
    assert [row["First name"] for row in rows] == ["Zoe", "Cat", "Bob", "Dan"]
    links = [row["Join URL"] for row in rows]
    assert links == [None, None, "https://zoom.example/w/bob", "https://zoom.example/w/dan"]


def test_hazard_18_one_copy_of_what_was_there_before(book: Path) -> None:
    """Saves of ours that follow make no other copy; a change of somebody else's does."""
    before = book.read_bytes()
    first = write(book, [linked(2, "ann@example.com")])
    assert first.backup.read_bytes() == before
    expect, seen = first.fingerprint, seen_in(book)
    second = write(book, [linked(3, PEOPLE[1][1])], expect=expect, seen=seen, backed_up=True)
    assert second.backup is None
    make_book(book)
    changed = book.read_bytes()
    third = write(
        book, [linked(3, PEOPLE[1][1])], expect=second.fingerprint, seen=seen, backed_up=True
    )
    assert third.backup.read_bytes() == changed


def test_hazard_18_old_copies_go(book: Path) -> None:
    wanted = Settings(backup_days=0, backup_count=2)
    copies: list[Path] = []
    for century, name in enumerate(("Ann", "Ben", "Cem", "Dan"), 15):
        made = write(book, [], edits={(2, 1): name}, settings=wanted).backup
        copies.append(made.rename(made.with_name(made.name.replace("20", str(century), 1))))
    newest = write(book, [], edits={(2, 1): "Eva"}, settings=wanted).backup
    assert [copy.exists() for copy in (*copies, newest)] == [False, False, False, True, True]
