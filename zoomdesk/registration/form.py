"""Say in the roster's words what an event's registration form asks."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from zoomdesk.roster.fields import Field
from zoomdesk.roster.form import Answerable, Form, FormQuestion, named, unanswerable
from zoomdesk.roster.headings import compact
from zoomdesk.zoom.models import Questions

SEVERAL = "multiple"
"""The type of a question that takes several of its answers (zoom/README.md section 2)."""

FREE_TEXT = "short"
"""The type of a question that takes any text, whatever answers Zoom lists with it."""

_PERHAPS = 0.45
"""How alike a heading must be (0 to 1) to be named as the one that may have been meant."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that the form requires and no column of the sheet is for.

    ``heading`` is what such a column would be called, ``perhaps`` an existing one that may be it;
    ``is_question`` of the host's own, rather than a field of Zoom's.
    """

    heading: str
    perhaps: str = ""
    is_question: bool = False


def form_of(questions: Questions) -> Form:
    """Return the form; address and first name are asked for always and not in it."""
    always = (Field.EMAIL, Field.FIRST_NAME, Field.FULL_NAME)
    known = {field.value: field for field in Field if field not in always}
    return Form(
        {known[name]: required for name, required in questions.asked.items() if name in known},
        tuple(
            FormQuestion(
                each.title,
                each.required,
                () if each.type == FREE_TEXT else each.answers,
                several=each.type == SEVERAL,
            )
            for each in questions.custom
        ),
        tuple(
            name
            for name, required in questions.asked.items()
            if required and name not in known and name not in always
        ),
    )


def headings_of(questions: Questions) -> dict[str, tuple[str, ...]]:
    """Return the headings of a list that answers the form, with the answers to choose from."""
    form = form_of(questions)
    return {named(topic): form.choices(topic) for topic in form.topics}


def lacks(form: Form, sheet: Answerable) -> tuple[Lack, ...]:
    """Return what keeps everybody from being registered: questions without a column."""
    return tuple(
        Lack(named(topic), _perhaps(named(topic), sheet), not isinstance(topic, Field))
        for topic in unanswerable(form, sheet)
    )


def _perhaps(heading: str, sheet: Answerable) -> str:
    by_form = {compact(unused): unused for unused in sheet.unused}
    alike = difflib.get_close_matches(compact(heading), by_form, 1, _PERHAPS)
    return by_form[alike[0]] if alike else ""
