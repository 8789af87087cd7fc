from __future__ import annotations

import pytest

from zoomdesk.errors import WorkbookDamaged, ZoomdeskError


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ("The workbook is damaged: its part x is cut.", "Its part x is cut."),
        ("“a.xlsx” is empty.", "“a.xlsx” is empty."),
        ("The workbook is damaged", "The workbook is damaged"),
    ],
)
def test_nothing_is_said_twice_where_the_title_stands_before(message: str, body: str) -> None:
    error = WorkbookDamaged(message, hint="Fetch it again.")
    assert error.body == body
    assert str(error) == f"{message} Fetch it again."


def test_every_error_has_a_title_and_a_code_of_its_own() -> None:
    found: list[type[ZoomdeskError]] = [ZoomdeskError]
    for each in found:
        found += each.__subclasses__()
    ours = [each for each in found if each.__module__ == "zoomdesk.errors"]
    assert len(ours) > 20
    codes = [each.__dict__.get("code") for each in ours]
    named = [code for code in codes if code is not None]
    assert len(named) == len(set(named))
    assert all(each.title and not each.title.endswith(".") for each in ours)
