"""Wire the actions for registrants, their confirmation, and where their results are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from zoomdesk.desktop.dialogs.confirm_act import ConfirmActDialog
from zoomdesk.desktop.life_jobs import PreparedAct
from zoomdesk.desktop.registrants import Registrants
from zoomdesk.registration.lifecycle import Act

if TYPE_CHECKING:
    from zoomdesk.desktop.window import MainWindow


class RegistrantWiring(QObject):
    """Connect the parts of one window; the open confirmation is ``dialog``, None where none is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: ConfirmActDialog | None = None
        self.acts = Registrants(window.desk, window.running)
        shown, act = window.actions_, self.acts
        self._acts = (
            (shown.approve, Act.APPROVE),
            (shown.deny, Act.DENY),
            (shown.cancel, Act.CANCEL),
            (shown.delete, Act.DELETE),
        )
        for action, which in self._acts:
            action.triggered.connect(lambda _=False, which=which: act.prepare(which))
        shown.fetch_links.triggered.connect(lambda _=False: act.fetch_links())
        act.planned.connect(self.confirm)
        act.save_first.connect(lambda which: window.saving.save(partial(act.prepare, which)))
        act.tick_wanted.connect(lambda rows, on: window.afterwards.tick(rows, on=on))
        act.show_wanted.connect(window.page.show_rows)
        window.side.result.show_result.connect(act.show_result)
        window.side.result.approve.connect(act.approve_rows)

    def enable(self, *, ready: bool) -> None:
        """Let the actions be chosen, or not."""
        shown, roster = self._window.actions_, self._window.desk.roster
        ready = ready and self.acts.is_ready
        ticked = roster is not None and bool(roster.ticked)
        for action, _ in self._acts:
            action.setEnabled(ready and ticked)
        shown.fetch_links.setEnabled(ready)

    def confirm(self, prepared: PreparedAct) -> None:
        """State the exact effect; only a yes starts it."""
        desk = self._window.desk
        document = desk.document
        if document is None:
            return
        profile = desk.account.profile
        dialog = ConfirmActDialog(
            self._window,
            prepared,
            seconds=prepared.plan.seconds(desk.services.pacer),
            book=document.path.name,
            practice=desk.practice,
            account=profile.label if profile else "",
        )
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.acts.start(prepared.plan))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None
