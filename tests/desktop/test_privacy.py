"""The record of runs can be cleared from the preferences, after a second question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from tests.desktop.test_holding import left_over
from zoomdesk.desktop.dialogs.preferences import PreferencesDialog
from zoomdesk.desktop.dialogs.privacy import PrivacyBox
from zoomdesk.desktop.window import MainWindow
from zoomdesk.errors import SettingsError
from zoomdesk.registration.journal import RunState
from zoomdesk.settings import Settings

PATIENCE = 10_000


@pytest.fixture
def kept(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """Return a window whose record holds a finished run and one that is not."""
    window = make_window()
    journal = window.desk.services.journal
    done = left_over(window, tmp_path / "a.xlsx", "Spring")
    journal.set_state(done, RunState.FINISHED)
    journal.mark_written(done)
    left_over(window, tmp_path / "b.xlsx", "Autumn")
    return window


def open_box(window: MainWindow, qtbot: QtBot) -> tuple[PreferencesDialog, PrivacyBox]:
    window.asking.ask_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    box = dialog.findChild(PrivacyBox)
    assert isinstance(box, PrivacyBox)
    qtbot.waitUntil(lambda: bool(box.says.text()), timeout=PATIENCE)
    return dialog, box


def test_it_says_what_is_kept_and_clears_only_what_was_confirmed(
    kept: MainWindow, qtbot: QtBot
) -> None:
    journal = kept.desk.services.journal
    dialog, box = open_box(kept, qtbot)
    assert "2 runs with 4 people" in box.says.text()
    assert box.sure.isHidden()
    box.clear.click()
    assert box.question.text().startswith("Clear 4 people")
    assert not box.unfinished.isChecked()
    assert box.unfinished.text().startswith("1 unfinished run")
    box.keep.click()
    assert len(journal.runs()) == 2
    box.clear.click()
    box.sure.click()
    qtbot.waitUntil(lambda: "cleared" in box.says.text(), timeout=PATIENCE)
    assert box.says.text() == ("2 people were cleared from the record. 1 unfinished run was kept.")
    assert [run.topic for run in journal.runs()] == ["Autumn"]
    dialog.reject()


def test_unfinished_runs_go_only_where_that_is_ticked(kept: MainWindow, qtbot: QtBot) -> None:
    journal = kept.desk.services.journal
    kept.resuming.look()
    qtbot.waitUntil(lambda: kept.notices.notice("resume") is not None, timeout=PATIENCE)
    dialog, box = open_box(kept, qtbot)
    box.clear.click()
    box.unfinished.setChecked(True)
    box.sure.click()
    qtbot.waitUntil(lambda: "cleared" in box.says.text(), timeout=PATIENCE)
    assert journal.runs() == ()
    assert kept.notices.notice("resume") is None, "what is gone is not offered any more"
    dialog.reject()


def test_closing_the_preferences_meanwhile_harms_nothing(kept: MainWindow, qtbot: QtBot) -> None:
    dialog, box = open_box(kept, qtbot)
    box.clear.click()
    box.sure.click()
    dialog.reject()
    qtbot.waitUntil(lambda: len(kept.desk.services.journal.runs()) == 1, timeout=PATIENCE)
    qtbot.wait(50)


def test_a_record_that_cannot_be_read_is_said(kept: MainWindow, qtbot: QtBot) -> None:
    kept.desk.services.journal.close()
    dialog, box = open_box(kept, qtbot)
    qtbot.waitUntil(lambda: "is closed" in box.says.text(), timeout=PATIENCE)
    assert not box.clear.isEnabled()
    dialog.reject()


def test_practice_keeps_nothing(window: MainWindow, qtbot: QtBot) -> None:
    dialog, box = open_box(window, qtbot)
    assert "In practice nothing is kept" in box.says.text()
    assert box.clear.isHidden()
    dialog.reject()


def test_the_days_are_a_setting(qtbot: QtBot) -> None:
    made = PreferencesDialog(None, Settings())
    qtbot.addWidget(made)
    days = made.control("journal_days")
    assert isinstance(days, QSpinBox)
    assert days.value() == 90
    days.setValue(0)
    assert days.text() == "for ever"
    made._save()
    assert made.changed.journal_days == 0
    with pytest.raises(SettingsError):
        Settings(journal_days=days.maximum() + 1)
