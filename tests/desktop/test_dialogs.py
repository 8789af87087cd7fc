from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from zoomdesk.desktop.dialogs.confirm import ConfirmDialog
from zoomdesk.desktop.dialogs.preferences import PreferencesDialog
from zoomdesk.desktop.jobs import Ticked
from zoomdesk.desktop.window import MainWindow
from zoomdesk.errors import SettingsError
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.plan import make_plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.roster.table import Person
from zoomdesk.settings import Settings
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import AUTOMATIC, Event, Listed, Questions

WEBINAR = EventRef(EventKind.WEBINAR, "81234567890")
MEETING = EventRef(EventKind.MEETING, "81234567891")


def person(row: int, name: str) -> Person:
    return Person(row, f"{name.lower()}@example.com", name, "Lovelace", {})


def event(ref: EventRef, *, mails: bool = True, capacity: int = 0) -> Event:
    return Event(
        ref,
        "All hands",
        datetime(2027, 1, 5, 9, 0, tzinfo=UTC),
        60,
        5 if ref.kind is EventKind.WEBINAR else 2,
        "UTC",
        approval_type=AUTOMATIC,
        capacity=capacity,
        host_email="host@example.com",
        confirmation_email=mails,
    )


def dialog(qtbot: QtBot, about: Event, ticked: Ticked, **options: object) -> ConfirmDialog:
    listed = (Listed("1", "bob@example.com", "Bob", "", "approved", "https://z.example/1", None),)
    chosen = Preflight(about, Questions(), listed)
    settings = RunOptions(confirmation_email=bool(options.get("confirmation", True)))
    plan = make_plan(ticked.people, about, chosen.questions, listed, settings, {})
    made = ConfirmDialog(
        None,
        plan,
        chosen,
        ticked,
        typos=int(str(options.get("typos", 0))),
        seconds=12.0,
        book="Guests.xlsx",
        practice=bool(options.get("practice", False)),
    )
    qtbot.addWidget(made)
    return made


def test_the_effect_is_stated_in_full(qtbot: QtBot) -> None:
    people = [person(2, "Ada"), person(3, "Bob"), person(4, "Host"), person(5, "Cy")]
    ticked = Ticked(people, errors=12, duplicates=5, registered=9, unticked=1)
    said = dialog(qtbot, event(WEBINAR), ticked).spoken()
    for words in (
        "Register 2 people?",
        "All hands",
        "webinar",
        "Zoom mails each person a confirmation.",
        "1 call to Zoom, about 12 seconds.",
        "Guests.xlsx",
        "29 are left out:",
        "10 already registered",
        "12 with errors",
        "1 hosting the event",
        "5 duplicates",
        "1 not ticked",
        "what was mailed cannot be taken back",
    ):
        assert words in said


def test_reasons_are_shown_row_by_row_on_demand(qtbot: QtBot) -> None:
    made = dialog(qtbot, event(WEBINAR), Ticked([person(2, "Ada"), person(3, "Bob")]))
    made.show()
    (names,) = [each for each in made.findChildren(QLabel) if "Row 3: " in each.text()]
    (more,) = [each for each in made.findChildren(QPushButton) if each.text() == "Who and why"]
    assert not names.isVisible()
    more.click()
    assert names.isVisible()
    more.click()
    assert not names.isVisible()


@pytest.mark.parametrize(
    ("ref", "mails", "confirmation", "practice", "words"),
    [
        (WEBINAR, False, True, False, "Zoom mails nobody."),
        (MEETING, False, True, False, "Zoom mails each person a confirmation."),
        (MEETING, True, False, False, "Zoom mails nobody."),
        (WEBINAR, True, True, True, "Practice: nobody is mailed."),
    ],
)
def test_whether_zoom_mails(
    qtbot: QtBot, ref: EventRef, mails: bool, confirmation: bool, practice: bool, words: str
) -> None:
    made = dialog(
        qtbot,
        event(ref, mails=mails),
        Ticked([person(2, "Ada")]),
        confirmation=confirmation,
        practice=practice,
    )
    assert words in made.spoken()


