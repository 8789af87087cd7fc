"""Find the people of a list again after somebody else has sorted, cut or added to the sheet.

A row is known by the address in it, among rows that share one by their cells, then by the name,
and at last by its place, where the rows on both sides of it have not moved against each other.
What cannot be told is said to be unsure; it is never guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zoomdesk.registration.listed import NOBODY, Listed


@dataclass(slots=True)
class SameRows:
    """Say which row of the sheet as it is now is which row of the sheet as it was seen.

    ``found`` are sure. ``renamed`` lead to the row that most probably was that person's and holds
    another address now. ``unsure`` rows could be one of several. All others are gone.
    """

    found: dict[int, int] = field(default_factory=dict)
    renamed: dict[int, int] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)


def same_rows(seen: Listed, now: Listed, edited: Mapping[int, str]) -> SameRows:
    """Match rows. ``edited`` holds the keys of the addresses that were typed here, by seen row.

    It is consulted where both sides may have corrected an address alike.
    """
    return _Matcher(seen, now).match(edited)


class _Matcher:
    def __init__(self, seen: Listed, now: Listed) -> None:
        self.seen, self.now = seen, now
        self.before, self.after = _groups(seen), _groups(now)
        self.pairs: dict[int, int] = {}  # places in seen.rows -> places in now.rows
        self.taken: set[int] = set()
        self.result = SameRows()

    def match(self, edited: Mapping[int, str]) -> SameRows:
        self._alone()
        shift = _Shift(self.seen, self.now, self.pairs)
        for key, places in self.before.items():
            if key in self.after and places[0] not in self.pairs:
                self._together(places, self.after[key], shift)
        self._changed_addresses(edited, shift)
        rows, others = self.seen.rows, self.now.rows
        self.result.found = {rows[a]: others[b] for a, b in self.pairs.items()}
        return self.result

    def _pair(self, seen: int, now: int) -> None:
        self.pairs[seen] = now
        self.taken.add(now)

    def _alone(self) -> None:
        """Pair the rows whose address stands once in each list."""
        names, others = self.seen.names, self.now.names
        doubtful = []
        for key, places in self.before.items():
            there = self.after.get(key, ())
            if len(places) == len(there) == 1 and not key.startswith(NOBODY):
                if names[places[0]] == others[there[0]]:
                    self._pair(places[0], there[0])
                else:
                    doubtful.append((places[0], there[0]))
        # Another name beside the address is a corrected name, unless the old name stands beside
        # another address now: then the addresses may have changed places.
        loose = {b for _, b in doubtful}
        loose.update(*(places for key, places in self.after.items() if key not in self.before))
        elsewhere = Counter(others[place] for place in loose)
        for seen, now in doubtful:
            if names[seen] and elsewhere[names[seen]]:
                self.result.unsure.add(self.seen.rows[seen])
                self.pairs.pop(seen, None)
            else:
                self._pair(seen, now)

    def _together(self, places: list[int], there: list[int], shift: _Shift) -> None:
        """Pair rows that share an address, or have none."""
        free = [place for place in there if place not in self.taken]
        by_cells = _by(self.seen, places), _by(self.now, free)
        for cells, same in by_cells[0].items():
            # Rows that are alike in every cell are worth the same: any pairing of them is right.
            if len(by_cells[1].get(cells, ())) == len(same):
                for seen, now in zip(same, by_cells[1][cells], strict=True):
                    self._pair(seen, now)
        names = Counter(self.seen.names[p] for p in places if p not in self.pairs)
        others = Counter(self.now.names[p] for p in free if p not in self.taken)
        for seen in [p for p in places if p not in self.pairs]:
            name = self.seen.names[seen]
            left = [p for p in free if p not in self.taken]
            if name and names[name] == others[name] == 1 and self.seen.addresses[seen]:
                self._pair(seen, next(p for p in left if self.now.names[p] == name))
        for seen in [p for p in places if p not in self.pairs]:
            left = [p for p in free if p not in self.taken]
            row = shift.row(self.seen.rows[seen])
            at = next((p for p in left if self.now.rows[p] == row), None)
            if at is not None:
                self._pair(seen, at)
            elif left:
                self.result.unsure.add(self.seen.rows[seen])

    def _changed_addresses(self, edited: Mapping[int, str], shift: _Shift) -> None:
        """Look for whoever is not found by address at the place or by the name."""
        strangers = {
            self.now.rows[place]: place
            for key, places in self.after.items()
            if key not in self.before
            for place in places
            if place not in self.taken
        }
        gone = [
            place
            for key, places in self.before.items()
            if key not in self.after
            for place in places
        ]
        names = Counter(self.seen.names[place] for place in gone)
        of_name: defaultdict[str, list[int]] = defaultdict(list)
        for place in strangers.values():
            of_name[self.now.names[place]].append(place)
        for seen in gone:
            row, name = self.seen.rows[seen], self.seen.names[seen]
            alike = self.after.get(edited.get(row, ""), [])
            if len(alike) == 1 and alike[0] in strangers.values() and alike[0] not in self.taken:
                self._pair(seen, alike[0])  # corrected alike on both sides
                continue
            at = strangers.get(shift.row(row) or 0)
            if at is not None and at not in self.taken and name and self.now.names[at] == name:
                if self.seen.cells(row) == self.now.cells(self.now.rows[at]):
                    self._pair(seen, at)  # the address was all that was changed
                else:
                    self.result.renamed[row] = self.now.rows[at]
            elif name and names[name] == 1 and len(of_name[name]) == 1:
                self.result.renamed[row] = self.now.rows[of_name[name][0]]


class _Shift:
    """Say by how many rows the surroundings of a row have moved, if both sides agree."""

    def __init__(self, seen: Listed, now: Listed, pairs: Mapping[int, int]) -> None:
        known = sorted((seen.rows[a], now.rows[b]) for a, b in pairs.items())
        end = (_last(seen) + 1, _last(now) + 1)
        self._known = [(seen.start, now.start), *known, end]
        self._rows = [row for row, _ in self._known]

    def row(self, row: int) -> int | None:
        """Return where a seen row is expected now; None where its neighbours disagree."""
        at = bisect_right(self._rows, row)
        before = self._known[at - 1]
        after = self._known[at] if at < len(self._known) else before
        shift = before[1] - before[0]
        return row + shift if after[1] - after[0] == shift else None


def _last(listed: Listed) -> int:
    return listed.rows[-1] if listed.rows else listed.start


def _groups(listed: Listed) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for place, key in enumerate(listed.keys):
        groups.setdefault(key, []).append(place)
    return groups


def _by(listed: Listed, places: Iterable[int]) -> dict[tuple[str, ...], list[int]]:
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in places:
        groups[listed.addresses[place], listed.names[place], *listed.cells(listed.rows[place])] += [
            place
        ]
    return groups
