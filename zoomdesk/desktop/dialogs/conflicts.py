"""List what both the person and somebody else have changed, and take the person's choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from zoomdesk.desktop import i18n, widgets
from zoomdesk.registration.conflicts import Conflict, Why

_ROW, _PERSON, _CHOICE = 0, 1, 6
_ROW_HEIGHT = 44


class ConflictsDialog(QDialog):
    """Show each conflict with all three texts; ``mine`` are those where the own text is wanted."""

    def __init__(self, parent: QWidget | None, conflicts: Sequence[Conflict]) -> None:
        super().__init__(parent)
        self._conflicts = list(conflicts)
        self._choices: list[QComboBox | None] = []
        self.setModal(True)
        self.setObjectName("conflicts")
        self.setWindowTitle(self.tr("Changed by both"))
        self.setMinimumSize(860, 400)
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=12)
        title = self.tr("%Ln cells were changed by both of you", "", len(conflicts))
        layout.addWidget(widgets.label(title, "title", wrap=True))
        text = self.tr(
            "The table shows what is in the workbook now. Choose where your own text goes instead;"
            " it is written when you save."
        )
        layout.addWidget(widgets.label(text, "soft", wrap=True))
        self.table = self._make_table()
        layout.addWidget(self.table, 1)
        all_theirs = widgets.button(self.tr("All theirs"), lambda: self._choose_all(mine=False))
        all_mine = widgets.button(self.tr("All mine"), lambda: self._choose_all(mine=True))
        self.ok_button = widgets.button(self.tr("Done"), self.accept, kind="primary")
        self.ok_button.setDefault(True)
        later = widgets.button(self.tr("Decide later"), self.reject)
        layout.addLayout(widgets.row(all_theirs, all_mine, None, later, self.ok_button))

    @property
    def mine(self) -> tuple[Conflict, ...]:
        """Return the conflicts in which the person wants the own text."""
        return tuple(
            conflict
            for conflict, choice in zip(self._conflicts, self._choices, strict=True)
            if choice is not None and choice.currentData()
        )

    def choice(self, place: int) -> QComboBox | None:
        """Return the control of a conflict, None where nothing can be chosen."""
        return self._choices[place]

    def _make_table(self) -> QTableWidget:
        heads = [
            self.tr("Row"),
            self.tr("Person"),
            self.tr("Column"),
            self.tr("Before"),
            self.tr("Theirs"),
            self.tr("Yours"),
            self.tr("Keep"),
        ]
        table = QTableWidget(len(self._conflicts), len(heads))
        table.setAccessibleName(self.tr("Cells that both have changed"))
        table.setHorizontalHeaderLabels(heads)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for section, width in ((_ROW, 64), (_PERSON, 210), (_CHOICE, 124)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, width)
        for place, conflict in enumerate(self._conflicts):
            self._add(table, place, conflict)
        return table

    def _add(self, table: QTableWidget, place: int, conflict: Conflict) -> None:
        row = i18n.number(conflict.row)
        is_link = conflict.why is Why.LINK
        column = conflict.header or (self.tr("Link") if is_link else "")
        taken_out = not conflict.column and not is_link
        ours = self.tr("row taken out") if taken_out else conflict.ours
        texts = [row, conflict.person, column, conflict.before, _theirs(conflict), ours]
        for at, text in enumerate(texts):
            item = QTableWidgetItem(text.replace("\n", " "))
            item.setToolTip(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, conflict.describe())
            table.setItem(place, at, item)
        if conflict.target is None:
            item = QTableWidgetItem(self.tr("no place"))
            item.setToolTip(conflict.describe())
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            table.setItem(place, _CHOICE, item)
            self._choices.append(None)
            return
        combo = QComboBox()
        combo.addItem(self.tr("Theirs"), False)
        combo.addItem(self.tr("Mine"), True)
        name = i18n.fill(self.tr("Row %1, %2: keep"), row, column)
        combo.setAccessibleName(name)
        combo.setAccessibleDescription(conflict.describe())
        holder = QWidget()
        widgets.column(holder, margins=(4, 0, 4, 0)).addWidget(combo)
        table.setCellWidget(place, _CHOICE, holder)
        self._choices.append(combo)

    def _choose_all(self, *, mine: bool) -> None:
        for choice in self._choices:
            if choice is not None:
                choice.setCurrentIndex(choice.findData(mine))


def _theirs(conflict: Conflict) -> str:
    gone = {
        Why.ROW_GONE: i18n.translate("conflicts", "the row is gone"),
        Why.COLUMN_GONE: i18n.translate("conflicts", "the column is gone"),
        Why.UNSURE: i18n.translate("conflicts", "several rows fit"),
    }
    return gone.get(conflict.why, conflict.theirs)
