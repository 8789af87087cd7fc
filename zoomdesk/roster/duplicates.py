"""Know which rows hold the same address."""

from __future__ import annotations


class DuplicateIndex:
    """Group row indexes by comparison key; only keys of two rows or more cost a set.

    Adding and removing take constant time, however many rows share a key: filling one address
    down a hundred thousand rows is one gesture like any other.
    """

    def __init__(self) -> None:
        self._single: dict[str, int] = {}
        self._groups: dict[str, set[int]] = {}
        self._ordered: dict[str, tuple[int, ...]] = {}

    def add(self, key: str, row: int) -> None:
        """Put a row under its key."""
        group = self._groups.get(key)
        if group is not None:
            group.add(row)
            self._ordered.pop(key, None)
            return
        other = self._single.setdefault(key, row)
        if other != row:
            del self._single[key]
            self._groups[key] = {other, row}

    def remove(self, key: str, row: int) -> None:
        """Take a row away from its key. Raises KeyError where it was not put."""
        group = self._groups.get(key)
        if group is None:
            del self._single[key]
            return
        group.remove(row)
        self._ordered.pop(key, None)
        if len(group) == 1:
            self._single[key] = group.pop()
            del self._groups[key]

    def rows(self, key: str) -> tuple[int, ...]:
        """Return the rows under a key, ascending."""
        group = self._groups.get(key)
        if group is None:
            return (self._single[key],) if key in self._single else ()
        if key not in self._ordered:
            self._ordered[key] = tuple(sorted(group))
        return self._ordered[key]

    def groups(self) -> list[tuple[int, ...]]:
        """Return every group of two rows or more, by its first row."""
        return sorted(self.rows(key) for key in self._groups)
