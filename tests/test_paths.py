"""Folders of the person and files of the program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zoomdesk import paths


def test_one_folder_holds_everything_when_asked(zoomdesk_home: Path) -> None:
    assert paths.config_dir() == paths.data_dir() == paths.log_dir() == zoomdesk_home
    assert zoomdesk_home.is_dir()


def test_the_system_s_folders_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ZOOMDESK_HOME")
    monkeypatch.setattr(
        "zoomdesk.paths.platformdirs.user_config_path", lambda *_, **__: tmp_path / "c"
    )
    assert paths.config_dir() == tmp_path / "c"
    assert (tmp_path / "c").is_dir()


def test_a_frozen_program_brings_its_own_resources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = tmp_path / "zoomdesk" / "resources" / "only-here.txt"
    shipped.parent.mkdir(parents=True)
    shipped.touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("only-here.txt") == shipped


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/no/such\.file"):
        paths.resource("no", "such.file")
