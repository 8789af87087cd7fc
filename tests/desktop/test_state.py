from __future__ import annotations

import json
from pathlib import Path

import pytest

from zoomdesk.desktop import state
from zoomdesk.desktop.state import WindowState


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    kept = WindowState(x=-8, y=20, width=1400, height=900, maximized=True)
    kept.opened(tmp_path / "Gäste.xlsx")
    state.save(kept, tmp_path / "window.json")
    assert state.load(tmp_path / "window.json") == kept


def test_it_lives_beside_the_settings(zoomdesk_home: Path) -> None:
    state.save(WindowState(width=1234))
    assert json.loads((zoomdesk_home / "window.json").read_text())["width"] == 1234


def test_recent_workbooks_are_newest_first_once_and_few() -> None:
    kept = WindowState()
    for number in (*range(12), 5):
        kept.opened(Path(f"/books/{number}.xlsx"))
    names = [Path(text).stem for text in kept.recent]
    assert names == ["5", "11", "10", "9", "8", "7", "6", "4"]
    kept.forget(Path("/books/11.xlsx"))
    assert [Path(text).stem for text in kept.recent][:2] == ["5", "10"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"width": "wide", "recent": 5, "maximized": 1, "x": 1e99}',
        '{"recent": [1, null]}',
    ],
)
def test_a_broken_file_costs_nothing_but_the_memory(tmp_path: Path, text: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(text)
    assert state.load(path) == WindowState()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state.save(WindowState(), tmp_path / "missing" / "window.json")
    assert "cannot be kept" in caplog.text
