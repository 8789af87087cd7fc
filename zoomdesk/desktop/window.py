"""The one window: it puts the parts together and wires what they say to who acts on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QUndoStack
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from zoomdesk import workbook
from zoomdesk.desktop import icons, menus, widgets, window_place
from zoomdesk.desktop.account_wiring import AccountWiring
from zoomdesk.desktop.actions import Actions
from zoomdesk.desktop.afterwards import Afterwards
from zoomdesk.desktop.answering import Answering
from zoomdesk.desktop.asking import Asking
from zoomdesk.desktop.bridge import UnexpectedError
from zoomdesk.desktop.choosing import Choosing
from zoomdesk.desktop.deciding import Deciding
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.diagnosing import Diagnosing
from zoomdesk.desktop.leaving import Leaving
from zoomdesk.desktop.menus import RecentMenu
from zoomdesk.desktop.notices import Notice, NoticeArea
from zoomdesk.desktop.opening import Opening
from zoomdesk.desktop.panels.side import SidePanel
from zoomdesk.desktop.reading_page import ReadingPage
from zoomdesk.desktop.registrants_wiring import RegistrantWiring
from zoomdesk.desktop.resuming import Resuming
from zoomdesk.desktop.running import Running
from zoomdesk.desktop.saving import Saving
from zoomdesk.desktop.sheet_page import SheetPage
from zoomdesk.desktop.signing import Signing
from zoomdesk.desktop.topbar import TopBar
from zoomdesk.desktop.watching import Watching
from zoomdesk.desktop.welcome import WelcomePage


class MainWindow(QMainWindow):
    """Show the desk. Everything that happens, happens in a controller or in the table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAcceptDrops(True)
        self.setWindowIcon(icons.app_icon())
        self.opening = Opening(desk)
        self.saving = Saving(desk)
        self.choosing = Choosing(desk)
        self.answering = Answering(desk)
        self.running = Running(desk)
        self.signing = Signing(desk)
        self.resuming = Resuming(desk, self.opening, self.running)
        self.leaving = Leaving(desk, self.saving, self.running)
        self.notices = NoticeArea()
        self.welcome = WelcomePage(desk)
        self.page = SheetPage(desk)
        self.reading = ReadingPage()
        self.afterwards = Afterwards(desk, self.page, self.running)
        self.deciding = Deciding(desk)
        self.watching = Watching(desk, self.opening, self.saving)
        self.asking = Asking(
            self,
            desk,
            self.opening,
            self.saving,
            self.choosing,
            self.running,
            self.signing,
            self.deciding,
        )
        self.side = SidePanel(desk)
        self.actions_ = Actions(self, self.undo_stack)
        self.bar = TopBar(desk, self.actions_)
        self.bar.set_menu(self.actions_.menu(RecentMenu(self, desk, self.opening.open)))
        self._lay_out()
        self._connect_desk()
        self._connect_actions()
        self._connect_panels()
        self.registrants = RegistrantWiring(self)
        self.diagnosing = Diagnosing(self)
        AccountWiring(self)
        window_place.put_back(self, desk.state)
        # "Saved 2 minutes ago" grows old by itself.
        self._clock = QTimer(self, interval=30_000)
        self._clock.timeout.connect(desk.touch)
        self._clock.start()
        self.refresh()
        self.welcome.open_button.setFocus()

    @property
    def undo_stack(self) -> QUndoStack:
        """Return the steps that can be undone on the table."""
        return self.page.table.undo_stack

    def start(self, book: Path | None = None) -> None:
        """Begin: look who is signed in, look for unfinished runs, open what was asked for."""
        self.signing.look()
        self.resuming.look()
        recent = [Path(text) for text in self.desk.state.recent]
        self.desk.bridge.run(lambda: workbook.clean_beside(recent))
        if book is not None:
            self.opening.open(book)

    def shut_down(self) -> None:
        """Let the calls in flight end, and stop every thread."""
        self._clock.stop()
        self.watching.stop()
        self.opening.stop()
        self.running.end()
        self.resuming.stop()
        self.signing.cancel()
        self.choosing.stop()
        self.answering.stop()
        self.page.stop()
        self.desk.close()

    def show_fault(self, _error: BaseException) -> None:
        """Say that something went wrong inside the program; the log has the rest."""
        self.desk.fail("fault", UnexpectedError(self.tr("An unexpected fault was caught.")))

    # Layout

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for page in (self.welcome, self.reading, self.page):
            self.stack.addWidget(page)
        centre = QWidget()
        layout = widgets.column(centre, gap=0)
        layout.addWidget(self.bar)
        layout.addWidget(self.notices)
        body = widgets.row(self.stack, self.side, gap=0)
        body.setStretch(0, 1)
        layout.addLayout(body, 1)
        self.setCentralWidget(centre)

    def refresh(self) -> None:
        """Show the desk as it is now."""
        document, reading = self.desk.document, self.opening.showing
        if reading is not None:
            self.reading.show_reading(reading.name, reading.progress, reading.preview)
            self.stack.setCurrentWidget(self.reading)
        else:
            self.stack.setCurrentWidget(self.welcome if document is None else self.page)
        on_steps = self.side.currentIndex() == 0
        self.side.setVisible(document is not None or reading is not None or not on_steps)
        self.side.setEnabled(reading is None or not on_steps)
        self.welcome.refresh()
        self.page.refresh()
        self.side.refresh(reading=reading is not None)
        self.bar.refresh()
        self._enable()
        name = document.path.name if document is not None else ""
        name = reading.name if reading is not None else name
        self.setWindowTitle(f"{name}[*] — Zoomdesk" if name else "Zoomdesk")
        self.setWindowModified(document is not None and document.dirty)

    def _enable(self) -> None:
        acts, desk = self.actions_, self.desk
        reading, running = self.opening.showing is not None, desk.run.running
        is_open = desk.document is not None and not reading
        dirty = is_open and desk.document is not None and desk.document.dirty
        acts.save.setEnabled(dirty and not self.saving.saving)
        for action in (acts.save_copy, acts.find, acts.next_sheet, acts.previous_sheet):
            action.setEnabled(is_open)
        acts.reload.setEnabled(is_open and not running)
        acts.tick_valid.setEnabled(is_open and not running)
        ready = is_open and not running
        acts.register.setEnabled(self.side.register.button.isEnabled() and ready)
        acts.check_only.setEnabled(self.side.register.check.isEnabled() and ready)
        self.registrants.enable(ready=ready)
        acts.add_row.setEnabled(ready)
        acts.remove_rows.setEnabled(ready)
        self.page.table.model_.rows_fixed = running
        self.page.table.model_.read_only = self.opening.under_way is not None
        acts.stop.setEnabled(reading or (running and not desk.run.stopping) or desk.run.preparing)
        acts.pause.setEnabled(running and desk.run.holdable and not desk.run.stopping)
        acts.preferences.setEnabled(not running)

    # Wiring

    def _connect_desk(self) -> None:
        desk, table = self.desk, self.page.table
        desk.changed.connect(self.refresh)
        desk.noticed.connect(self.notices.post)
        desk.notice_gone.connect(self.notices.dismiss)
        desk.sheet_shown.connect(self._sheet_shown)
        desk.sheet_shown.connect(self.answering.look)
        desk.services_changed.connect(self._services_changed)
        desk.rows_answered.connect(table.apply_results)
        self.choosing.event_changed.connect(self.answering.look)
        self.answering.changed.connect(table.columns_changed)
        self.answering.ticks_wanted.connect(lambda rows, on: self.afterwards.tick(rows, on=on))
        self.answering.changed.connect(self.choosing.replan)
        desk.show_rows.connect(self.page.show_rows)
        desk.filter_rows.connect(self.page.show_kind)
        desk.fix_rows.connect(table.apply_suggestion)
        desk.change_cells.connect(table.set_texts)
        desk.remove_rows.connect(table.model_.remove_rows)
        table.roster_changed.connect(self.choosing.replan)
        table.ticks_changed.connect(self.choosing.replan)
        table.roster_changed.connect(self.running.reconsider)
        table.ticks_changed.connect(self.running.reconsider)
        table.edited.connect(desk.touch)
        table.view_changed.connect(desk.touch)
        table.notice.connect(self._say)
        table.link_activated.connect(_open_link)
        table.headerMenuRequested.connect(
            lambda position, where: menus.open_column_menu(self, desk, position, where)
        )

    def _connect_actions(self) -> None:
        acts = self.actions_
        for action, act in (
            (acts.open, self.asking.ask_open),
            (acts.save, self.saving.save),
            (acts.save_copy, self.asking.ask_save_copy),
            (acts.template, self.asking.ask_template),
            (acts.practise, self.opening.practise),
            (acts.reload, self.opening.reload),
            (acts.quit, self.close),
            (acts.find, self._find),
            (acts.tick_valid, self.page.table.tick_all_valid),
            (acts.next_sheet, lambda: self.page.step_sheet(1)),
            (acts.previous_sheet, lambda: self.page.step_sheet(-1)),
            (acts.register, self.running.prepare),
            (acts.check_only, self._check_only),
            (acts.add_row, self.page.table.add_rows),
            (acts.remove_rows, self.page.table.remove_selected_rows),
            (acts.stop, self._stop),
            (acts.pause, self.running.hold),
            (acts.account, self.show_account),
            (acts.preferences, self.asking.ask_preferences),
            (acts.steps, self.side.focus_next),
        ):
            action.triggered.connect(lambda _=False, act=act: act())

    def _connect_panels(self) -> None:
        side, welcome = self.side, self.welcome
        welcome.open_dialog.connect(self.asking.ask_open)
        welcome.open_path.connect(self.opening.open)
        welcome.practise.connect(self.opening.practise)
        welcome.template.connect(self.asking.ask_template)
        self.page.sheet_chosen.connect(self.opening.show_sheet)
        self.page.tick_all.clicked.connect(self.page.table.tick_all_valid)
        side.event_step.chosen.connect(self.choosing.choose)
        side.event_step.dates_chosen.connect(self.choosing.choose_dates)
        side.event_step.typed.connect(self.choosing.choose_text)
        side.event_step.wanted.connect(self.choosing.load_events)
        side.event_step.reload.connect(self.choosing.load_events)
        side.event_step.sign_in.connect(self.show_account)
        side.register.register.connect(self.running.prepare)
        side.register.check_only.connect(self._check_only)
        side.register.stop.connect(self.running.stop)
        side.register.pause.connect(self.running.hold)
        side.result.show_status.connect(self.afterwards.show_status)
        side.result.retry.connect(self.afterwards.retry)
        side.result.copy_links.connect(self.afterwards.copy_links)
        side.result.open_book.connect(lambda: self.afterwards.open_outside(folder=False))
        side.result.open_folder.connect(lambda: self.afterwards.open_outside(folder=True))
        side.result.save.connect(self.saving.save)
        side.account.leave_practice.connect(self._leave_practice)
        self.signing.changed.connect(self._account_changed)
        self.opening.save_first.connect(
            lambda wanted: self.saving.save(lambda: self.opening.open_wanted(wanted))
        )
        self.opening.password_wanted.connect(self.asking.ask_password)
        self.opening.reread.connect(self.deciding.tell)
        self.deciding.wanted.connect(self.asking.ask_conflicts)
        self.reading.stop.connect(self.opening.stop)
        self.page.text_bar.chosen.connect(self.opening.read_text)
        self.saving.place_wanted.connect(self.asking.ask_new_place)
        self.saving.overtaken.connect(self.opening.reload)
        self.saving.reload_wanted.connect(self.opening.reload)
        self.running.reload_wanted.connect(self.opening.reload)
        self.saving.empty_wanted.connect(self._empty_rows)
        self.running.save_first.connect(lambda: self.saving.save(self.running.prepare))
        self.saving.copy_wanted.connect(self.asking.ask_save_copy)
        self.choosing.cured.connect(lambda rows: self.afterwards.tick(rows, on=True))
        self.running.planned.connect(self.asking.confirm)
        self.running.copy_wanted.connect(self.asking.ask_save_copy)
        self.running.finished.connect(self._run_finished)
        self.saving.saved.connect(self.running.mark_written)
        self.leaving.left.connect(self.close)

    # What happens

    def _sheet_shown(self) -> None:
        document = self.desk.document
        place = self.reading.place(document) if document is not None else None
        self.side.show_steps()
        # Before the rows: a table that is not laid out yet would scroll to its current cell.
        self.stack.setCurrentWidget(self.page)
        self.page.show_sheet(place)
        self.reading.clear()
        self.choosing.new_sheet()
        self.refresh()
        self.page.table.setFocus()

    def _services_changed(self) -> None:
        self.choosing.forget_events()
        self.desk.unnotify("account")
        self.desk.unnotify("vault")
        self.signing.look()
        self.choosing.replan()

    def _account_changed(self) -> None:
        self.choosing.forget_events()
        if self.desk.account.signed_in:
            self.side.show_steps()

    def _empty_rows(self) -> None:
        """Empty the rows that the file does not let go, and save that."""
        if self.page.table.model_.empty_removed():
            self.saving.save()

    def _stop(self) -> None:
        if self.opening.showing is not None:
            self.opening.stop()
        else:
            self.running.stop()

    def _check_only(self) -> None:
        if self.desk.plan.plan is not None:
            self.desk.plan.checked_only = True
            self.desk.touch()

    def _run_finished(self) -> None:
        """Write the results at once; what cannot be written is safe in the journal."""
        self.afterwards.untick_settled()
        self.choosing.reread()
        self.choosing.replan()
        self.saving.save(self._results_written)

    def _results_written(self) -> None:
        self.running.mark_written()
        self.leaving.go_on()

    def _leave_practice(self) -> None:
        self.desk.use(self.desk.reopen(self.desk.settings))
        self.side.show_account()

    def show_account(self, *, adding: bool = False) -> None:
        """Show who is signed in, or the way to sign in, or to do so as somebody else as well."""
        self.side.show()
        self.side.show_account(adding=adding)

    def _find(self) -> None:
        self.page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.search.selectAll()

    def _say(self, text: str) -> None:
        self.desk.notify(Notice("said", "info", text))

    # Qt's own events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.opening.open(path)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.watching.look_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_leave():
            event.ignore()
            return
        window_place.remember(self, self.desk.state)
        event.accept()


def _dropped(event: QDropEvent) -> Path | None:
    """Return the one local file that is dropped, if it is one."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _open_link(link: str) -> None:
    url = QUrl(link)
    if url.scheme() in ("http", "https"):
        QDesktopServices.openUrl(url)
