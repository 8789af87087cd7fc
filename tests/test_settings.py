"""Settings: declared once, kept safely, refused plainly."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from zoomdesk import settings
from zoomdesk.errors import SettingsError
from zoomdesk.settings import Settings


def test_defaults_without_a_file() -> None:
    assert settings.load() == Settings()


def test_what_is_saved_comes_back() -> None:
    changed = Settings().with_changes(client_id="abc", theme="dark", redirect_port=4711)
    settings.save(changed)
    assert settings.load() == changed


def test_every_setting_explains_itself() -> None:
    for item in fields(Settings):
        assert item.metadata["help"].endswith(".")


def test_unknown_settings_of_a_newer_program_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 99, "theme": "light", "hologram": True}))
    assert settings.load(path).theme == "light"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read"),
        ("[]", "not what Zoomdesk wrote"),
        ('{"theme": "pink"}', "must be one of system, light, dark"),
        ('{"backup": 1}', "must be yes or no"),
        ('{"redirect_port": true}', "must be a whole number"),
        ('{"redirect_port": 70000}', "between 0 and 65535"),
        ('{"client_id": 5}', "must be a text"),
        ('{"backup_days": -1}', "Copies of workbooks are kept"),
        ('{"backup_count": 0}', "at least 1 of each"),
        ('{"backup_count": "many"}', "must be a whole number"),
    ],
)
def test_an_unusable_file_is_refused_in_plain_words(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=words):
        settings.load(path)


def test_a_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    settings.save(Settings(client_id="old"), path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zoomdesk.whole_file.os.fsync", full)
    with pytest.raises(SettingsError, match="could not be saved"):
        settings.save(Settings(client_id="new"), path)
    monkeypatch.undo()
    assert settings.load(path).client_id == "old"
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["settings.json"]
