"""Hold a call that failed so that Zoom's support can be shown it: no token, and nobody's name.

It is made the moment the call fails, and nothing of what was left out is kept beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Self

from zoomdesk.zoom import placeholders
from zoomdesk.zoom.placeholders import Placeholders

Form = Literal["", "json", "multipart"]

_TRACKING = re.compile(r"[\w.;=:+-]{1,120}", re.ASCII)
_TELLING = ("code", "message", "errors")


@dataclass(frozen=True, slots=True)
class FailedCall:
    """Describe a call and its answer.

    ``base`` and ``path`` make its address, IDs included. ``body`` is the JSON object that was sent,
    with placeholders for people; ``form`` is how. ``http`` is 0 where no answer came: ``answer``
    is then empty and ``words`` says what happened instead; otherwise they are Zoom's code,
    message and errors, and the message alone. ``tracking`` is Zoom's own name for the call.
    """

    when: str
    method: str
    base: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    form: Form = ""
    body: dict[str, Any] | None = None
    http: int = 0
    code: int = 0
    words: str = ""
    answer: dict[str, Any] = field(default_factory=dict)
    tracking: str = ""
    ms: int = 0

    @property
    def id(self) -> str:
        """Return a short name, the same for calls that failed in the same way."""
        alike = asdict(self) | {"when": "", "tracking": "", "ms": 0}
        text = json.dumps(alike, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    @property
    def people(self) -> int:
        """Return how many people it was about; 0 for a call about none."""
        body = self.body or {}
        rows = body.get("registrants")
        return len(rows) if isinstance(rows, list) else int("email" in body)

    def describe(self) -> str:
        """Return one line about it: what was asked, and what came of it."""
        came = f"HTTP {self.http}, code {self.code}" if self.http else "no answer"
        people = f", {self.people} {'person' if self.people == 1 else 'people'}" * bool(self.people)
        return f"{self.method} {self.path}{people}: {came}. {self.words}".strip()

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self | None:
        """Return the call of a JSON object; None where it is not one of ours."""
        known = {each.name: raw[each.name] for each in fields(cls) if each.name in raw}
        shaped = all(isinstance(value, _KINDS[name]) for name, value in known.items())
        if not shaped or not known.keys() >= {"when", "method", "base", "path"}:
            return None
        return cls(**known)


_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("when", "method", "base", "path", "form", "words", "tracking"), str),
    **dict.fromkeys(("http", "code", "ms"), int),
    **dict.fromkeys(("query", "answer"), dict),
    "body": (dict, type(None)),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """Hold what is sent, as it is: for as long as the call lasts, and no longer."""

    method: str
    base: str
    path: str
    params: Mapping[str, str]
    body: dict[str, Any] | None
    form: list[tuple[str, tuple[None, str]]] | None

    def failed(
        self,
        when: str,
        ms: int,
        *,
        http: int = 0,
        code: int = 0,
        words: str = "",
        answer: Mapping[str, Any] | None = None,
        tracking: str = "",
    ) -> FailedCall:
        """Return the call as it may be shown to others."""
        people = Placeholders()
        if self.form is not None:
            body: dict[str, Any] | None = people.form(self.form)
        else:
            body = None if self.body is None else people.body(self.body)
        said = {name: value for name, value in (answer or {}).items() if name in _TELLING}
        return FailedCall(
            when=when,
            method=self.method,
            base=self.base,
            path=placeholders.path(self.path),
            query=placeholders.query(dict(self.params)),
            form="multipart" if self.form is not None else "json" if body is not None else "",
            body=body,
            http=http,
            code=code,
            words=people.words(words),
            answer={name: _words_of(people, value) for name, value in said.items()},
            tracking=tracking_id(tracking),
            ms=ms,
        )


def tracking_id(header: str) -> str:
    """Return Zoom's name for a call, ``""`` where the header holds anything else."""
    return header if _TRACKING.fullmatch(header) else ""


def _words_of(people: Placeholders, value: Any) -> Any:
    if isinstance(value, str):
        return people.words(value)
    if isinstance(value, list):
        return [_words_of(people, each) for each in value]
    if isinstance(value, dict):
        return {name: _words_of(people, each) for name, each in value.items()}
    return value
