"""Hold what is known of one person, as it is sent to Zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zoomdesk.roster.fields import Field


@dataclass(frozen=True, slots=True)
class Person:
    """Hold what Zoom is told about a person; ``row`` is the row's number in the sheet.

    ``extra`` has Zoom's own fields, ``custom`` the answers to the host's questions by their titles.
    """

    row: int
    email: str
    first_name: str
    last_name: str
    extra: Mapping[Field, str]
    custom: Mapping[str, str] = field(default_factory=dict)
