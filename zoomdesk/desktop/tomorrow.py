"""Go on with a run by itself once Zoom's new day has begun, while the window is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from zoomdesk.desktop import i18n
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.notices import Notice
from zoomdesk.registration import tomorrow

_LOOK_EVERY_MS = 5_000
"""The clock is looked at: one long timer would stand still with a computer that sleeps."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run that waits: its name, the sheet that it is of, and from when Zoom takes calls."""

    run: str
    sheet: str
    at: datetime

    @property
    def when(self) -> str:
        """Return the time in words, on this computer's clock and Zoom's."""
        return tomorrow.in_words(self.at)


class Tomorrow(QObject):
    """Offer to wait for the new day, wait for it, and say when it is there."""

    due = Signal(object)
    """The new day has begun for a ``Waiting`` that the person wanted to go on by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: Waiting | None = None
        self._zoom = ""
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        desk.services_changed.connect(self._services_changed)

    @property
    def waiting(self) -> Waiting | None:
        """Return what goes on by itself, None where nothing does."""
        return self._waiting

    def offer(self, waiting: Waiting, go_on: Callable[[], None]) -> None:
        """Say that the day's limit is used up, and offer to go on by itself, or by hand then."""
        kept = self.tr("What was done is kept and goes into the workbook.")
        again = i18n.fill(self.tr("Zoom takes calls again at %1."), waiting.when)
        self._tell(
            "warning",
            self.tr("Zoom’s limit for today is used up"),
            f"{kept} {again}",
            (i18n.fill(self.tr("Go on at %1"), waiting.when), lambda: self.wait_for(waiting)),
            (self.tr("Try now"), go_on),
        )

    def wait_for(self, waiting: Waiting) -> None:
        """Go on by itself at that time."""
        self._waiting = waiting
        self._zoom = self._desk.services.endpoints.api_url
        self._timer.start()
        self._tell(
            "info",
            i18n.fill(self.tr("Goes on by itself at %1"), waiting.when),
            self.tr("Leave Zoomdesk open. The computer may sleep: it goes on once it is awake."),
            (self.tr("Do not go on"), self.cancel),
            closable=False,
        )
        self._desk.touch()

    def cancel(self) -> None:
        """Wait no more; the run is offered again at the next start."""
        self._waiting = None
        self._timer.stop()
        self._desk.unnotify("tomorrow")
        self._desk.touch()

    def begun(self, run: str) -> None:
        """Hear that a run has begun: what was offered is old; of another run, it still waits."""
        if self._waiting is None or self._waiting.run == run:
            self.cancel()

    def look(self) -> None:
        """Compare with the clock; a run or a question that is under way comes first."""
        waiting, run = self._waiting, self._desk.run
        if waiting is None or run.running or run.preparing:
            return
        if self._desk.services.journal.clock() >= waiting.at:
            self.cancel()
            self.due.emit(waiting)

    def stop(self) -> None:
        """Let go of the timer: the window closes."""
        self._timer.stop()

    def _services_changed(self) -> None:
        """Changed settings leave it waiting; another Zoom, or practice, knows no such run."""
        if self._waiting is not None and self._desk.services.endpoints.api_url != self._zoom:
            self.cancel()

    def _tell(
        self,
        tone: str,
        title: str,
        text: str,
        *actions: tuple[str, Callable[[], object]],
        closable: bool = True,
    ) -> None:
        self._desk.notify(Notice("tomorrow", tone, title, text, actions, closable))
