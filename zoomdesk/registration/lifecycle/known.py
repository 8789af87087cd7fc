"""Find the registrants that rows of a sheet mean; only they may ever be changed.

A row means whoever is listed under its address. Where the lists hide addresses (zoom/README.md
section 5), the registrant ID that an earlier run wrote into the row finds the person, provided that
what is shown of the address fits. An ID never overrules an address: it may have come into the row
by a sort, a paste or a corrected address, and somebody else would be cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zoomdesk.errors import MissingScope
from zoomdesk.registration.dates import settle_dates
from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.lifecycle.fates import Why
from zoomdesk.registration.ports import LifeApi
from zoomdesk.registration.reconcile import STATUSES, Registry, may_be, read_lists
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import Event, Listed


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that an act is asked for, with the registrant ID that stands in it, ``""`` for none."""

    person: Person
    registrant_id: str = ""


@dataclass(slots=True)
class Lists:
    """Find people on the three lists by ID and by address."""

    registry: Registry
    ids: dict[str, Listed] = field(default_factory=dict)

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> Lists:
        """Index listed people."""
        everybody = tuple(listed)
        return cls(Registry.of(everybody), {each.id: each for each in everybody if each.id})

    def again(self, person: Person, before: Listed, act: Act) -> Listed | None:
        """Return somebody as the lists have them now, who was on them, or known by ID, before.

        Somebody with the address of a deleted person is somebody new.
        """
        found = self.ids.get(before.id)
        return found if found or act is Act.DELETE else self.registry.find(person.email)

    def find(self, subject: Subject) -> Listed | Why:
        """Return whom a row means, or why it means nobody."""
        person = subject.person
        if not emails.key(person.email):
            return Why.NO_ADDRESS
        if listed := self.registry.find(person.email):
            return listed
        listed = self.ids.get(subject.registrant_id)
        if listed is not None:
            return listed if may_be(listed.email, person.email) else Why.OTHER
        return Why.HIDDEN if self.registry.may_hide(person) else Why.UNLISTED


@dataclass(frozen=True, slots=True)
class Known:
    """What Zoom has: the event, its lists, and by ID whom it knows beyond them.

    A cancelled person may be on none of the lists and still be approved again.
    """

    event: Event
    listed: tuple[Listed, ...]
    unlisted: Mapping[str, Listed] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    """The occurrences that are meant, by ID; none where registrations are changed as a whole."""


def look(
    client: LifeApi,
    ref: EventRef,
    act: Act,
    subjects: Sequence[Subject],
    *,
    dates: Sequence[str] = (),
    cancel: CancelToken | None = None,
) -> Known:
    """Read an event and its lists, and ask by ID for rows that the lists do not have.

    ``dates`` are occurrences of a recurring event, none for all that are to come. An event that is
    over may be tidied up as well. Raises UsageError for dates that the event does not have, the
    client's errors, and Cancelled.
    """
    event = client.event(ref, cancel=cancel)
    chosen = settle_dates(event, dates)
    listed = read(client, ref, act, chosen, cancel)
    lists = Lists.of(listed)
    unlisted: dict[str, Listed] = {}
    for subject in subjects:
        asked = subject.registrant_id
        if not asked or asked in unlisted or lists.find(subject) is not Why.UNLISTED:
            continue
        try:
            found = client.registrant(ref, asked, cancel=cancel)
        except MissingScope:
            break  # an app may list registrants and not look one up: the lists must do
        if found is not None:
            unlisted[asked] = found
    return Known(event, listed, unlisted, chosen)


def read(
    client: LifeApi,
    ref: EventRef,
    act: Act,
    dates: Sequence[str],
    cancel: CancelToken | None = None,
) -> tuple[Listed, ...]:
    """Read the lists; somebody is as on that date on which the act still has something to do."""
    if not dates:
        return read_lists(client, ref, cancel)
    found: dict[str, Listed] = {}
    for date in dates:
        for status in STATUSES:
            for each in client.registrants(ref, status, occurrence_id=date, cancel=cancel):
                before = found.get(each.id)
                if before is None or (act.concerns(status) and not act.concerns(before.status)):
                    found[each.id] = each
    return tuple(found.values())
