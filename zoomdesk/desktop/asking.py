"""Ask a person in a dialog: for files, for settings, and before the one irreversible act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from zoomdesk.desktop import jobs
from zoomdesk.desktop.choosing import Choosing
from zoomdesk.desktop.deciding import Deciding
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.dialogs.confirm import ConfirmDialog
from zoomdesk.desktop.dialogs.conflicts import ConflictsDialog
from zoomdesk.desktop.dialogs.password import PasswordDialog
from zoomdesk.desktop.dialogs.preferences import PreferencesDialog
from zoomdesk.desktop.dialogs.privacy import PrivacyBox
from zoomdesk.desktop.dialogs.server_app import ServerAppDialog
from zoomdesk.desktop.document import Wanted
from zoomdesk.desktop.opening import Opening, practice_folder
from zoomdesk.desktop.running import Running
from zoomdesk.desktop.saving import Saving
from zoomdesk.desktop.signing import Signing
from zoomdesk.registration.conflicts import Conflict
from zoomdesk.registration.estimate import estimate_of
from zoomdesk.registration.newfile import proposed
from zoomdesk.registration.plan import Plan

_EXCEL = "*.xlsx *.xlsm *.xlsb *.xls"
_LISTS = f"{_EXCEL} *.csv *.tsv *.txt *.ods"


class Asking(QObject):
    """Show the dialogs over the window; each hands its answer to a controller."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        opening: Opening,
        saving: Saving,
        choosing: Choosing,
        running: Running,
        signing: Signing,
        deciding: Deciding,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._opening = opening
        self._saving = saving
        self._choosing = choosing
        self._running = running
        self._signing = signing
        self._deciding = deciding
        self.dialog: ConfirmDialog | None = None

    def ask_open(self) -> None:
        """Ask for a workbook."""
        start = self._desk.state.recent[0] if self._desk.state.recent else ""
        kinds = (
            f"{self.tr('Workbooks and lists')} ({_LISTS})",
            f"{self.tr('Excel workbooks')} ({_EXCEL})",
            f"{self.tr('Text')} (*.csv *.tsv *.txt)",
            f"{self.tr('OpenDocument')} (*.ods)",
            f"{self.tr('All files')} (*)",
        )
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a workbook"), start, ";;".join(kinds)
        )
        if name:
            self._opening.open(Path(name))

    def ask_password(self, wanted: Wanted, wrong: bool) -> None:
        """Ask for the password of a workbook; without one, what was open before stays."""
        dialog = PasswordDialog(self._window, wanted.path.name, wrong=wrong)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._opening.open_wanted(
                replace(wanted, password=dialog.password), discard=True
            )
        )
        dialog.open()
        dialog.field.setFocus()

    def ask_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Show what both sides changed; only "Done" settles it."""
        dialog = ConflictsDialog(self._window, conflicts)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._deciding.decide(dialog.mine))
        dialog.rejected.connect(self._deciding.tell)
        dialog.open()

    def ask_save_copy(self) -> None:
        """Ask where a copy goes."""
        document = self._desk.document
        if document is None:
            return
        if document.info.new_file:
            self.ask_new_place(proposed(document.info), None)
            return
        proposal = document.path.with_name(f"{document.path.stem} copy{document.path.suffix}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy"), str(proposal), f"*{document.path.suffix}"
        )
        if name:
            self._saving.save_copy(Path(name).with_suffix(document.path.suffix))

    def ask_new_place(self, proposal: Path, then: Callable[[], None] | None) -> None:
        """Ask, once, where the new workbook goes that takes the results."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as a new workbook"), str(proposal), f"*{proposal.suffix}"
        )
        if name:
            self._saving.save_new(Path(name).with_suffix(proposal.suffix), then)

    def ask_template(self) -> None:
        """Ask where a template goes."""
        proposal = practice_folder().parent / "Guests.xlsx"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a template"), str(proposal), "*.xlsx"
        )
        if name:
            self._opening.save_template(Path(name).with_suffix(".xlsx"))

    def ask_preferences(self) -> None:
        """Show the settings."""
        privacy = PrivacyBox(self._desk)
        dialog = PreferencesDialog(self._window, self._desk.settings, privacy)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(privacy.stop)
        dialog.accepted.connect(lambda: self._signing.apply(dialog.changed))
        dialog.open()

    def ask_server_app(self) -> None:
        """Ask for the values of a Server-to-Server app."""
        dialog = ServerAppDialog(self._window, self._desk.settings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._signing.sign_in_as_server(*dialog.values()))
        dialog.open()

    def confirm(self, prepared: jobs.Prepared) -> None:
        """State the exact effect; only a yes starts the run."""
        document, plan = self._desk.document, prepared.plan
        if document is None or not plan.to_send:
            return
        self.dialog = ConfirmDialog(
            self._window,
            plan,
            prepared.chosen,
            prepared.ticked,
            notes=(*prepared.warnings, *self._days_note(plan)),
            typos=self._choosing.typos(),
            seconds=plan.seconds(self._desk.services.pacer),
            book=document.path.name,
            practice=self._desk.practice,
            account=self._desk.account.label,
        )
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(lambda: self._running.start(plan, prepared.chosen))
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _days_note(self, plan: Plan) -> tuple[str, ...]:
        """Say where the calls are more than Zoom takes a day."""
        desk = self._desk
        days = estimate_of(plan, desk.services.pacer).days(desk.settings.plan)
        said = self.tr("Zoom limits the calls a day: this run takes %Ln days.", "", days)
        return (said,) if days > 1 else ()

    def _forget(self) -> None:
        self.dialog = None
