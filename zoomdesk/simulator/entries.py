"""Read one person out of a request, and find what is wrong with them.

Limits and field names: zoom/README.md section 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .model import Event

ANSWERS = (
    "address",
    "city",
    "comments",
    "country",
    "industry",
    "job_title",
    "no_of_employees",
    "org",
    "phone",
    "purchasing_time_frame",
    "role_in_purchase_process",
    "state",
    "zip",
    "language",
)
"""Zoom's optional fields; only the single call carries them."""

LONGEST = {"email": 128, "first_name": 64, "last_name": 64}

_LABEL = r"[^\s@.<>(),;:\"\[\]\\_]+"
_EMAIL = re.compile(
    rf"(?!\.)(?!.*\.\.)[^\s@<>(),;:\"\[\]\\]+(?<!\.)@(?:{_LABEL}\.)+(?!\d+$)(?=..){_LABEL}"
)


@dataclass
class Entry:
    """Hold one person as a request names them."""

    email: str
    first_name: str
    last_name: str
    answers: dict[str, str] = field(default_factory=dict)
    custom_answers: list[dict[str, str]] = field(default_factory=list)


def read_entry(values: dict[str, Any]) -> tuple[Entry, list[str]]:
    """Return the person of a JSON object, and the names of the fields that are wrong."""
    wrong = [
        name
        for name in (*LONGEST, *ANSWERS)
        if name in values and not isinstance(values[name], str)
    ]
    text = {name: "" if name in wrong else values.get(name, "") for name in LONGEST}
    email = text["email"].strip()
    if _EMAIL.fullmatch(email) is None and "email" not in wrong:
        wrong.append("email")
    if not text["first_name"].strip() and "first_name" not in wrong:
        wrong.append("first_name")
    wrong += [
        name for name, most in LONGEST.items() if len(text[name]) > most and name not in wrong
    ]
    if "country" not in wrong and len(values.get("country", "")) not in (0, 2):
        wrong.append("country")
    answers = {name: values[name] for name in ANSWERS if name in values and name not in wrong}
    return Entry(email, text["first_name"].strip(), text["last_name"].strip(), answers), wrong


def unanswered(event: Event, entry: Entry) -> list[str]:
    """Return the required fields of Zoom's own that have no answer."""
    # last_name is required on Zoom's form by default, yet its API takes people without one.
    return [
        question.field_name
        for question in event.questions
        if question.required
        and question.field_name != "last_name"
        and not entry.answers.get(question.field_name, "").strip()
    ]


def read_custom_answers(
    event: Event, values: dict[str, Any]
) -> tuple[list[dict[str, str]], list[str]]:
    """Return the answers to the host's own questions, and the field's name if they are wrong."""
    given = values.get("custom_questions", [])
    wrong = ["custom_questions"]
    if not isinstance(given, list):
        return [], wrong
    answers: dict[str, str] = {}
    for each in given:
        if not isinstance(each, dict):
            return [], wrong
        title, value = each.get("title"), each.get("value")
        if not isinstance(title, str) or not isinstance(value, str):
            return [], wrong
        answers[title] = value
    for question in event.custom_questions:
        value = answers.get(question.title, "")
        if not value.strip() and question.required:
            return [], wrong
        if question.type.startswith("single") and value and value not in question.answers:
            return [], wrong
    return [{"title": title, "value": value} for title, value in answers.items()], []
