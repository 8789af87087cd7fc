"""Hazard 18: dated copies are kept for a while, and never the only one goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook import prune_backups
from zoomdesk.workbook.files.backups import back_up

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "office" / "Gäste.xlsx"
    path.parent.mkdir()
    path.write_text("a workbook")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def stamps(folder: Path) -> list[str]:
    return [name.removeprefix("Gäste ")[:19] for name in names(folder)]


def test_hazard_18_the_newest_are_kept(path: Path, folder: Path) -> None:
    for minute in range(6):
        back_up(path, folder, NOON + timedelta(minutes=minute))
    assert prune_backups(folder, path, NOON, days=0, count=2) == 3
    # The first of today was there before the first write of today.
    assert stamps(folder) == [
        "2026-11-22 12.00.00", "2026-11-22 12.04.00", "2026-11-22 12.05.00",
    ]  # fmt: skip


def test_hazard_18_the_first_of_each_day_is_kept_for_days(path: Path, folder: Path) -> None:
    for day in range(10):
        for hour in (0, 3):
            back_up(path, folder, NOON - timedelta(days=day, hours=hour))
    prune_backups(folder, path, NOON, days=3, count=1)
    assert stamps(folder) == [
        "2026-11-19 09.00.00",
        "2026-11-20 09.00.00",
        "2026-11-21 09.00.00",
        "2026-11-22 09.00.00",
        "2026-11-22 12.00.00",
    ]


def test_hazard_18_the_only_copy_stays_however_old(path: Path, folder: Path) -> None:
    back_up(path, folder, NOON - timedelta(days=900))
    assert prune_backups(folder, path, NOON, days=0, count=1) == 0
    assert prune_backups(folder, path, NOON, days=0, count=0) == 0
    assert len(names(folder)) == 1


def test_hazard_18_a_list_of_the_same_name_elsewhere_keeps_its_own(
    path: Path, folder: Path
) -> None:
    other = path.parent / "sub" / path.name
    other.parent.mkdir()
    other.write_text("another list")
    only = back_up(other, folder, NOON - timedelta(days=30))
    for minute in range(4):
        back_up(path, folder, NOON + timedelta(minutes=minute))
    prune_backups(folder, path, NOON, days=0, count=1)
    assert only.read_text() == "another list"


@pytest.mark.parametrize(
    "name",
    [
        "Gäste 2020-01-01 12.00.00.xlsx",
        "Gäste 2020-01-01.xlsx",
        "Gäste.xlsx",
        "Gäste 2020-01-01 12.00.00 00000000.xlsx",
        "Gäste 2020-01-01 12.00.00 KEY.xlsm",
        "Andere 2020-01-01 12.00.00 KEY.xlsx",
        "Gäste 2020-01-01 12.00.00 KEY kopie.xlsx",
        "notes.txt",
    ],
)
def test_hazard_18_only_copies_of_this_workbook_go(path: Path, folder: Path, name: str) -> None:
    key = back_up(path, folder, NOON).stem.rpartition(" ")[2]
    other = folder / name.replace("KEY", key)
    other.write_text("somebody’s")
    back_up(path, folder, NOON + timedelta(minutes=1))
    assert prune_backups(folder, path, NOON + timedelta(days=9), days=0, count=1) == 1
    assert other.read_text() == "somebody’s"


def test_hazard_18_folders_and_links_of_such_a_name_stay(path: Path, folder: Path) -> None:
    kept = back_up(path, folder, NOON)
    link = folder / kept.name.replace("2026", "2020")
    link.symlink_to(path)
    (folder / kept.name.replace("2026", "2021")).mkdir()
    assert prune_backups(folder, path, NOON, days=0, count=1) == 0


def test_hazard_18_a_folder_that_is_gone(path: Path, folder: Path) -> None:
    assert prune_backups(folder, path, NOON, days=0, count=1) == 0


@pytest.mark.parametrize("name", ["n" * 250, "ä" * 125, "🎉" * 60])
def test_hazard_18_long_names(path: Path, folder: Path, name: str) -> None:
    long = path.with_name(f"{name}.xlsx")
    long.write_text("a workbook")
    for minute in range(3):
        back_up(long, folder, NOON + timedelta(minutes=minute))
    assert prune_backups(folder, long, NOON, days=0, count=1) == 1
    assert len(names(folder)) == 2


def test_hazard_18_a_backup_folder_on_a_full_disk(path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("only on systems with /dev/full")
    with pytest.raises(WriteFailed, match="No backup"):
        back_up(path, full / "backups", NOON)


@given(
    times=st.lists(st.integers(0, 40 * 24), min_size=1, max_size=12, unique=True),
    days=st.integers(0, 50),
    count=st.integers(1, 6),
)
def test_hazard_18_whatever_goes_something_newer_stays(
    tmp_path_factory: pytest.TempPathFactory, times: list[int], days: int, count: int
) -> None:
    folder = tmp_path_factory.mktemp("backups")
    path = folder.parent / "Gäste.xlsx"
    path.write_text("a workbook")
    made = [back_up(path, folder, NOON - timedelta(hours=hours)) for hours in times]
    prune_backups(folder, path, NOON, days=days, count=count)
    ordered = sorted(made)
    left = [copy for copy in ordered if copy.exists()]
    assert left[-min(count, len(made)) :] == ordered[-min(count, len(made)) :]
    assert all(any(newer in left for newer in ordered[at:]) for at in range(len(ordered)))
    recent = {
        c.name[6:16] for c in made if c.name[6:16] >= f"{NOON - timedelta(days=days):%Y-%m-%d}"
    }
    assert recent <= {copy.name[6:16] for copy in left}
