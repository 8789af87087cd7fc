from __future__ import annotations

from pathlib import Path

import pytest

from zoomdesk.desktop import books
from zoomdesk.desktop.document import Document, Wanted
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.roster.fields import Field
from zoomdesk.settings import Settings


@pytest.fixture
def document(guests: Path) -> Document:
    return books.open_book(Wanted(guests), Settings())


def position(document: Document, field: Field) -> int:
    return next(c.position for c in document.roster.columns if c.field is field)


def test_nothing_is_unsaved_at_first(document: Document) -> None:
    assert not document.dirty
    assert document.sheet_names == ["Guests", "Speakers", "Budget"]
    assert document.saved_at is None


def test_an_edit_is_unsaved_until_it_is_written(document: Document) -> None:
    column = position(document, Field.FIRST_NAME)
    document.roster.set_texts({(0, column): "Amaara"})
    edits = document.open_sheet.unsaved_edits()
    assert list(edits.values()) == ["Amaara"]
    document.mark_saved("Guests", edits, {})
    assert not document.dirty
    assert document.saved_at is not None


def test_undoing_a_written_edit_is_an_edit_again(document: Document) -> None:
    column = position(document, Field.FIRST_NAME)
    before = document.roster.text(0, column)
    diff = document.roster.set_texts({(0, column): "Amaara"})
    document.mark_saved("Guests", document.open_sheet.unsaved_edits(), {})
    document.roster.apply_diff(diff, reverse=True)
    edits = document.open_sheet.unsaved_edits()
    assert list(edits.values()) == [before]
    document.mark_saved("Guests", edits, {})
    assert not document.dirty


def test_an_edit_made_while_saving_stays_unsaved(document: Document) -> None:
    column = position(document, Field.FIRST_NAME)
    document.roster.set_texts({(0, column): "one"})
    on_the_way = document.open_sheet.unsaved_edits()
    document.roster.set_texts({(0, column): "two"})
    document.mark_saved("Guests", on_the_way, {})
    assert list(document.open_sheet.unsaved_edits().values()) == ["two"]


def test_an_outcome_that_came_while_saving_stays_unsaved(document: Document) -> None:
    first, later = (
        Outcome(4, "a@example.com", Status.NOT_SENT),
        Outcome(4, "a@example.com", Status.REGISTERED, "https://zoom.example/w/1"),
    )
    outcomes = document.open_sheet.outcomes
    outcomes[4] = first
    on_the_way = dict(outcomes)
    outcomes[4] = later
    document.mark_saved("Guests", {}, on_the_way)
    assert outcomes == {4: later}
    document.mark_saved("Guests", {}, dict(outcomes))
    assert not document.dirty
