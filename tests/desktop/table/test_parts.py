from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.desktop.table.people import EMAIL, FIRST, LAST, HandGrid, guests
from zoomdesk.desktop.table import RosterTable, marks, speech, widths
from zoomdesk.desktop.table.blocks import Blocks, Range
from zoomdesk.desktop.table.model import TICK, RosterModel
from zoomdesk.desktop.table.order import Order, joined
from zoomdesk.desktop.tokens import LIGHT
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.problems import Problem, Severity
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_mark(status: Status) -> None:
    assert marks.of_status(str(status)) is not None


def test_other_words_have_none() -> None:
    assert marks.of_status("") is None
    assert marks.of_status("see list 2") is None


@pytest.mark.parametrize(
    ("severity", "code", "suggestion", "mark"),
    [
        (Severity.ERROR, "email-no-dot", "", marks.ERROR),
        (Severity.ERROR, "first-name-missing", "Ana", marks.ERROR_SUGGESTION),
        (Severity.WARNING, "email-typo", "a@gmail.com", marks.SUGGESTION),
        (Severity.WARNING, "duplicate-later", "", marks.DUPLICATE),
        (Severity.WARNING, "first-name-is-email", "", marks.WARNING),
        (Severity.NOTE, "email-shared", "", marks.NOTE),
    ],
)
def test_a_problem_looks_its_own(
    severity: Severity, code: str, suggestion: str, mark: marks.Mark
) -> None:
    assert marks.of_problem(Problem(0, Field.EMAIL, severity, code, "x", suggestion)) is mark


def test_rows_are_joined_to_ranges() -> None:
    assert joined([]) == []
    assert joined([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]


def test_an_order_knows_the_way_back() -> None:
    order = Order([4, 1, 0], 6)
    assert [order.row_of(index) for index in range(6)] == [2, 1, -1, -1, 0, -1]
    assert order.ranges([0, 1, 2, 4, 4]) == [(0, 2)]
    assert not order.complete


def test_the_link_gives_way_before_names_and_status_never() -> None:
    columns = guests().columns
    wanted = [200, 150, 150, 100, 90, 90, *([160] * (len(columns) - 6))]
    link = next(c.position for c in columns if c.result is ResultColumn.JOIN_URL)
    status = next(c.position for c in columns if c.result is ResultColumn.STATUS)
    wanted[link] = 220
    little = widths.squeezed(columns, wanted, 800)
    assert (little[link], little[EMAIL], little[FIRST]) == (140, 200, 150)
    much = widths.squeezed(columns, wanted, 700)
    assert (much[link], much[status], much[EMAIL]) == (112, 160, 200)
    assert much[FIRST] == much[LAST] == (700 - 112 - 160 - 200) // 2
    tiny = widths.squeezed(columns, wanted, 100)
    assert (tiny[link], tiny[FIRST], tiny[EMAIL], tiny[status]) == (112, 108, 140, 160)


def test_a_block_goes_by_moved_columns(qapp: object) -> None:
    model = RosterModel()
    model.set_roster(guests())
    email, first = model.section_of(EMAIL), model.section_of(FIRST)
    blocks = Blocks(model, [TICK, first, email])
    assert blocks.read([Range(0, 0, 0, 1)]) == [["Ana", "ana@contoso.org"]]
    changes = blocks.pasted([["B", "b@contoso.org"]], [], 0, 0)
    assert changes == {(0, FIRST): "B", (0, EMAIL): "b@contoso.org"}


def test_a_selection_in_pieces_is_read_as_the_rectangle_around_it(qapp: object) -> None:
    model = RosterModel()
    model.set_roster(guests())
    blocks = Blocks(model, [model.section_of(EMAIL), model.section_of(FIRST)])
    pieces = [Range(0, 0, 0, 0), Range(1, 1, 1, 1)]
    assert blocks.read(pieces) == [["ana@contoso.org", ""], ["", "Chloé"]]


def test_a_block_is_repeated_only_where_it_fits_whole(qapp: object) -> None:
    model = RosterModel()
    model.set_roster(guests())
    blocks = Blocks(model, [model.section_of(FIRST)])
    twice = blocks.pasted([["a"], ["b"]], [Range(0, 0, 3, 0)], 0, 0)
    assert [twice[row, FIRST] for row in range(4)] == ["a", "b", "a", "b"]
    once = blocks.pasted([["a"], ["b"]], [Range(0, 0, 2, 0)], 0, 0)
    assert sorted(once) == [(0, FIRST), (1, FIRST)]


def test_a_doubtful_match_is_marked_on_the_heading(qtbot: QtBot) -> None:
    """It asks to be checked in words, and the heading is drawn in the colour of a warning."""
    rows = [(f"p{i}@contoso.org", "Ana", "Berg") for i in range(6)]
    roster = Roster.from_grid(
        HandGrid(rows, headings=("Contact", "First name", "Last name")),
        result_headers=Settings().result_columns,
    )
    column = replace(roster.columns[0], confidence=0.5)
    assert "Please check" in speech.column_tip(column)
    assert "Please check" not in speech.column_tip(replace(column, confidence=1.0))
    inked = {}
    for confidence in (0.5, 1.0):
        roster.meanings.columns = (replace(column, confidence=confidence), *roster.columns[1:])
        table = RosterTable()
        qtbot.addWidget(table)
        table.set_roster(roster)
        inked[confidence] = _colours(table.horizontalHeader().grab().toImage())
    assert LIGHT.warn.lower() in inked[0.5]
    assert LIGHT.warn.lower() not in inked[1.0]


def _colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_the_tick_column_stands_still_in_a_window_from_right_to_left(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table.resize(420, 400)
    table.horizontalScrollBar().setValue(150)
    frozen = table.frozen_rect()
    assert frozen.right() == table.viewport().rect().right()
    at = QPoint(frozen.center().x(), 10)
    assert table.indexAt(at) == table.model().index(0, TICK)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert 0 not in roster.ticked
    head = table.horizontalHeader()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert 0 in roster.ticked
