"""Read one person out of a request, and find what is wrong with them.

Limits and field names: zoom/README.md section 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .model import CustomQuestion, Event

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

CHOICES = {
    "no_of_employees": (
        "1-20",
        "21-50",
        "51-100",
        "101-500",
        "500-1,000",
        "1,001-5,000",
        "5,001-10,000",
        "More than 10,000",
    ),
    "purchasing_time_frame": (
        "Within a month",
        "1-3 months",
        "4-6 months",
        "More than 6 months",
        "No timeframe",
    ),
    "role_in_purchase_process": (
        "Decision Maker",
        "Evaluator/Recommender",
        "Influencer",
        "Not involved",
    ),
}
"""The answers that some of Zoom's fields take, as its specification lists them."""

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
    """Return the person of a JSON object, and the names of the fields that are wrong.

    A null is no answer: clients in use (pyzoom) send one for every field that they leave open.
    """
    values = {name: value for name, value in values.items() if value is not None}
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
    wrong += [
        name
        for name, choices in CHOICES.items()
        if name not in wrong and values.get(name) and values[name] not in choices
    ]
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


def _is_offered(question: CustomQuestion, value: str, between: str) -> bool:
    """Return whether the question takes this answer, or these."""
    if question.type == "short" or value in question.answers:
        return True
    if question.type != "multiple":
        return False
    separators = (";", ",") if between == "either" else (between,)
    return any(
        all(part.strip() in question.answers for part in value.split(separator))
        for separator in separators
    )


def read_custom_answers(
    event: Event, values: dict[str, Any], between: str = "either"
) -> tuple[list[dict[str, str]], list[str]]:
    """Return the answers to the host's own questions, and the field's name if they are wrong.

    ``between`` is what stands between several answers to one question (see Behaviour).
    """
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
        if value and not _is_offered(question, value, between):
            return [], wrong
    return [{"title": title, "value": value} for title, value in answers.items()], []
