"""The house rules that import-linter cannot say: one owner for each library, files one can read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "zoomdesk"

OWNERS = {
    "PySide6": ("desktop/", "app.py", "selftest/"),
    "authlib": ("zoom/",),
    "cryptography": ("selftest/",),
    "email_validator": ("roster/",),
    "filelock": ("account/",),
    "keyring": ("account/",),
    "lxml": ("workbook/",),
    "msoffcrypto": ("workbook/",),
    "olefile": ("workbook/",),
    "openpyxl": ("workbook/",),
    "platformdirs": ("paths.py",),
    "python_calamine": ("workbook/",),
    "requests": ("zoom/",),
    "sqlite3": ("registration/journal",),
    "truststore": ("zoom/",),
    "werkzeug": ("simulator/",),
}
"""Which part of the package may import a library (DESIGN.md, "one owner for each library")."""

CEILING = 400


def imports(path: Path) -> Iterator[str]:
    """Yield the top-level name of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("library", OWNERS)
def test_library_has_one_owner(library: str) -> None:
    importers = [f.relative_to(PACKAGE).as_posix() for f in files() if library in set(imports(f))]
    strangers = [name for name in importers if not name.startswith(OWNERS[library])]
    assert not strangers, f"{library} belongs to {OWNERS[library]}, not to {strangers}"


def test_every_third_party_library_has_an_owner() -> None:
    known = {*OWNERS, "zoomdesk", "_typeshed"}  # the last is for the type checker only
    found = {name for path in files() for name in imports(path)} - sys.stdlib_module_names
    assert found <= known, f"name an owner for {found - known}"


def test_files_stay_readable() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > CEILING
    }
    assert not long, f"over {CEILING} lines: would each be clearer as two rooms? {long}"


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(PACKAGE).as_posix()
        for path in files()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent
