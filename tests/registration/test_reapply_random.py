"""Whatever others do to a list: no edit over a text of theirs, no link in a wrong row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from zoomdesk import workbook
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.reapply import Seen, reapply
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field
from zoomdesk.settings import Settings

HEADERS = Settings().result_columns
NAME, EMAIL, COMPANY = 1, 2, 3
TEXTS = {
    NAME: st.sampled_from(["Ann", "Bob", "Cat", ""]),
    EMAIL: st.sampled_from([*(f"{n}@example.com" for n in "abcd"), "A@example.com", "b@", ""]),
    COMPANY: st.sampled_from(["Ash", "Birch", "Cedar", ""]),
}
ROW = st.fixed_dictionaries(TEXTS)


@dataclass(frozen=True)
class Line:
    """A row; ``mark`` is who it really is, which nothing in the sheet says."""

    mark: int
    texts: dict[int, str]

    @property
    def key(self) -> str:
        return emails.key(self.texts[EMAIL])


@cache
def blank() -> workbook.Sheet:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "guests.xlsx"
        openpyxl.Workbook().save(path)
        return workbook.read(path)


def sheet_of(lines: Sequence[Line]) -> workbook.Sheet:
    columns = {
        column: [heading, *(line.texts[column] for line in lines)]
        for column, heading in ((NAME, "First name"), (EMAIL, "Email"), (COMPANY, "Company"))
    }
    return replace(blank(), row_numbers=range(1, len(lines) + 2), columns=columns)


@st.composite
def by_others(draw: st.DrawFn, lines: Sequence[Line]) -> list[Line]:
    """Change some cells, take some rows out, put some in, and perhaps sort what is left."""
    left = [
        replace(line, texts=line.texts | draw(st.fixed_dictionaries({}, optional=TEXTS)))
        if draw(st.integers(0, 2)) == 0
        else line
        for line in lines
        if draw(st.integers(0, 7))
    ]
    for mark in range(100, 100 + draw(st.integers(0, 2))):
        left.insert(draw(st.integers(0, len(left))), Line(mark, draw(ROW)))
    return draw(st.permutations(left)) if draw(st.booleans()) else left


@settings(max_examples=400)
@given(data=st.data(), given=st.lists(ROW, min_size=1, max_size=6))
def test_hazard_17_nothing_of_theirs_is_lost_and_no_link_goes_astray(
    data: st.DataObject, given: list[dict[int, str]]
) -> None:
    lines = [
        Line(mark, texts)
        for mark, texts in enumerate(
            [*given, {NAME: "Zoe", EMAIL: "z@example.com", COMPANY: "Zelkova"}]
        )
    ]
    now = data.draw(by_others(lines))
    now.append(Line(200, {NAME: "Yan", EMAIL: "y@example.com", COMPANY: ""}))
    cells = st.tuples(st.integers(2, len(lines) + 1), st.sampled_from(list(TEXTS)))
    edits = {
        (row, column): text
        for row, column in data.draw(st.sets(cells, max_size=5))
        if (text := data.draw(TEXTS[column])) != lines[row - 2].texts[column]
        and any(lines[row - 2].texts.values())
    }
    outcomes = []
    for row in data.draw(st.sets(st.integers(2, len(lines) + 1), max_size=3)):
        email = edits.get((row, EMAIL), lines[row - 2].texts[EMAIL])
        if "example" in email:
            outcomes.append(Outcome(row, email, Status.REGISTERED, "https://zoom.example/w"))
    fields = {NAME: Field.FIRST_NAME, EMAIL: Field.EMAIL}
    again = reapply(Seen(sheet_of(lines), 1, fields), edits, outcomes, sheet_of(now), HEADERS)

    told = {(conflict.row, conflict.column) for conflict in again.conflicts}
    after = [dict(line.texts) for line in now]
    for (row, column), text in again.edits.items():
        after[row - 2][column] = text
    done = set()
    for (row, column), text in edits.items():
        seen = lines[row - 2]
        if (row, column) in told:
            continue
        place = again.rows[row]
        done.add((place, column))
        there = now[place - 2]
        # The cell held what was seen, or what we wrote; and it is the row of the same person.
        assert there.texts[column] in (seen.texts[column], text)
        assert after[place - 2][column] == text
        alike = there.texts[NAME] == seen.texts[NAME] and there.texts[NAME]
        both = there.key == emails.key(edits.get((row, EMAIL), ""))
        assert there.key == seen.key or alike or both
    assert set(again.edits) <= done
    for row, seen in enumerate(lines, 2):
        # Whoever has an address of their own, and the same cells as before, is found.
        alone = all([line.key for line in side].count(seen.key) == 1 for side in (lines, now))
        if seen.key and alone and seen in now:
            assert again.rows[row] == now.index(seen) + 2
    for row, outcome in again.outcomes.items():
        assert emails.key(after[row - 2][EMAIL]) == emails.key(outcome.email)
    assert len(again.outcomes) + len(again.missing) == len({o.row for o in outcomes})


@settings(max_examples=100)
@given(data=st.data(), given=st.lists(ROW, min_size=1, max_size=6))
def test_hazard_17_an_unchanged_list_has_no_conflict(
    data: st.DataObject, given: list[dict[int, str]]
) -> None:
    lines = [
        Line(m, t)
        for m, t in enumerate([*given, {NAME: "Zoe", EMAIL: "z@example.com", COMPANY: ""}])
    ]
    cells = st.tuples(st.integers(2, len(lines) + 1), st.sampled_from(list(TEXTS)))
    edits = {cell: f"new {cell}" for cell in data.draw(st.sets(cells, max_size=6))}
    fields = {NAME: Field.FIRST_NAME, EMAIL: Field.EMAIL}
    sheet = sheet_of(lines)
    again = reapply(Seen(sheet, 1, fields), edits, (), sheet, HEADERS)
    blank_rows = {row for row, line in enumerate(lines, 2) if not any(line.texts.values())}
    kept = {cell: text for cell, text in edits.items() if cell[0] not in blank_rows}
    assert again.conflicts == ()
    assert {cell: text for cell, text in again.edits.items() if cell in kept} == kept
