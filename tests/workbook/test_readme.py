"""What the engine's README shows works as it stands there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import zoomdesk.workbook
from zoomdesk import paths

README = Path(zoomdesk.workbook.__file__).with_name("README.md").read_text(encoding="utf-8")


def test_the_example_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = shutil.copy(paths.resource("samples", "guests.xlsx"), tmp_path / "guests.xlsx")
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102  our own page
    sheet = zoomdesk.workbook.read(book)
    assert sheet.text(3, 9) == "Link"
    assert sheet.text(51, 9) == "https://example.com/51"
    assert sheet.tables[0].columns[-1] == "Link"
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert capsys.readouterr().out.split("\n")[-2].startswith("guests.xlsx 49 ")


def test_every_name_in_its_table_is_public() -> None:
    rows = re.findall(r"^\| (`.*?) \|", README, re.MULTILINE)
    assert len(rows) >= 10
    names = {name for row in rows for name in re.findall(r"`([A-Za-z_]+)", row)}
    assert names <= set(zoomdesk.workbook.__all__)
