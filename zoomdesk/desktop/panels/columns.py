"""Step 1: what each column of the sheet was taken for, why, and the way to change it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from zoomdesk.desktop import i18n, style, widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.panels.step import DONE, NEXT, TODO, Step
from zoomdesk.roster.columns import Column
from zoomdesk.roster.fields import Field, Topic
from zoomdesk.roster.form import FormQuestion
from zoomdesk.roster.table import Roster

_SURE = 0.8
_LIKELY = 0.5


class ColumnsStep(Step):
    """Say which columns were found; open the list of all of them on demand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, 1, "")
        self._shown: tuple[object, ...] = ()
        self._toggle = widgets.button("", self._flip, kind="link")
        self._list = QWidget()
        self._list_layout = widgets.column(self._list, gap=6)
        self.body_layout.addLayout(widgets.row(self._toggle, None))
        self.body_layout.addWidget(self._list)
        self._open = False
        self._asked = False

    def refresh(self) -> None:
        roster = self.desk.roster
        self.body.setVisible(roster is not None)
        if roster is None:
            self.show_state(TODO, self.tr("Open a workbook first."), title=self.tr("Columns"))
            return
        missing, unsure = _missing(roster), _unsure(roster)
        if missing:
            summary = i18n.fill(self.tr("Say which column holds: %1."), _names(missing))
        elif unsure:
            summary = i18n.fill(self.tr("Please check: %1."), i18n.listed(unsure))
        else:
            summary = i18n.fill(self.tr("%1 found."), _names(_required(roster)))
        if (missing or unsure) and not self._asked:
            self._asked = self._open = True
        self.show_state(NEXT if missing else DONE, summary, title=self.tr("Columns"))
        self._toggle.setText(self.tr("Hide the columns") if self._open else self.tr("Change"))
        self._toggle.setAccessibleName(self.tr("Show or hide what each column holds"))
        self._list.setVisible(self._open)
        if self._open:
            self._fill(roster)

    def _flip(self) -> None:
        self._open = not self._open
        self.refresh()

    def _fill(self, roster: Roster) -> None:
        columns = tuple(c for c in roster.columns if c.sheet_column is not None and not c.result)
        questions = roster.meanings.form.questions
        if self._shown == (id(roster), columns, questions):
            return
        self._shown = (id(roster), columns, questions)
        widgets.clear(self._list_layout)
        for column in columns:
            self._list_layout.addWidget(_ColumnRow(self.desk, column, questions))


class _ColumnRow(QFrame):
    """One column: its heading, what it holds, and why that is believed."""

    def __init__(self, desk: Desk, column: Column, questions: tuple[FormQuestion, ...]) -> None:
        super().__init__()
        self._desk = desk
        self._column = column
        layout = widgets.column(self, gap=2)
        heading = column.header or self.tr("(no heading)")
        name = widgets.ElidedLabel(heading)
        self._choice = QComboBox()
        self._choice.setAccessibleName(i18n.fill(self.tr("What the column “%1” holds"), heading))
        self._choice.addItem(self.tr("Not used"))
        self._topics: list[Topic | None] = [None, *i18n.CHOOSABLE]
        for field in i18n.CHOOSABLE:
            self._choice.addItem(i18n.field_name(field))
        if questions:
            self._choice.insertSeparator(self._choice.count())
            self._topics.append(None)
        for question in questions:
            self._choice.addItem(question.title)
            self._topics.append(question.topic)
        self._choice.setCurrentIndex(self._topics.index(column.topic))
        self._choice.setMaximumWidth(160)
        self._choice.activated.connect(self._assign)
        line = widgets.row(name, self._choice, gap=8)
        line.setStretch(0, 1)
        layout.addLayout(line)
        if column.topic is not None and column.reason:
            why = widgets.label(f"{self._confidence()}: {column.reason}", "small", wrap=True)
            if column.confidence < _LIKELY:
                style.set_property(why, "role", "warning")
            layout.addWidget(why)

    def _confidence(self) -> str:
        if self._column.confidence >= _SURE:
            return self.tr("Sure")
        return self.tr("Likely") if self._column.confidence >= _LIKELY else self.tr("A guess")

    def _assign(self) -> None:
        self._desk.assign_field.emit(
            self._column.position, self._topics[self._choice.currentIndex()]
        )


def _required(roster: Roster) -> list[Field]:
    have = {c.field for c in roster.columns if c.field is not None}
    wanted = [Field.EMAIL, Field.FULL_NAME] if Field.FULL_NAME in have else []
    return [f for f in (wanted or [Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME]) if f in have]


def _missing(roster: Roster) -> list[Field]:
    have = {c.field for c in roster.columns}
    missing = [Field.EMAIL] if Field.EMAIL not in have else []
    if Field.FIRST_NAME not in have and Field.FULL_NAME not in have:
        missing.append(Field.FIRST_NAME)
    return missing


def _unsure(roster: Roster) -> list[str]:
    return [c.header for c in roster.columns if c.topic is not None and c.confidence < _LIKELY]


def _names(found: list[Field]) -> str:
    """Join the names of fields as they stand inside a sentence: the first one capitalised."""
    names = [i18n.field_name(f) for f in found]
    return i18n.listed([names[0], *(name.lower() for name in names[1:])]) if names else ""
