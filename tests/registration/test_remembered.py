"""What a person said of a heading is known the next time; a broken file costs nothing but that."""

from __future__ import annotations

from pathlib import Path

import pytest

from zoomdesk.registration import remembered


def test_choices_are_kept_and_forgotten() -> None:
    assert remembered.load() == {}
    remembered.remember({"heard via": "How did you hear of us?", "lunch": ""})
    assert remembered.load() == {"heard via": "How did you hear of us?"}
    remembered.remember({"essen": "Lunch ü"})
    assert remembered.load() == {"heard via": "How did you hear of us?", "essen": "Lunch ü"}
    remembered.remember({"heard via": ""})
    assert remembered.load() == {"essen": "Lunch ü"}


def test_the_newest_are_kept() -> None:
    for start in (0, 300):
        remembered.remember({f"h{n}": "t" for n in range(start, start + 300)})
    kept = remembered.load()
    assert len(kept) == 400
    assert "h599" in kept
    assert "h0" not in kept


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1, "b": ""}', "\ud800"])
def test_a_broken_file_is_passed_over(content: str) -> None:
    path = remembered.questions_file()
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert remembered.load() == {}
    remembered.remember({"a": "A"})
    assert remembered.load() == {"a": "A"}


def test_a_folder_that_cannot_be_written_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("ZOOMDESK_HOME", str(blocked))
    remembered.remember({"a": "A"})
    assert remembered.load() == {}
