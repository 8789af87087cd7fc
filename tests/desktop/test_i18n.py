from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from zoomdesk import paths
from zoomdesk.desktop import i18n
from zoomdesk.registration.wording import Reason
from zoomdesk.roster.fields import Field

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    locale, before = QLocale(), qapp.findChildren(QTranslator)
    i18n.install(qapp)
    yield
    QLocale.setDefault(locale)
    for translator in set(qapp.findChildren(QTranslator)) - set(before):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_time_is_said_in_the_persons_own_zone(english: None, berlin: None) -> None:
    start = datetime(2027, 1, 5, 23, 30, tzinfo=UTC)
    assert i18n.moment(start) == "Wed 6 Jan 2027, 00:30"
    assert i18n.moment(None) == "–"
    assert i18n.zone_name() in ("CET", "CEST")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "about 1 second"),
        (2, "about 2 seconds"),
        (89, "about 89 seconds"),
        (90, "about 2 minutes"),
        (5400, "about 2 hours"),
    ],
)
def test_durations_have_their_plural(english: None, seconds: float, words: str) -> None:
    assert i18n.about(seconds) == words


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1, seconds=5), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
    ],
)
def test_how_long_ago(english: None, past: timedelta, words: str) -> None:
    assert i18n.ago(datetime.now(UTC) - past) == words


def test_lists_and_numbers_read_as_english(english: None) -> None:
    assert i18n.listed([]) == ""
    assert i18n.listed(["one"]) == "one"
    assert i18n.listed(["1 host", "2 duplicates"]) == "1 host and 2 duplicates"
    assert i18n.number(12345) == "12,345"


def test_parts_may_hold_places_themselves() -> None:
    assert i18n.fill("%1 on sheet “%2”", "%2 people", "100%1") == "%2 people on sheet “100%1”"
    parts = [str(n) for n in range(1, 11)]
    assert i18n.fill("%1-%10", *parts) == "1-10"


def test_every_field_and_reason_has_words(english: None) -> None:
    assert len({i18n.field_name(field) for field in Field}) == len(Field)
    assert len({i18n.reason(reason, 1) for reason in Reason}) == len(Reason)
    assert set(i18n.CHOOSABLE) == set(Field)


def test_every_counted_text_has_its_english_plural(tmp_path: Path) -> None:
    """The file in resources is what lupdate finds in the source today, with nothing left open."""
    kept = paths.resource("translations", "zoomdesk_en.ts")
    fresh = tmp_path / "zoomdesk_en.ts"
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    sources = sorted(map(str, (ROOT / "zoomdesk" / "desktop").rglob("*.py")))
    subprocess.run(
        [lupdate, "-pluralonly", *sources, "-ts", fresh], check=True, capture_output=True
    )
    assert _counted(fresh).keys() == _counted(kept).keys()
    for source, forms in _counted(kept).items():
        assert len(forms) == 2, source
        assert all("%Ln" in form or form == "Fix it" for form in forms), source


def test_the_compiled_file_is_the_written_one(english: None) -> None:
    translator = QTranslator()
    assert translator.load(str(paths.resource("translations", "zoomdesk_en.qm")))
    for (context, source), forms in _counted(
        paths.resource("translations", "zoomdesk_en.ts")
    ).items():
        assert translator.translate(context, source, None, 1) == forms[0]
        assert translator.translate(context, source, None, 5) == forms[1]


def _counted(path: Path) -> dict[tuple[str, str], list[str]]:
    """Return the forms of every counted text by context and source."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314  our own file
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            if message.get("numerus") == "yes":
                forms = [form.text or "" for form in message.iter("numerusform")]
                found[name, re.sub(r"\s+", " ", message.findtext("source") or "")] = forms
    return found
