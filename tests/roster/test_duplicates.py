from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zoomdesk.roster.duplicates import DuplicateIndex


class DuplicatesAgainstAModel(RuleBasedStateMachine):
    """Compare the index with a plain dictionary of sets."""

    def __init__(self) -> None:
        super().__init__()
        self.index = DuplicateIndex()
        self.model: dict[int, str] = {}

    @rule(row=st.integers(0, 9), key=st.sampled_from("abc"))
    def put(self, row: int, key: str) -> None:
        if row in self.model:
            self.index.remove(self.model[row], row)
        self.model[row] = key
        self.index.add(key, row)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(sorted(self.model)))
        self.index.remove(self.model.pop(row), row)

    @invariant()
    def same_groups(self) -> None:
        rows = {key: tuple(r for r in sorted(self.model) if self.model[r] == key) for key in "abc"}
        assert {key: self.index.rows(key) for key in "abc"} == rows
        assert self.index.groups() == sorted(group for group in rows.values() if len(group) > 1)


TestDuplicates = DuplicatesAgainstAModel.TestCase


def test_a_row_that_was_not_put_cannot_be_taken() -> None:
    index = DuplicateIndex()
    with pytest.raises(KeyError):
        index.remove("a", 1)
    index.add("a", 1)
    index.add("a", 2)
    with pytest.raises(KeyError):
        index.remove("a", 3)
