"""Find the columns that answer the questions of an event's host: by title, or as the person says.

An event is chosen after its sheet was read, and another one may follow: what columns mean without
any event is kept, and the questions of the present one are laid over it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zoomdesk.roster.columns import CHOSEN, Column
from zoomdesk.roster.fields import BATCH_FIELDS, Field
from zoomdesk.roster.form import Answerable, Form, FormQuestion
from zoomdesk.roster.headings import compact
from zoomdesk.roster.text import caseless

_ALIKE = 0.86
"""How alike a heading and a title must be (0 to 1) to be taken for one another."""


def with_questions(
    columns: Sequence[Column], form: Form, chosen: Mapping[str, str]
) -> tuple[Column, ...]:
    """Return the columns with the questions that they answer.

    ``chosen`` maps headings, in small letters, to the title that the person gave the column, ``""``
    for a column that answers nothing. A heading that is a question word for word says more than a
    guess about it: the guessed field gives way, though never an address or a name.
    """
    open_titles = {each.title: each for each in form.questions}
    found: dict[int, Column] = {}
    for column in columns:
        title = chosen.get(caseless(column.header), "")
        if title in open_titles and column.result is None:
            del open_titles[title]
            found[column.position] = _answers(column, title, 1.0, CHOSEN)
    free = [c for c in columns if c.position not in found and _may_answer(c, form, chosen)]
    for sure in (True, False):
        for column in free:
            title = _match(column, open_titles.values(), sure=sure)
            if not title or column.position in found:
                continue
            del open_titles[title]
            reason = "The heading is a question of the event’s form."
            if not sure:
                reason = f"The heading is much like “{title}”."
            found[column.position] = _answers(column, title, 1.0 if sure else 0.7, reason)
    return tuple(found.get(column.position, column) for column in columns)


def answerable(columns: Iterable[Column]) -> Answerable:
    """Say what the columns of a sheet have answers to."""
    columns = tuple(columns)
    return Answerable(
        frozenset(column.topic for column in columns if column.topic),
        tuple(c.header for c in columns if c.topic is None and c.result is None),
    )


def _answers(column: Column, title: str, confidence: float, reason: str) -> Column:
    return replace(column, field=None, question=title, confidence=confidence, reason=reason)


def _may_answer(column: Column, form: Form, chosen: Mapping[str, str]) -> bool:
    """Return whether a title may be looked for in the heading."""
    if column.result is not None or column.sheet_column is None:
        return False
    if caseless(column.header) in chosen or (column.chosen and column.field is not None):
        return False
    kept = (*BATCH_FIELDS, Field.FULL_NAME, *form.fields)
    return column.field is None or column.field not in kept


def _match(column: Column, questions: Iterable[FormQuestion], *, sure: bool) -> str:
    heading = compact(column.header)
    if not heading:
        return ""
    forms = {compact(each.title): each.title for each in questions}
    if sure or column.field is not None:
        return forms.get(heading, "") if sure else ""
    alike = difflib.get_close_matches(heading, [form for form in forms if form], 2, _ALIKE)
    return forms[alike[0]] if len(alike) == 1 else ""
