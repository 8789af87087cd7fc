"""Know the rows of a list by index: their numbers in the sheet, which are new, which are gone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Rows:
    """Hold the number of each row. Indexes never move: whatever is kept by index stays right.

    New rows stand below those that were loaded and are numbered on from the last of them. A row
    that is taken out keeps its index, and its number where the sheet has it.
    """

    def __init__(self, numbers: list[int]) -> None:
        self._numbers = numbers
        self._loaded = len(numbers)
        self.removed: set[int] = set()
        """The indexes of the rows that were taken out."""

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, index: int) -> int:
        """Return the row's number in the sheet, for a new row the one that it will get."""
        return self._numbers[index]

    def index_of(self, number: int) -> int:
        """Return the index of a sheet row, -1 where there is none, or not any more."""
        place = bisect_left(self._numbers, number)
        # A new row that was taken out again has left its number to the next one.
        while place in self.removed:
            place += 1
        return place if place < len(self) and self._numbers[place] == number else -1

    def is_added(self, index: int) -> bool:
        """Tell whether the sheet does not have the row yet."""
        return index >= self._loaded

    @property
    def live(self) -> int:
        """Return how many rows there are without those that were taken out."""
        return len(self) - len(self.removed)

    def indexes(self) -> list[int] | range:
        """Return the rows that are there, ascending."""
        if not self.removed:
            return range(len(self))
        return [index for index in range(len(self)) if index not in self.removed]

    def added(self) -> list[int]:
        """Return the new rows."""
        return [i for i in range(self._loaded, len(self)) if i not in self.removed]

    @property
    def first_new(self) -> int:
        """The number of the first new row."""
        return self._numbers[self._loaded - 1] + 1 if self._loaded else 1

    def removed_loaded(self) -> list[int]:
        """Return the sheet's own rows that were taken out, ascending."""
        return sorted(index for index in self.removed if index < self._loaded)

    def removed_numbers(self) -> list[int]:
        """Return the numbers of the sheet's own rows that were taken out, ascending."""
        return [self._numbers[index] for index in self.removed_loaded()]

    def add(self, count: int) -> range:
        """Add rows below the others; return their indexes."""
        first = len(self)
        self._numbers.extend([0] * count)
        self._number_added()
        return range(first, first + count)

    def withdraw(self, count: int) -> None:
        """Forget the last rows, which are new ones."""
        size = len(self) - count
        del self._numbers[size:]
        self.removed = {index for index in self.removed if index < size}
        self._number_added()

    def remove(self, indexes: Iterable[int]) -> list[int]:
        """Take rows out; return those that were there, ascending."""
        gone = set(indexes) - self.removed
        self.removed |= gone
        self._number_added()
        return sorted(gone)

    def restore(self, indexes: Iterable[int]) -> list[int]:
        """Put rows back; return those that were out, ascending."""
        back = self.removed.intersection(indexes)
        self.removed -= back
        self._number_added()
        return sorted(back)

    def _number_added(self) -> None:
        number = self.first_new
        for index in range(self._loaded, len(self)):
            self._numbers[index] = number
            number += index not in self.removed
