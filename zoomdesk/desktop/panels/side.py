"""The panel beside the table: the five steps of the job, or the account."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from zoomdesk.desktop import widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.panels.account import AccountPage
from zoomdesk.desktop.panels.columns import ColumnsStep
from zoomdesk.desktop.panels.event import EventStep
from zoomdesk.desktop.panels.problems import ProblemsStep
from zoomdesk.desktop.panels.register import RegisterStep
from zoomdesk.desktop.panels.result import ResultStep
from zoomdesk.desktop.panels.step import DONE, ERROR, NEXT, TODO, Step

WIDTH = 372


class SidePanel(QStackedWidget):
    """Show the steps; only one of them is the next, and it stays in view."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.columns = ColumnsStep(desk)
        self.problems = ProblemsStep(desk)
        self.event_step = EventStep(desk)
        self.register = RegisterStep(desk)
        self.result = ResultStep(desk)
        self.steps: tuple[Step, ...] = (
            self.columns,
            self.problems,
            self.event_step,
            self.register,
            self.result,
        )
        self.account = AccountPage(desk)
        self.account.back.connect(self.show_steps)
        self._next: Step | None = None
        self._shown: Step | None = None
        self._height = 0
        # Once the layout has settled: the step may be taller by then.
        self._revealing = QTimer(self, singleShot=True, interval=50)
        self._revealing.timeout.connect(self._reveal)
        self._scroll = _scrolling(self._make_steps())
        self.addWidget(self._scroll)
        self.addWidget(_scrolling(self.account))
        self.setAccessibleName(self.tr("Steps"))

    def _make_steps(self) -> QWidget:
        page = QWidget()
        page.setObjectName("sidePanelBody")
        layout = widgets.column(page, margins=(20, 18, 20, 20), gap=18)
        for step in self.steps:
            layout.addWidget(step)
        layout.addStretch(1)
        return page

    def refresh(self, *, reading: bool = False) -> None:
        """Show the desk as it is now; while a workbook is read, nothing of the one before it."""
        for step in self.steps:
            if reading:
                step.wait()
            else:
                step.refresh()
        self._emphasise_one()
        self.account.refresh()

    def show_steps(self) -> None:
        """Show the steps again."""
        self.setCurrentIndex(0)

    def show_account(self, *, adding: bool = False) -> None:
        """Show who is signed in, or the way to sign in, or to do so as somebody else as well."""
        self.account.prepare(adding=adding)
        self.setCurrentIndex(1)
        if self.account.client_id.isVisible():
            self.account.client_id.setFocus()

    @property
    def next_step(self) -> Step | None:
        """Return the step that is next, None while nothing is to be done."""
        return self._next

    def focus_next(self) -> None:
        """Put the keyboard into the step that is next."""
        self.show_steps()
        step = self._next or self.steps[0]
        for child in step.body.findChildren(QWidget):
            reachable = child.isVisibleTo(self) and child.isEnabled()
            if reachable and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _emphasise_one(self) -> None:
        found: Step | None = None
        for step in self.steps:
            if step.state in (NEXT, ERROR):
                if found is None:
                    found = step
                elif step.state == NEXT:
                    step.show_state(TODO, step.summary)
        self._next = found
        shown = found or self._last_done()
        height = shown.sizeHint().height() if shown is not None else 0
        if (shown, height) != (self._shown, self._height):
            self._shown, self._height = shown, height
            self._revealing.start()

    def _last_done(self) -> Step | None:
        return self.result if self.result.state == DONE else None

    def _reveal(self) -> None:
        if self._shown is not None:
            self._scroll.ensureWidgetVisible(self._shown, 0, 20)
            area = self._shown.geometry()
            self._scroll.ensureVisible(0, area.bottom(), 0, 20)
            if area.height() < self._scroll.viewport().height():
                self._scroll.ensureVisible(0, area.top(), 0, 20)


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area
