"""Step 2: what is wrong with the rows, grouped, with a fix where one is known."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.desktop.desk import Desk, ProblemGroup
from zoomdesk.desktop.panels.step import DONE, NEXT, TODO, Step
from zoomdesk.roster.filters import Filter

_MOST = 6
_ONE_LINE = 150
"""Pixels that are left beside the two buttons."""


class ProblemsStep(Step):
    """Count the problems, fix typos by the dozen, show the rows that need a person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, 2, "")
        self._shown: tuple[object, ...] = ()
        self._fixes = QWidget()
        self._fix_layout = widgets.column(self._fixes, gap=6)
        self._show_errors = widgets.button("", lambda: self._show(Filter.TO_FIX))
        self._show_duplicates = widgets.button("", lambda: self._show(Filter.DUPLICATES))
        self._leave = widgets.button("", self._leave_out, kind="link")
        self.body_layout.addWidget(self._fixes)
        self.body_layout.addLayout(widgets.row(self._show_errors, self._show_duplicates, None))
        self.body_layout.addLayout(widgets.row(self._leave, None))

    def refresh(self) -> None:
        roster = self.desk.roster
        if roster is None:
            self.body.hide()
            self.show_state(TODO, self.tr("Every row is checked."), title=self.tr("Problems"))
            return
        counts = roster.counts()
        open_problems = bool(counts.to_fix or counts.duplicates or self._fixable())
        pending = open_problems and self._is_next()
        finished = self.desk.run.report is not None and not self.desk.problems
        state = NEXT if pending else DONE
        summary = self._summary_of(counts.to_fix, counts.duplicates)
        if pending and counts.to_fix:
            summary += " " + self.tr("Rows with errors stay behind; the rest can go.")
        self.show_state(state, summary, title=self.tr("Problems"))
        self.body.setVisible(open_problems and not finished and not self.desk.run.running)
        self._show_errors.setVisible(bool(counts.to_fix))
        self._show_errors.setText(i18n.fill(self.tr("Show the %1"), i18n.number(counts.to_fix)))
        self._show_errors.setAccessibleName(self.tr("Show the rows to fix"))
        self._show_duplicates.setVisible(bool(counts.duplicates))
        self._show_duplicates.setText(self.tr("Show duplicates"))
        self._leave.setVisible(pending)
        self._leave.setText(self.tr("Go on without them"))
        self._fill()

    def _summary_of(self, to_fix: int, duplicates: int) -> str:
        if self.desk.run.running and to_fix + duplicates:
            return self.tr("%Ln rows are left out.", "", to_fix + duplicates)
        parts = []
        if to_fix:
            parts.append(self.tr("%Ln to fix", "", to_fix))
        if duplicates:
            parts.append(self.tr("%Ln duplicates", "", duplicates))
        fixable = sum(len(g.indexes) for g in self._fixable())
        if fixable:
            parts.append(self.tr("%Ln with a suggestion", "", fixable))
        return i18n.fill(self.tr("%1."), ", ".join(parts)) if parts else self.tr("None. Well kept.")

    def _is_next(self) -> bool:
        return not self.desk.left_out and self.desk.choice.chosen is None

    def _fixable(self) -> list[ProblemGroup]:
        return [group for group in self.desk.problems if group.fix]

    def _show(self, kind: Filter) -> None:
        self.desk.filter_rows.emit(kind)

    def _leave_out(self) -> None:
        self.desk.left_out = True
        self.desk.touch()

    def _fill(self) -> None:
        shown = tuple((g.code, g.title, g.fix, tuple(g.indexes)) for g in self.desk.problems)
        if shown == self._shown:
            return
        self._shown = shown
        widgets.clear(self._fix_layout)
        for group in self._fixable()[:_MOST]:
            self._fix_layout.addWidget(_FixRow(self.desk, group))
        for group in [g for g in self.desk.problems if not g.fix][:_MOST]:
            self._fix_layout.addWidget(_GroupRow(self.desk, group))


class _FixRow(QFrame):
    """What is there and what was likely meant, with the button that mends all of its kind."""

    def __init__(self, desk: Desk, group: ProblemGroup) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setProperty("tone", "warning")
        self.setToolTip(group.title)
        count = len(group.indexes)
        text = f"{group.wrong or self.tr('(empty)')} → {group.fix}"
        many = self.tr("Fix all %Ln", "", count) if count > 1 else self.tr("Fix it")
        fix = widgets.button(many, lambda: desk.fix_rows.emit(group.indexes), kind="link")
        fix.setAccessibleName(f"{many}: {text}")
        see = widgets.button(
            self.tr("Show"), lambda: desk.show_rows.emit(group.indexes), kind="link"
        )
        see.setAccessibleName(f"{self.tr('Show')}: {text}")
        layout = widgets.column(self, margins=(12, 6, 12, 6), gap=2)
        words = widgets.ElidedLabel(text, "warning")
        if words.fontMetrics().horizontalAdvance(text) < _ONE_LINE:
            line = widgets.row(words, see, fix, gap=12)
            line.setStretch(0, 1)
            layout.addLayout(line)
        else:
            layout.addWidget(widgets.ElidedLabel(group.wrong or self.tr("(empty)"), "warning"))
            layout.addWidget(widgets.ElidedLabel(f"→ {group.fix}", "warning"))
            layout.addLayout(widgets.row(None, see, fix, gap=12))


class _GroupRow(QFrame):
    """Rows with the same problem, and the button that shows them."""

    def __init__(self, desk: Desk, group: ProblemGroup) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        role = "err" if group.error else "warn"
        layout.addWidget(widgets.Picture("alert-circle", role, 16))
        layout.addWidget(widgets.ElidedLabel(group.title), 1)
        number = self.tr("Show %Ln", "", len(group.indexes))
        see = widgets.button(number, lambda: desk.show_rows.emit(group.indexes), kind="link")
        see.setAccessibleName(f"{number}: {group.title}")
        layout.addWidget(see)
