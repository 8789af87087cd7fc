"""Hazard 18: folders that a sync client carries, and the second look after a save."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from zoomdesk.workbook import Fingerprint, Settled, settled, still_holds, sync_client
from zoomdesk.workbook.files.synced import SETTLE_SECONDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Dropbox" / "events" / "guests.xlsx"
    path.parent.mkdir(parents=True)
    path.write_text("ours")
    return path


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Contoso GmbH/Events", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Contoso", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-ana@example.com/My Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/Events", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Dropbox (Contoso)", "Dropbox"),
        ("Nextcloud/Events", "Nextcloud"),
        ("Documents/Events", ""),
        ("My OneDrive notes", ""),
    ],
)
def test_hazard_18_clients_are_known_by_their_folders(
    tmp_path: Path, folder: str, client: str
) -> None:
    assert sync_client(tmp_path / folder / "guests.xlsx", {}) == client


@pytest.mark.parametrize(
    ("marker", "client"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".tmp.driveupload", "Google Drive"),
        (".stfolder", "Syncthing"),
        (".owncloudsync.log", "ownCloud"),
    ],
)
def test_hazard_18_clients_are_known_by_what_they_leave(
    tmp_path: Path, marker: str, client: str
) -> None:
    path = tmp_path / "office" / "deep" / "deeper" / "guests.xlsx"
    path.parent.mkdir(parents=True)
    assert sync_client(path, {}) == ""
    (tmp_path / "office" / marker).mkdir()
    assert sync_client(path, {}) == client


def test_hazard_18_onedrive_says_where_it_is(tmp_path: Path) -> None:
    inside, outside = tmp_path / "Cloud" / "a.xlsx", tmp_path / "a.xlsx"
    environment = {"OneDriveCommercial": str(tmp_path / "Cloud")}
    assert (sync_client(inside, environment), sync_client(outside, environment)) == ("OneDrive", "")


def test_hazard_18_a_link_into_a_synced_folder(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    assert sync_client(link, {}) == "Dropbox"


class Clock:
    """Pause by acting: ``acts[n]`` is what a sync client does during the n-th pause."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts = list(acts)
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if self.acts:
            self.acts.pop(0)()


def nothing() -> None:
    """Do nothing."""


def test_hazard_18_a_file_that_stays(path: Path) -> None:
    clock = Clock()
    found = settled(path, Fingerprint.of(path), pause=clock)
    assert found == Settled(True, "Dropbox")
    assert found.warning(path) == ""
    assert clock.pauses == list(SETTLE_SECONDS)


def test_hazard_18_another_version_is_put_back(path: Path) -> None:
    written = Fingerprint.of(path)
    clock = Clock(nothing, lambda: path.write_text("theirs"))
    found = settled(path, written, pause=clock)
    assert not found.ours
    assert found.warning(path) == (
        "Dropbox has put another version of “guests.xlsx” in its place after it was saved. "
        "What was written is kept and can be written again."
    )
    assert clock.pauses == list(SETTLE_SECONDS[:2])


def test_hazard_18_the_same_length_is_not_the_same_file(path: Path) -> None:
    written = Fingerprint.of(path)
    path.write_text("Ours")
    os.utime(path, (1, 1))
    assert not settled(path, written, pause=nothing_for).ours


def test_hazard_18_a_client_that_only_touches_it(path: Path) -> None:
    written = Fingerprint.of(path)
    found = settled(path, written, pause=Clock(lambda: os.utime(path, (1, 1))))
    assert found.ours


@pytest.mark.parametrize(
    "name",
    [
        "guests (Ana's conflicted copy 2026-11-22).xlsx",
        "guests.sync-conflict-20261122-180500-ABCDEFG.xlsx",
        "guests (conflicted copy 2026-11-22 180500).xlsx",
        "guests (Konflikt von Ana).xlsx",
    ],
)
def test_hazard_18_a_version_that_is_set_aside(path: Path, name: str) -> None:
    path.with_name("guests (older conflict).xlsx").write_text("from last week")
    copy = path.with_name(name)
    found = settled(path, Fingerprint.of(path), pause=Clock(lambda: copy.write_text("theirs")))
    assert found.copies == (copy,)
    assert found.warning(path).startswith("Dropbox has put another version of “guests.xlsx” beside")
    assert name in found.warning(path)


@pytest.mark.parametrize("name", ["other conflict.xlsx", "guests conflict.txt", "guests 2.xlsx"])
def test_hazard_18_other_files_that_appear_are_no_conflict(path: Path, name: str) -> None:
    clock = Clock(path.with_name(name).touch)
    assert settled(path, Fingerprint.of(path), pause=clock) == Settled(True, "Dropbox")


def test_hazard_18_a_file_that_is_gone(path: Path) -> None:
    written = Fingerprint.of(path)
    assert not settled(path, written, pause=Clock(path.unlink)).ours
    assert not still_holds(path, written)


def nothing_for(_: float) -> None:
    """Do not wait."""


def test_hazard_18_elsewhere_nobody_waits(tmp_path: Path) -> None:
    path = tmp_path / "guests.xlsx"
    path.write_text("ours")
    clock = Clock()
    assert settled(path, Fingerprint.of(path), pause=clock) == Settled(True, "")
    assert clock.pauses == []
    written = Fingerprint.of(path)
    path.write_text("theirs")
    assert settled(path, written, pause=clock).warning(path).startswith("Another program has put")
