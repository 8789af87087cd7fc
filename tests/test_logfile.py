"""One log for both faces, with nothing private in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zoomdesk import logfile, paths


def fail(text: str) -> None:
    raise ValueError(text)


def failed(text: str) -> ValueError:
    with pytest.raises(ValueError, match=text) as caught:
        fail(text)
    return caught.value


def test_a_fault_is_on_record_with_its_place_but_no_address() -> None:
    path = logfile.record(failed("no link for ada@example.com"))
    assert path is not None
    assert path.parent == paths.log_dir()
    written = path.read_text(encoding="utf-8")
    assert "ValueError: no link for <address>" in written
    assert "in fail\n" in written


def test_each_fault_is_written_once() -> None:
    logfile.record(failed("first"))
    path = logfile.record(failed("second"))
    assert path is not None
    assert path.read_text(encoding="utf-8").count("ValueError: first") == 1


def test_no_folder_for_it_is_no_second_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ZOOMDESK_HOME", str(tmp_path / "file" / "home"))
    assert logfile.record(failed("lost")) is None