def test_warnings_stand_where_they_are_seen(qtbot: QtBot) -> None:
    people = [person(2, "Ada"), person(5, "Cy")]
    said = dialog(qtbot, event(WEBINAR, capacity=2), Ticked(people), typos=1).spoken()
    assert "only 1 place left for 2 people" in said
    assert "1 of these addresses looks like a slip of the keys." in said


def test_nothing_is_said_of_nobody(qtbot: QtBot) -> None:
    said = dialog(qtbot, event(WEBINAR), Ticked([person(2, "Ada")])).spoken()
    assert "left out" not in said
    assert "Register 1 person?" in said


def test_enter_does_not_register_by_habit(qtbot: QtBot) -> None:
    made = dialog(qtbot, event(WEBINAR), Ticked([person(2, "Ada")]))
    assert not made.ok_button.isDefault()
    assert not made.ok_button.autoDefault()


def test_preferences_show_and_change_settings(qtbot: QtBot) -> None:
    made = PreferencesDialog(None, Settings(plan="business", redirect_port=8765))
    qtbot.addWidget(made)
    plan, port, multipart = (made.control(n) for n in ("plan", "redirect_port", "multipart"))
    assert isinstance(plan, QComboBox)
    assert isinstance(port, QSpinBox)
    assert isinstance(multipart, QCheckBox)
    assert (plan.currentData(), port.value(), multipart.isChecked()) == ("business", 8765, False)
    assert "how fast" in plan.accessibleDescription()
    plan.setCurrentIndex(plan.findData("free"))
    multipart.setChecked(True)
    with qtbot.waitSignal(made.accepted):
        made._save()
    assert made.changed == Settings(plan="free", redirect_port=8765, multipart=True)


def test_preferences_of_copies_and_links(qtbot: QtBot) -> None:
    made = PreferencesDialog(None, Settings())
    qtbot.addWidget(made)
    days, count = made.control("backup_days"), made.control("backup_count")
    backup, links = made.control("backup"), made.control("link_as_hyperlink")
    assert isinstance(days, QSpinBox)
    assert isinstance(count, QSpinBox)
    assert isinstance(backup, QCheckBox)
    assert isinstance(links, QCheckBox)
    assert "65,530" in links.accessibleDescription()
    for spin, name in ((days, "backup_days"), (count, "backup_count")):
        for value in (spin.minimum(), spin.maximum()):
            Settings().with_changes(**{name: value})
        with pytest.raises(SettingsError):
            Settings().with_changes(**{name: spin.maximum() + 1})
    days.setValue(7)
    links.setChecked(True)
    backup.setChecked(False)
    assert not days.isEnabled()
    assert not count.isEnabled()
    made._save()
    changed = made.changed
    assert (changed.backup, changed.backup_days, changed.link_as_hyperlink) == (False, 7, True)


def test_cancelled_preferences_change_nothing(window: MainWindow) -> None:
    before = window.desk.settings
    window.asking.ask_preferences()
    made = window.findChild(PreferencesDialog)
    assert isinstance(made, PreferencesDialog)
    theme = made.control("theme")
    assert isinstance(theme, QComboBox)
    theme.setCurrentIndex(theme.findData("dark"))
    made.reject()
    assert window.desk.settings is before


def test_another_theme_is_taken_at_once(window: MainWindow) -> None:
    from zoomdesk import settings
    from zoomdesk.desktop import theme

    window.signing.apply(window.desk.settings.with_changes(theme="dark"))
    assert theme.tokens().dark
    assert settings.load().theme == "dark"


def test_rows_of_one_address_and_people_to_approve_are_counted(qtbot: QtBot) -> None:
    ada, again = person(2, "Ada"), person(7, "ADA")
    waits = Listed("2", "cy@example.com", "Cy", "", "pending", "", None)
    about = event(MEETING)
    chosen = Preflight(about, Questions(), (waits,))
    plan = make_plan([ada, again, person(5, "Cy")], about, Questions(), (waits,), RunOptions(), {})
    made = ConfirmDialog(
        None,
        plan,
        chosen,
        Ticked([ada, again, person(5, "Cy")], pending=1),
        typos=0,
        seconds=1.0,
        book="Guests.xlsx",
        practice=True,
    )
    qtbot.addWidget(made)
    said = made.spoken()
    assert "1 more row" in said
    assert "2 of them can be approved" in said
