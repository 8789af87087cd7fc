"""Match the columns of a sheet to fields: by heading, by content, by what stands beside them.

Three steps, each small: every column gets candidates (``_candidates``), the best candidate of each
field wins its column (``_settle``), and what nobody claimed may still be a name beside the
addresses (``name_columns``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zoomdesk.roster.content import Profile, profile, sample_places
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.header import Header, find_header
from zoomdesk.roster.headings import Reading, read_heading
from zoomdesk.roster.name_columns import find_name_columns
from zoomdesk.roster.own_columns import own_columns
from zoomdesk.roster.text import column_letters

__all__ = ["ColumnGuess", "Header", "find_header", "match_columns"]

_WORTH_TELLING = 0.3
_NOT_ADDRESSES = 0.15
"""A heading “Email” over fewer addresses than this share is not believed."""


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """Say what a column of the sheet probably is, how surely (0 to 1), and why."""

    column: int
    header: str
    field: Field | None
    result: ResultColumn | None
    confidence: float
    reason: str


@dataclass(slots=True)
class _Seen:
    """Hold what was seen of one column while it is being matched."""

    guess: ColumnGuess
    heading: Reading
    profile: Profile
    sample: list[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    field: Field
    confidence: float
    order: float
    reason: str


def match_columns(
    grid: Grid, header_row: int, result_headers: Mapping[str, str]
) -> tuple[ColumnGuess, ...]:
    """Guess every column that holds anything, in sheet order.

    ``header_row`` 0 means that there are no headings. ``result_headers`` maps the names of
    ``ResultColumn`` to their headings; such a column is found by its heading alone, whatever its
    case (without headings: by its contents), and never is a field. No field and no result is given
    twice: the surest column wins.
    """
    columns = _look_at(grid, header_row, result_headers)
    _settle(columns, [c for place, seen in enumerate(columns) for c in _candidates(place, seen)])
    _find_names(columns)
    return tuple(seen.guess for seen in columns)


def _look_at(grid: Grid, header_row: int, result_headers: Mapping[str, str]) -> list[_Seen]:
    results = {text.strip().casefold(): ResultColumn(key) for key, text in result_headers.items()}
    numbers = grid.row_numbers
    start = bisect_right(numbers, header_row)
    heading_at = start - 1 if start and numbers[start - 1] == header_row else -1
    places = [start + place for place in sample_places(len(numbers) - start)]
    own = own_columns(grid.columns) if header_row == 0 else {}
    columns = []
    for number in sorted(grid.columns):
        texts = grid.columns[number]
        header = texts[heading_at].strip() if heading_at >= 0 else ""
        if not header and not any(map(str.strip, texts[start:])):
            continue
        result = results.pop(header.casefold(), None) if header else own.get(number)
        sample = [texts[place] for place in places]
        linked = [
            grid.hyperlinks.get((numbers[place], number), "").lower().startswith("mailto:")
            for place in places
        ]
        reason = f"The {'heading is' if header else 'contents are'} what Zoomdesk writes."
        name = " ".join(header.split()) or f"Column {column_letters(number)}"
        guess = ColumnGuess(
            number, name, None, result, 1.0 if result else 0.0, reason if result else ""
        )
        columns.append(_Seen(guess, read_heading(header), profile(sample, linked), sample))
    return columns


def _candidates(place: int, seen: _Seen) -> Iterable[_Candidate]:
    if seen.guess.result is not None:
        return
    heading, cells = seen.heading, seen.profile
    share = cells.addresses / cells.filled if cells.filled else 0.0
    counted = f"{cells.addresses} of {cells.filled} cells are email addresses."
    if heading.field is Field.EMAIL:
        sure = heading.confidence
        reason = f"The heading says “{seen.guess.header}”."
        if cells.filled >= 5 and share < _NOT_ADDRESSES:
            sure, reason = 0.3 * sure, f"{reason} But {counted}"
        order = sure + 0.4 * cells.fill + 0.15 * heading.rank
        yield _Candidate(place, Field.EMAIL, sure, order, reason)
        return
    if cells.is_addresses:
        sure = (0.3 if heading.changing else 0.6) + 0.25 * share
        yield _Candidate(place, Field.EMAIL, sure, sure + 0.4 * cells.fill - 0.5, counted)
    if heading.field is not None:
        doubtful = cells.is_addresses or (not cells.filled and heading.confidence <= 0.6)
        sure = heading.confidence * (0.5 if doubtful else 1.0)
        order = sure + 0.2 * cells.fill + 0.15 * heading.rank
        yield _Candidate(
            place, heading.field, sure, order, f"The heading says “{seen.guess.header}”."
        )


def _settle(columns: list[_Seen], candidates: list[_Candidate]) -> None:
    """Give each field to its best candidate; doubt the winner that has a near rival."""
    candidates = _with_bare_names(columns, candidates)
    candidates.sort(key=lambda candidate: (-candidate.order, candidate.place))
    taken: set[int] = set()
    for field in Field:
        rivals = [c for c in candidates if c.field is field and c.place not in taken]
        if not rivals or rivals[0].confidence < _WORTH_TELLING:
            continue
        best = rivals[0]
        taken.add(best.place)
        confidence, reason = best.confidence, best.reason
        if len(rivals) > 1 and rivals[1].confidence > 0.6:
            confidence = min(confidence, 0.7 if best.order - rivals[1].order > 0.1 else 0.5)
            reason = f"{reason} “{columns[rivals[1].place].guess.header}” is another choice."
        columns[best.place].guess = replace(
            columns[best.place].guess, field=field, confidence=round(confidence, 2), reason=reason
        )


def _with_bare_names(columns: list[_Seen], candidates: list[_Candidate]) -> list[_Candidate]:
    """Decide what “Name” means: beside first names it is the last name, alone the full name."""
    sure = {c.field: c for c in candidates if not columns[c.place].heading.bare_name}
    has_first, has_last = Field.FIRST_NAME in sure, Field.LAST_NAME in sure
    decided = []
    for candidate in candidates:
        seen = columns[candidate.place]
        if candidate.field is Field.FULL_NAME and seen.heading.bare_name:
            header = seen.guess.header
            if has_first and not has_last:
                reason = f"“{header}” stands beside a column of first names."
                candidate = replace(candidate, field=Field.LAST_NAME, reason=reason)
            elif has_last and not has_first:
                reason = f"“{header}” stands beside a column of last names."
                candidate = replace(candidate, field=Field.FIRST_NAME, reason=reason)
        decided.append(candidate)
    return decided


def _find_names(columns: list[_Seen]) -> None:
    """Look for names among the columns whose heading says nothing."""
    found = {seen.guess.field for seen in columns}
    if found & {Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME}:
        return
    email = next((p for p, seen in enumerate(columns) if seen.guess.field is Field.EMAIL), None)
    if email is None:
        return
    unsaid = {
        place: seen.sample
        for place, seen in enumerate(columns)
        if seen.guess.field is None
        and seen.guess.result is None
        and not seen.heading.changing
        and seen.profile.is_names
    }
    several = {place for place in unsaid if columns[place].profile.mostly_several_words}
    unnamed = {p for p in unsaid if columns[p].guess.header.startswith("Column ")}
    for found_name in find_name_columns(unsaid, several, unnamed, email, columns[email].sample):
        columns[found_name.place].guess = replace(
            columns[found_name.place].guess,
            field=found_name.field,
            confidence=found_name.confidence,
            reason=found_name.reason,
        )
