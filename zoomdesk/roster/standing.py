"""Keep, for every row, what the checks say and where it stands.

Incremental: an edit checks its own rows again, and settles again only the rows that share an
address with one of them, before or after. A rule-based test compares this with checking all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum

from zoomdesk.roster.checks import RowTexts, check_row, holds_nobody, plain_row
from zoomdesk.roster.duplicates import DuplicateIndex
from zoomdesk.roster.emails import key
from zoomdesk.roster.fields import Field
from zoomdesk.roster.problems import Problem, Severity

_NAMED_AT_MOST = 5


class Standing(IntEnum):
    """Where a row stands; every row stands in exactly one place."""

    BLANK = 0
    """All its cells were emptied."""
    READY = 1
    TO_FIX = 2
    """An error blocks it."""
    LATER = 3
    """Another row stands for its address; it is left out unless it is chosen."""
    REGISTERED = 4
    """It holds a link."""
    PENDING = 5
    """It awaits approval."""
    ENDED = 6
    """Its registration was cancelled or deleted; it is left out unless it is chosen."""


_OF_STATUS = {
    "registered": Standing.REGISTERED,
    "already registered": Standing.REGISTERED,
    "pending approval": Standing.PENDING,
    "cancelled": Standing.ENDED,
    "deleted": Standing.ENDED,
}
"""By words of ``registration.outcome.Status``, which lies above this package; a test compares."""


def of_words(status: str, link: str) -> Standing | None:
    """Return what a row's result columns say of it; nobody is registered without a link."""
    standing = _OF_STATUS.get(status.casefold())
    return None if standing is Standing.REGISTERED and not link else standing


_SETTLED = (Standing.REGISTERED, Standing.PENDING, Standing.ENDED)


