"""Name what a column can mean: what Zoom takes about a person, and what it gives back."""

from __future__ import annotations

from enum import StrEnum


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
