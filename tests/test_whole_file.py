from __future__ import annotations

import os
from pathlib import Path

import pytest

from zoomdesk import whole_file


@pytest.mark.parametrize("lasting", [True, False])
def test_what_was_there_is_replaced_and_nothing_left_beside_it(
    tmp_path: Path, lasting: bool
) -> None:
    path = tmp_path / "kept.json"
    for text in ("old\n", "Zoë\n"):
        whole_file.replace(path, text, lasting=lasting)
    assert path.read_text(encoding="utf-8") == "Zoë\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_a_failure_at_any_step_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "kept.json"
    whole_file.replace(path, "old")

    def full(handle: int, *_: object, **__: object) -> None:
        if step == "fdopen":
            os.close(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        whole_file.replace(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        whole_file.replace(tmp_path / "missing" / "kept.json", "text")
