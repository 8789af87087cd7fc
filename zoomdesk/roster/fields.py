"""Name what a column can mean: what Zoom takes about a person, and what it gives back."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Field(StrEnum):
    """A piece of a registrant, by the name Zoom's single registration has for it.

    ``FULL_NAME`` is ours: it is split into first and last name before anything is sent.
    Source: zoom/README.md section 2.
    """

    EMAIL = "email"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    ORG = "org"
    JOB_TITLE = "job_title"
    PHONE = "phone"
    ADDRESS = "address"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    COUNTRY = "country"
    INDUSTRY = "industry"
    COMMENTS = "comments"
    NO_OF_EMPLOYEES = "no_of_employees"
    PURCHASING_TIME_FRAME = "purchasing_time_frame"
    ROLE_IN_PURCHASE_PROCESS = "role_in_purchase_process"
    LANGUAGE = "language"


class Title(NamedTuple):
    """A question of the host's own, by its title: it may be called “city”, as a field is."""

    text: str


Topic = Field | Title
"""What a cell may answer: one of Zoom's fields, or a question of an event's host."""


class ResultColumn(StrEnum):
    """A column that Zoomdesk writes; its header is a setting of the same key."""

    JOIN_URL = "join_url"
    STATUS = "status"
    REGISTRANT_ID = "registrant_id"
    REGISTERED_AT = "registered_at"
    MESSAGE = "message"


BATCH_FIELDS = frozenset({Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME})
"""All that a batch can carry (zoom/README.md section 1); anything else goes by single call."""

EXTRA_FIELDS = tuple(f for f in Field if f not in BATCH_FIELDS and f is not Field.FULL_NAME)

MAX_LENGTH = {Field.EMAIL: 128, Field.FIRST_NAME: 64, Field.LAST_NAME: 64}
"""Characters that Zoom takes at most (zoom/README.md section 2)."""

HEADINGS: dict[Field, str] = {
    Field.EMAIL: "Email",
    Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name",
    Field.FULL_NAME: "Full name",
    Field.ORG: "Company",
    Field.JOB_TITLE: "Job title",
    Field.PHONE: "Phone",
    Field.ADDRESS: "Address",
    Field.CITY: "City",
    Field.STATE: "State or province",
    Field.ZIP: "Postcode",
    Field.COUNTRY: "Country",
    Field.INDUSTRY: "Industry",
    Field.COMMENTS: "Comments",
    Field.NO_OF_EMPLOYEES: "Number of employees",
    Field.PURCHASING_TIME_FRAME: "Purchasing time frame",
    Field.ROLE_IN_PURCHASE_PROCESS: "Role in purchase process",
    Field.LANGUAGE: "Language",
}
"""The heading by which a column of each field is surely found; a test holds them against it."""

CHOICES: dict[Field, tuple[str, ...]] = {
    Field.NO_OF_EMPLOYEES: (
        "1-20",
        "21-50",
        "51-100",
        "101-500",
        "500-1,000",
        "1,001-5,000",
        "5,001-10,000",
        "More than 10,000",
    ),
    Field.PURCHASING_TIME_FRAME: (
        "Within a month",
        "1-3 months",
        "4-6 months",
        "More than 6 months",
        "No timeframe",
    ),
    Field.ROLE_IN_PURCHASE_PROCESS: (
        "Decision Maker",
        "Evaluator/Recommender",
        "Influencer",
        "Not involved",
    ),
}
"""The answers that Zoom takes for some fields, as its published specification lists them."""
