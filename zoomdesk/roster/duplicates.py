"""Know which rows hold the same address."""

from __future__ import annotations

from bisect import insort


class DuplicateIndex:
    """Group row indexes by comparison key; only keys with two rows or more cost a list."""

    def __init__(self) -> None:
        self._single: dict[str, int] = {}
        self._groups: dict[str, list[int]] = {}

    def add(self, key: str, row: int) -> None:
        """Put a row under its key; rows without a usable address have none and are not put."""
        group = self._groups.get(key)
        if group is not None:
            insort(group, row)
            return
        other = self._single.setdefault(key, row)
        if other != row:
            del self._single[key]
            self._groups[key] = sorted((other, row))

    def remove(self, key: str, row: int) -> None:
        """Take a row away from its key. Raises KeyError or ValueError where it was not put."""
        group = self._groups.get(key)
        if group is None:
            del self._single[key]
            return
        group.remove(row)
        if len(group) == 1:
            self._single[key] = group[0]
            del self._groups[key]

    def group(self, key: str) -> tuple[int, ...]:
        """Return the rows that share the key, ascending; nothing where only one row has it."""
        return tuple(self._groups.get(key, ()))

    def groups(self) -> list[tuple[int, ...]]:
        """Return every group of two rows or more, by its first row."""
        return sorted(tuple(group) for group in self._groups.values())
