"""Workbooks that are made to harm, opened where they cannot."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workbook.hostile.limited import Opened

Open = Callable[[Path], Opened]

REFUSALS = {
    "NotAWorkbook", "PasswordNeeded", "SheetNotFound", "WorkbookDamaged", "WorkbookEncrypted",
    "WorkbookHostile", "WorkbookNotFound", "WriteRefused",
}  # fmt: skip


@pytest.fixture(scope="session")
def opened() -> Iterator[Open]:
    """Return a function that opens a workbook within limits and holds what came of it.

    Whatever was done to it ended in time and memory, with success or one sentence of ours.
    """
    if sys.platform == "win32":
        pytest.skip("only on Linux and macOS are there limits for children")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.workbook.hostile.limited"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:

        def open_(path: Path) -> Opened:
            assert server.stdin is not None
            assert server.stdout is not None
            server.stdin.write(f"{path}\n")
            server.stdin.flush()
            found = Opened(**json.loads(server.stdout.readline()))
            hold(found)
            return found

        yield open_
        assert server.stdin is not None
        server.stdin.close()


def hold(found: Opened) -> None:
    """Assert that nothing but success or one sentence of ours came of a workbook."""
    assert not found.died, found
    print(f"{found.seconds:.2f} s, {found.megabytes} MB", found.outcomes)  # noqa: T201
    for name, (kind, message) in found.outcomes.items():
        assert kind != "foreign", f"{name}: {message}"
        assert kind == "ok" or kind in REFUSALS, (name, kind)
        assert kind == "ok" or re.fullmatch(r"[“A-Z][^\n]{10,300}[.]", message), (name, message)


def refused(found: Opened, *kinds: str) -> None:
    """Assert that the workbook was refused, in one of these ways, for reading and writing."""
    for name in ("read", "write"):
        assert found.outcomes[name][0] in kinds, found.outcomes
