"""Keep what the columns mean: as the sheet says, as the person says, as the chosen event asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zoomdesk.roster.asking import answerable, with_questions
from zoomdesk.roster.columns import CHOSEN, Column
from zoomdesk.roster.fields import Field, Topic
from zoomdesk.roster.form import Answerable, Form
from zoomdesk.roster.text import caseless


class Meanings:
    """Hold the columns of a sheet with their present meanings.

    ``form`` is what the chosen event asks, an empty one while none is. ``chosen`` maps headings, in
    small letters, to the titles of questions that the person gave them, ``""`` for none: it
    outlives the event, so that the next one that asks the same finds its columns.
    """

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.form = Form()
        self.chosen: Mapping[str, str] = {}
        self._without_form = columns
        self._lay_over()

    @property
    def answerable(self) -> Answerable:
        """Return what the columns have answers to."""
        return answerable(self.columns)

    def use_form(self, form: Form, chosen: Mapping[str, str] | None = None) -> bool:
        """Find the columns that answer what an event asks; tell whether anything is new.

        ``chosen`` are choices of before, which are ``self.chosen`` where it is None.
        """
        chosen = self.chosen if chosen is None else chosen
        if (form, chosen) == (self.form, self.chosen):
            return False
        self.form, self.chosen = form, dict(chosen)
        self._lay_over()
        return True

    def assign_field(self, position: int, field: Field | None) -> None:
        """Change what a column means; the column that had the field before loses it.

        Raises ValueError for a result column.
        """
        self._check_free(position)
        self.chosen = {**self.chosen, self._heading(position): ""}
        self._without_form = tuple(
            replace(column, field=field, confidence=1.0, reason=CHOSEN)
            if column.position == position
            else replace(column, field=None, confidence=0.0, reason="")
            if column.field is not None and column.field is field
            else column
            for column in self._without_form
        )
        self._lay_over()

    def assign_question(self, position: int, title: str) -> None:
        """Let a column answer a question; the column that did before answers nothing any more.

        Raises ValueError for a result column.
        """
        self._check_free(position)
        others = {heading: "" if its == title else its for heading, its in self.chosen.items()}
        others |= {caseless(c.header): "" for c in self.columns if c.question == title}
        self.chosen = {**others, self._heading(position): title}
        self._lay_over()

    def _lay_over(self) -> None:
        self.columns = with_questions(self._without_form, self.form, self.chosen)
        self.at: dict[Topic, int] = {c.topic: c.position for c in self.columns if c.topic}
        self.checked = {
            topic: position for topic, position in self.at.items() if self.form.constrains(topic)
        }
        """The place of each answer that may be wrong, or missing, for the chosen event."""
        self.questions = [(c.question, c.position) for c in self.columns if c.question]

    def _check_free(self, position: int) -> None:
        if self.columns[position].result is not None:
            raise ValueError("a result column means nothing else")

    def _heading(self, position: int) -> str:
        return caseless(self.columns[position].header)
