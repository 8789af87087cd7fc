"""Say in words what a cell, a row number and a header show: for tool tips and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from zoomdesk.desktop.i18n import fill, topic_name, translate
from zoomdesk.desktop.table.columns import LOW_CONFIDENCE, Kind, kind_of
from zoomdesk.roster.columns import Column
from zoomdesk.roster.fields import Field, ResultColumn, Topic
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.problems import Problem, Severity
from zoomdesk.roster.table import Roster


def column_name(column: Column) -> str:
    """Name a column by what it means, else by its heading."""
    if column.topic is not None:
        return topic_name(column.topic)
    return column.header or translate("table", "Column without a heading")


def column_note(column: Column) -> str:
    """Say under the heading what becomes of the column."""
    if column.topic is not None:
        return topic_name(column.topic)
    if column.result is not None:
        return translate("table", "From Zoom")
    return translate("table", "Not used")


def column_tip(column: Column) -> str:
    """Explain the match of a column."""
    if column.topic is None:
        return column.reason
    text = fill(translate("table", "Taken as: %1. %2"), topic_name(column.topic), column.reason)
    if column.confidence < LOW_CONFIDENCE:
        text += " " + translate("table", "Please check that this is right.")
    return text


def column_spoken(column: Column) -> str:
    """Speak a header: its words, then what it was taken as."""
    heading = column.header or translate("table", "Column without a heading")
    if column.topic is not None:
        heading = fill(translate("table", "%1, taken as %2"), heading, topic_name(column.topic))
    return heading


def cell_tip(roster: Roster, index: int, position: int) -> str:
    """Explain a cell: its problems, why it cannot be edited, or Zoom's words on the row."""
    column = roster.columns[position]
    lines = [_problem_line(problem) for problem in cell_problems(roster, index, position)]
    if roster.is_formula(index, position):
        lines.append(translate("table", "A formula fills this cell. Change it in Excel."))
    elif not lines and kind_of(column) is Kind.STATUS:
        lines.append(_zoom_words(roster, index))
    return "\n".join(line for line in lines if line)


def cell_spoken(roster: Roster, index: int, position: int) -> str:
    """Speak a cell: ``Email, row 12, ana@contoso, error: The address has no ending.``"""
    text = roster.text(index, position) or translate("table", "empty")
    spoken = fill(
        translate("table", "%1, row %2, %3"),
        column_name(roster.columns[position]),
        roster.row_number(index),
        text,
    )
    worst = worst_at(roster, index, position)
    if worst is not None:
        spoken = fill("%1, %2: %3", spoken, _severity(worst.severity), worst.message)
    return spoken


def tick_spoken(roster: Roster, index: int) -> str:
    """Speak the tick of a row."""
    words = (
        translate("table", "Row %1, ticked")
        if index in roster.ticked
        else translate("table", "Row %1, not ticked")
    )
    return fill(words, roster.row_number(index))


def row_spoken(roster: Roster, index: int) -> str:
    """Speak a row number, and that the workbook hides the row or does not have it yet."""
    words = translate("table", "Row %1")
    if roster.is_added(index):
        words = translate("table", "Row %1, new, not saved yet")
    elif roster.is_hidden(index):
        words = translate("table", "Row %1, hidden in the workbook")
    return fill(words, roster.row_number(index))


def worst_at(roster: Roster, index: int, position: int) -> Problem | None:
    """Return what a cell shows: its worst problem.

    The email's cell also shows what concerns a field that no column holds, such as a missing first
    name on a sheet without first names; it would be nowhere else.
    """
    worst = roster.problem_at(index, position)
    if roster.columns[position].field is Field.EMAIL and roster.has_error(index):
        found = cell_problems(roster, index, position)
        return found[0] if found else None
    return worst


def cell_problems(roster: Roster, index: int, position: int) -> list[Problem]:
    """Return the problems that one cell shows, the worst first."""
    topic = roster.columns[position].topic
    if topic is None:
        return []
    shown: set[Topic | None] = {topic}
    if topic is Field.EMAIL:
        shown |= set(Field) - {column.field for column in roster.columns}
    return [problem for problem in roster.problems(index) if problem.field in shown]


def left_out(count: int) -> str:
    """Say that cells were left out of a gesture."""
    return translate(
        "table", "%Ln cells were left as they are: a formula or Zoom fills them.", None, count
    )


def not_tickable(roster: Roster, indexes: Sequence[int]) -> str:
    """Say why a tick was not taken."""
    first = next((problem.message for problem in roster.problems(indexes[0])), "")
    return fill(
        translate("table", "Row %1 cannot be ticked yet. %2"), roster.row_number(indexes[0]), first
    ).strip()


def nobody(kind: Filter, text: str) -> str:
    """Say that no row is shown, and that this may be good news."""
    if text:
        return fill(translate("table", "Nobody here matches “%1”."), text)
    return {
        Filter.ALL: translate("table", "Nobody is on this sheet."),
        Filter.READY: translate("table", "Nobody is ready yet."),
        Filter.TO_FIX: translate("table", "Nothing left to fix."),
        Filter.DUPLICATES: translate("table", "No duplicates."),
        Filter.REGISTERED: translate("table", "Nobody has a link yet."),
    }[kind]


def _problem_line(problem: Problem) -> str:
    if not problem.suggestion:
        return problem.message
    return fill(translate("table", "%1 Suggestion: %2"), problem.message, problem.suggestion)


def _severity(severity: Severity) -> str:
    return {
        Severity.ERROR: translate("table", "error"),
        Severity.WARNING: translate("table", "warning"),
        Severity.NOTE: translate("table", "note"),
    }[severity]


def _zoom_words(roster: Roster, index: int) -> str:
    for column in roster.columns:
        if column.result is ResultColumn.MESSAGE:
            return roster.text(index, column.position)
    return ""
