"""Know what an event's registration form asks, and whether a row answers it.

A form asks for some of Zoom's own fields and for questions of the host's own. What may be answered
is checked here, before anything is sent: Zoom would refuse the person and use up one of the day's
three tries (zoom/README.md sections 2 and 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zoomdesk.roster.answers import read_choice, read_choices, read_country, worded
from zoomdesk.roster.fields import BATCH_FIELDS, CHOICES, HEADINGS, MAX_LENGTH, Field, Title, Topic
from zoomdesk.roster.problems import ANSWER_MISSING, ANSWER_WRONG, Problem, Severity

_KNOWN_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """Ask something of the host's own.

    ``answers`` are the choices, none where any text will do; ``several`` of them may be given.
    """

    title: str
    required: bool = False
    answers: tuple[str, ...] = ()
    several: bool = False

    @property
    def topic(self) -> Title:
        """Return what a column that answers it is for."""
        return Title(self.title)


class Fault(NamedTuple):
    """Say what is wrong with one answer of a row; ``suggestion`` is what the cell might hold."""

    topic: Topic
    message: str
    is_missing: bool = False
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold a row's answers in the words that Zoom takes, and what is wrong with the others."""

    extra: Mapping[Field, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Hold what a form asks: Zoom's fields with whether each is required, and the questions.

    Address and first name are asked for always. ``unknown`` are required fields of Zoom's that no
    column can be for.
    """

    fields: Mapping[Field, bool] = field(default_factory=dict)
    questions: tuple[FormQuestion, ...] = ()
    unknown: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = field(init=False, compare=False)
    """All that a batch cannot carry, what is required first."""
    _known: dict[tuple[Topic, str], tuple[str, Fault | None]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """Answers that were read: a choice is given by many thousand rows."""

    def __post_init__(self) -> None:
        asked: list[Topic] = [each for each in self.fields if each not in BATCH_FIELDS]
        asked += [question.topic for question in self.questions]
        required_first = sorted(asked, key=lambda topic: not self.requires(topic))
        object.__setattr__(self, "topics", tuple(required_first))

    def requires(self, topic: Topic) -> bool:
        """Return whether nobody can be registered without an answer."""
        if isinstance(topic, Field):
            return self.fields.get(topic, False)
        return any(each.required for each in self.questions if each.topic == topic)

    def constrains(self, topic: Topic) -> bool:
        """Return whether an answer may be wrong, or missing."""
        if isinstance(topic, Field) and (topic in BATCH_FIELDS or topic not in self.fields):
            return False
        return self.requires(topic) or topic is Field.COUNTRY or bool(self.choices(topic))

    def check(self, extra: Mapping[Field, str], custom: Mapping[str, str]) -> Answered:
        """Read a row's answers; what the form does not ask for is left out."""
        good_extra: dict[Field, str] = {}
        good_custom: dict[str, str] = {}
        faults = []
        for topic in self.topics:
            if isinstance(topic, Field):
                answer, fault = self.read(topic, extra.get(topic, ""))
                good_extra |= {topic: answer} if answer else {}
            else:
                answer, fault = self.read(topic, custom.get(topic.text, ""))
                good_custom |= {topic.text: answer} if answer else {}
            faults += [fault] if fault is not None else []
        return Answered(good_extra, good_custom, tuple(faults))

    def read(self, topic: Topic, text: str) -> tuple[str, Fault | None]:
        """Return one answer in the words that Zoom takes, and what is wrong with it."""
        found = self._known.get((topic, text))
        if found is None:
            if len(self._known) >= _KNOWN_AT_MOST:
                self._known.clear()
            found = self._known[topic, text] = self._read_afresh(topic, text.strip())
        return found

    def _read_afresh(self, topic: Topic, text: str) -> tuple[str, Fault | None]:
        if not text:
            if not self.requires(topic):
                return "", None
            needed = f"“{named(topic)}” needs an answer: the event’s form requires it."
            if choices := self.choices(topic):
                needed = f"{needed} It takes {worded(choices)}."
            return "", Fault(topic, needed, is_missing=True)
        read = self._read(topic, text)
        if read.fault:
            return "", Fault(topic, read.fault, suggestion=read.suggestion)
        return read.answer, None

    def _read(self, topic: Topic, text: str) -> _Read:
        if topic is Field.COUNTRY:
            return _Read(*read_country(text))
        choices, name = self.choices(topic), named(topic)
        if choices and self._takes_several(topic):
            return _Read(*read_choices(text, choices, name))
        if choices:
            return _Read(*read_choice(text, choices, name))
        most = MAX_LENGTH.get(topic, 0) if isinstance(topic, Field) else 0
        if most and len(text) > most:
            return _Read("", f"“{name}” is longer than the {most} characters that Zoom takes.")
        return _Read(text)

    def choices(self, topic: Topic) -> tuple[str, ...]:
        """Return the answers that are taken, none where any text will do."""
        if isinstance(topic, Field):
            return CHOICES.get(topic, ())
        return next((each.answers for each in self.questions if each.topic == topic), ())

    def _takes_several(self, topic: Topic) -> bool:
        return any(each.several for each in self.questions if each.topic == topic)


class _Read(NamedTuple):
    answer: str
    fault: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Answerable:
    """Say what the columns of a sheet have answers to; ``unused`` are headings with no meaning."""

    topics: frozenset[Topic] = frozenset()
    unused: tuple[str, ...] = ()


def unanswerable(form: Form, sheet: Answerable) -> Iterator[Topic]:
    """Yield what the form requires and no column of the sheet answers."""
    for topic in form.topics:
        if form.requires(topic) and topic not in sheet.topics:
            yield topic


def faults_of(index: int, form: Form, texts: Mapping[Topic, str]) -> Iterator[Problem]:
    """Yield what is wrong with a row's answers, as problems of its cells."""
    for topic, text in texts.items():
        fault = form.read(topic, text)[1]
        if fault is not None:
            code = ANSWER_MISSING if fault.is_missing else ANSWER_WRONG
            yield Problem(index, topic, Severity.ERROR, code, fault.message, fault.suggestion)


def named(topic: Topic) -> str:
    """Return the heading that a column for this would have."""
    return HEADINGS[topic] if isinstance(topic, Field) else topic.text