class Standings:
    """Hold the checks and standings of all rows, by index.

    ``texts`` gives the cells of a row, ``outcome`` what its result columns say (REGISTERED,
    PENDING, ENDED or None), ``number`` its number in the sheet.
    """

    def __init__(
        self,
        texts: Callable[[int], RowTexts],
        outcome: Callable[[int], Standing | None],
        number: Callable[[int], int],
        hidden: frozenset[int],
    ) -> None:
        self._texts = texts
        self._outcome = outcome
        self._number = number
        self._hidden = hidden
        self.addresses: list[str] = []
        self._own: dict[int, tuple[Problem, ...]] = {}
        self._about_form: dict[int, tuple[Problem, ...]] = {}
        self._worst = bytearray()
        self._standing = bytearray()
        self._duplicates = DuplicateIndex()

    def check_all(
        self,
        emails: Sequence[str],
        first_names: Sequence[str],
        last_names: Sequence[str],
        full_names: Sequence[str],
    ) -> None:
        """Check every row afresh; rows about which there is nothing to say cost little."""
        size = len(emails)
        self.addresses = []
        self._own = {}
        self._about_form = {}
        self._worst = bytearray(size)
        self._standing = bytearray(size)
        self._duplicates = DuplicateIndex()
        columns = (emails, first_names, last_names, full_names)
        for index, cells in enumerate(zip(*columns, strict=True)):
            address = plain_row(*cells) or self._check_one(index)
            self.addresses.append(address)
            if address:
                self._duplicates.add(key(address), index)
        for index in range(size):
            self._standing[index] = self._alone(index)
        for group in self._duplicates.groups():
            self._settle_group(group)

    def grow(self, count: int) -> None:
        """Take in blank rows below the others."""
        self.addresses.extend([""] * count)
        self._worst.extend(bytes(count))
        self._standing.extend(bytes(count))

    def shrink(self, count: int) -> None:
        """Let go of the last rows, which were checked as blank."""
        size = len(self.addresses) - count
        self._about_form = {row: its for row, its in self._about_form.items() if row < size}
        del self.addresses[size:], self._worst[size:], self._standing[size:]

    def check(self, rows: Iterable[int]) -> set[int]:
        """Check rows again after their cells changed; return all whose problems may differ."""
        rows = tuple(rows)
        keys = set()
        for index in rows:
            self._own.pop(index, None)
            self._worst[index] = 0
            old, new = self.addresses[index], self._check_one(index)
            if old:
                keys.add(key(old))
                self._duplicates.remove(key(old), index)
            self.addresses[index] = new
            if new:
                keys.add(key(new))
                self._duplicates.add(key(new), index)
        return self._settle(rows, keys)

    def judge(self, found: Mapping[int, tuple[Problem, ...]]) -> set[int]:
        """Take what the event's form says about rows; return all whose problems may differ."""
        changed = [row for row, its in found.items() if its != self._about_form.get(row, ())]
        for row in changed:
            self._about_form.pop(row, None)
            self._about_form |= {row: found[row]} if found[row] else {}
        return self._settle(changed, {key(its) for row in changed if (its := self.addresses[row])})

    @property
    def judged(self) -> frozenset[int]:
        """Return the rows about which the event's form has something to say."""
        return frozenset(self._about_form)

    def settle(self, index: int) -> set[int]:
        """Work out again where a row stands, after its result columns changed."""
        address = self.addresses[index]
        return self._settle((index,), {key(address)} if address else set())

    def problems(self, index: int) -> tuple[Problem, ...]:
        """Return all that is to be said about a row, the worst first."""
        about_form = self._about_form.get(index, ())
        if about_form and self._standing[index] in _SETTLED:
            about_form = ()  # who is registered has answered, or was not asked
        found = (*self._own.get(index, ()), *about_form, *self._duplicate_problem(index))
        return tuple(sorted(found, key=lambda problem: -problem.severity))

    def worst(self, index: int) -> int:
        """Return the greatest severity of the row's own problems, 0 where there is none."""
        if index in self._about_form and self._standing[index] not in _SETTLED:
            return Severity.ERROR
        return self._worst[index]

    def of(self, index: int) -> Standing:
        """Return where a row stands."""
        return Standing(self._standing[index])

    def snapshot(self) -> bytes:
        """Return the standings of all rows, a byte for each."""
        return bytes(self._standing)

    def count(self, standing: Standing) -> int:
        """Count the rows that stand there."""
        return self._standing.count(standing)

    def rows(self, standing: Standing) -> list[int]:
        """Return the rows that stand there, ascending."""
        return [index for index, value in enumerate(self._standing) if value == standing]

    def groups(self) -> list[tuple[int, ...]]:
        """Return the rows that share an address, a tuple for each address."""
        return self._duplicates.groups()

    def _check_one(self, index: int) -> str:
        texts = self._texts(index)
        address = plain_row(texts.email, texts.first_name, texts.last_name, texts.full_name)
        if address or holds_nobody(texts):
            return address
        checked = check_row(index, texts)
        if checked.problems:
            self._own[index] = checked.problems
            self._worst[index] = max(problem.severity for problem in checked.problems)
        return checked.email

    def _settle(self, rows: Sequence[int], keys: Iterable[str]) -> set[int]:
        concerned = set(rows)
        for index in rows:
            self._standing[index] = self._alone(index)
        for shared in keys:
            group = self._duplicates.rows(shared)
            concerned.update(group)
            for index in group:
                self._standing[index] = self._alone(index)
            self._settle_group(group)
        return concerned

    def _alone(self, index: int) -> Standing:
        """Return where a row would stand if no other had its address."""
        outcome = self._outcome(index)
        if outcome is not None:
            return outcome
        if self._worst[index] == Severity.ERROR or index in self._about_form:
            return Standing.TO_FIX
        return Standing.READY if self.addresses[index] else Standing.BLANK

    def _settle_group(self, group: Sequence[int]) -> None:
        """Let one row stand for its address: a settled one, else the first visible and ready."""
        settled = any(self._standing[index] in _SETTLED for index in group)
        ready = [index for index in group if self._standing[index] == Standing.READY]
        leader = -1
        if ready and not settled:
            leader = next((index for index in ready if index not in self._hidden), ready[0])
        for index in ready:
            if index != leader:
                self._standing[index] = Standing.LATER

    def _duplicate_problem(self, index: int) -> Iterable[Problem]:
        address = self.addresses[index]
        group = self._duplicates.rows(key(address)) if address else ()
        if len(group) < 2:
            return
        others = [self._number(row) for row in group[: _NAMED_AT_MOST + 1] if row != index]
        listed = ", ".join(map(str, others[:_NAMED_AT_MOST]))
        more = ", …" if len(group) - 1 > _NAMED_AT_MOST else ""
        where = f"row {listed}" if len(group) == 2 else f"rows {listed}{more}"
        later = self._standing[index] == Standing.LATER
        left_out = " This row is left out unless you tick it; both get the same link."
        yield Problem(
            index,
            Field.EMAIL,
            Severity.WARNING,
            "duplicate-later" if later else "duplicate-first",
            f"This address is also in {where}.{left_out if later else ''}",
        )
