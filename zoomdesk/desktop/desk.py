"""Hold what the window is about: the workbook, the account, the event, the run.

One object that the controllers change and the panels show. ``touch`` says that something is
different; ``changed`` follows once the event loop is free, however often that was said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from zoomdesk.account.profile import Profile
from zoomdesk.desktop.bridge import Bridge
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.state import WindowState
from zoomdesk.errors import BegunByAnother, SignInRequired, ZoomdeskError, ZoomUnreachable
from zoomdesk.registration.lifecycle import Act, LifeReport
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.registration.report import RunReport
from zoomdesk.roster.table import Roster
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.zoom.failed_call import FailedCall
from zoomdesk.zoom.models import EventSummary

_SETTLE_MS = 30


@dataclass(slots=True)
class AccountState:
    """Who is signed in, and who else could be used. ``busy`` while the vault or Zoom is asked."""

    profile: Profile | None = None
    accounts: tuple[Profile, ...] = ()
    waiting_for_browser: bool = False
    busy: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether somebody is."""
        return self.profile is not None

    @property
    def name(self) -> str:
        """The person's name, or address where Zoom knows none; ``""`` for nobody."""
        return (self.profile.display_name or self.profile.email) if self.profile else ""

    @property
    def label(self) -> str:
        """What tells the account from all others; ``""`` for nobody."""
        return self.profile.label if self.profile else ""


@dataclass(slots=True)
class EventChoice:
    """Which events there are and which one was chosen.

    ``dates`` are the IDs of the occurrences that people are registered for, none for all of them.
    ``events`` is None until the list was fetched. ``choosing`` while an event is being read.
    """

    events: tuple[EventSummary, ...] | None = None
    loading: bool = False
    choosing: bool = False
    chosen: Preflight | None = None
    dates: tuple[str, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class PlanState:
    """What Register would do now; ``plan`` is None while it is not known.

    ``hidden`` counts the people whom it leaves out because the workbook hides their rows.
    """

    plan: Plan | None = None
    hidden: int = 0
    problem: str = ""
    checked_only: bool = False


@dataclass(slots=True)
class RunState:
    """The run under way, or the last one. ``sheet`` is the one whose rows it registers.

    ``preparing`` while Zoom and the workbook are asked before the person is; ``pause`` says then
    what is waited for. ``act`` is what is done with registrants instead of registering anybody, and
    ``life`` what became of them. ``holdable`` runs can be paused; ``in_flight`` counts the calls
    that are under way.
    """

    preparing: bool = False
    pause: str = ""
    running: bool = False
    stopping: bool = False
    holdable: bool = False
    paused: bool = False
    in_flight: int = 0
    sheet: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    waiting_for: str = ""
    report: RunReport | None = None
    written: bool = False
    act: Act | None = None
    life: LifeReport | None = None


@dataclass(slots=True)
class ProblemGroup:
    """Rows with the same problem. ``fix`` is what a click puts there, ``""`` where nothing can."""

    code: str
    title: str
    error: bool
    indexes: list[int] = field(default_factory=list)
    wrong: str = ""
    fix: str = ""


class Desk(QObject):
    """Hold the state of the window and tell who shows it when it changed."""

    changed = Signal()
    sheet_shown = Signal()
    """Another sheet, or none, is on the table now."""
    rows_answered = Signal(list)
    """[(index, {ResultColumn: text})] to show in the table."""
    services_changed = Signal()
    settings_changed = Signal()
    noticed = Signal(object)
    notice_gone = Signal(str)
    assign_field = Signal(int, object)
    """A person says what a column holds: its position, its Topic or None."""
    show_rows = Signal(list)
    """Show these indexes of the roster, and only these; an empty list shows all again."""
    fix_rows = Signal(list)
    """Take the suggestion of these rows, as one step of undo."""
    change_cells = Signal(object, str)
    """Put {(index, position): text} on the table, one step to undo by that name."""
    remove_rows = Signal(list)
    """Take these indexes out of the table, one step to undo."""
    go_on_as = Signal(str, str)
    """Go on with a run as the account of a key; ``""`` stands for the one in use."""
    sign_in_lost = Signal()
    """Zoom or another window has ended a sign-in: look who is signed in."""
    sign_in_wanted = Signal()
    proxy_login_wanted = Signal()
    call_wanted = Signal(object)
    """Show a FailedCall."""
    filter_rows = Signal(object)
    """Show the rows of a Filter."""

    def __init__(
        self,
        bridge: Bridge,
        services: Services,
        state: WindowState,
        reopen: Callable[[Settings], Services],
        start_practice: Callable[[Settings], Services],
    ) -> None:
        super().__init__()
        self.bridge = bridge
        self.services = services
        self.state = state
        self.reopen = reopen
        self.start_practice = start_practice
        self.document: Document | None = None
        self.account = AccountState()
        self.choice = EventChoice()
        self.plan = PlanState()
        self.run = RunState()
        self.problems: list[ProblemGroup] = []
        self.left_out = False
        self._closed = False
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def settings(self) -> Settings:
        """Return the settings in use."""
        return self.services.settings

    @property
    def practice(self) -> bool:
        """Whether the simulator is the other side: nobody is mailed."""
        return self.services.in_practice

    @property
    def roster(self) -> Roster | None:
        """Return the people on the table, None while no workbook is open."""
        return self.document.roster if self.document is not None else None

    def use(self, services: Services) -> None:
        """Take other services into use: practice instead of Zoom, or changed settings."""
        old, self.services = self.services, services
        self.account = AccountState()
        self.bridge.run_last(old.close)
        self.services_changed.emit()
        self.touch()

    def touch(self) -> None:
        """Say that something shown may be different now."""
        if not self._closed and not self._timer.isActive():
            self._timer.start()

    def close(self) -> None:
        """Stop every thread and let go of every file; nothing is shown any more."""
        self._closed = True
        self._timer.stop()
        self.bridge.close()
        self.services.close()

    def notify(self, notice: Notice) -> None:
        """Show a bar."""
        self.noticed.emit(notice)

    def fail(
        self, key: str, error: ZoomdeskError, *actions: tuple[str, Callable[[], object]]
    ) -> None:
        """Show an error in a bar; the call to Zoom behind it is one step away."""
        call = error.failed_call
        if isinstance(error, BegunByAnother):
            actions = (*self._whose_turn(error), *actions)
        if isinstance(error, SignInRequired):
            actions = (*actions, (self.tr("Sign in…"), self.sign_in_wanted.emit))
            self.sign_in_lost.emit()
        if isinstance(error, ZoomUnreachable) and error.wants_proxy_login:
            actions = (*actions, (self.tr("Enter the password…"), self.proxy_login_wanted.emit))
        if isinstance(call, FailedCall):
            actions = (*actions, (self.tr("Details…"), lambda: self.call_wanted.emit(call)))
        self.noticed.emit(Notice.of_error(key, error, *actions))

    def _whose_turn(self, error: BegunByAnother) -> list[tuple[str, Callable[[], object]]]:
        """Offer to go on as who began the run, if that is signed in, or as who is here now."""
        ours = self.account.profile
        theirs = [
            each
            for each in self.account.accounts
            if error.begun_by in (each.key, each.email, each.display_name)
        ]
        offers: list[tuple[str, Callable[[], object]]] = []
        for each in (*theirs[:1], ours):
            if each is not None:
                key = each.key if each != ours else ""
                words = self.tr("Go on as %1").replace("%1", each.display_name or each.email)
                offers.append((words, partial(self.go_on_as.emit, error.run, key)))
        return offers

    def unnotify(self, key: str) -> None:
        """Take a bar away."""
        self.notice_gone.emit(key)
