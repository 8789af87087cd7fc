"""Keep the record of the simulated account, safe for many threads.

What an event *is* lives in plain dataclasses that a test may edit. What *happened* (registrations,
tallies, grants) changes only through the methods here: each makes one small JSON-able change and
applies it, so that a state file can hold the changes and a restart replays them (store.py).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from .model import Account, Client, Event, Grant, Kind, Registrant, Tally, User, email_key

Change = dict[str, Any]
Use = Literal["access", "refresh", "code"]


class World:
    """Hold accounts, users, events, registrants, tallies and grants behind one lock.

    Everything that reads and then writes holds ``lock`` (reentrant) for the whole of it.
    """

    def __init__(
        self,
        account: Account,
        users: Iterable[User],
        events: Iterable[Event],
        clients: Iterable[Client],
    ) -> None:
        self.lock = threading.RLock()
        self.account = account
        self.users = list(users)
        self.events = {event.id: event for event in events}
        self.clients = {client.id: client for client in clients}
        self.grants: dict[str, Grant] = {}
        self.loaded_from: Path | None = None
        """The state file whose changes are in here already; set by the store."""
        self._people: dict[str, dict[str, Registrant]] = {}
        self._by_id: dict[str, dict[str, str]] = {}
        self._tallies: dict[str, dict[str, Tally]] = {}
        self._daily: Counter[tuple[str, str, str, str]] = Counter()
        self._pending: list[Change] = []

    @property
    def host(self) -> User:
        """Return the person who signs in: the account's first user."""
        return self.users[0]

    def of_kind(self, kind: Kind) -> list[Event]:
        """Return the webinars or the meetings in the order they were made."""
        return [event for event in self.events.values() if event.kind == kind]

    @property
    def webinars(self) -> list[Event]:
        """Return every webinar."""
        return self.of_kind("webinar")

    @property
    def meetings(self) -> list[Event]:
        """Return every meeting."""
        return self.of_kind("meeting")

    def add_event(self, event: Event) -> Event:
        """Add an event. It belongs to the world's definition: a state file does not hold it."""
        with self.lock:
            self.events[event.id] = event
        return event

    def registrants(self, event_id: str) -> list[Registrant]:
        """Return the people of an event, in the order they were registered, as copies."""
        with self.lock:
            return [replace(person) for person in self._people.get(event_id, {}).values()]

    def people(self, event_id: str) -> list[Registrant]:
        """Return the people of an event themselves; the caller holds the lock and only reads."""
        return list(self._people.get(event_id, {}).values())

    def find(self, event_id: str, email: str) -> Registrant | None:
        """Return the person with this address in the event."""
        with self.lock:
            return self._people.get(event_id, {}).get(email_key(email))

    def find_by_id(self, event_id: str, registrant_id: str) -> Registrant | None:
        """Return the person with this registrant ID in the event."""
        with self.lock:
            key = self._by_id.get(event_id, {}).get(registrant_id)
            return self._people[event_id][key] if key is not None else None

    def seats_taken(self, event_id: str) -> int:
        """Return how many people hold or wait for a place."""
        people = self._people.get(event_id, {}).values()
        return sum(person.status in ("approved", "pending") for person in people)

    def tally(self, event_id: str, email: str) -> Tally:
        """Return what happened to this address in the event, as a copy."""
        with self.lock:
            return replace(self._tallies.get(event_id, {}).get(email_key(email), Tally()))

    def tallies(self, event_id: str) -> dict[str, Tally]:
        """Return what happened to every address of the event, as copies."""
        with self.lock:
            items = self._tallies.get(event_id, {}).items()
            return {email: replace(tally) for email, tally in items}

    def used_today(self, what: str, event_id: str, email: str, day: str) -> int:
        """Return how much of a registrant's allowance for the UTC day ``day`` is used."""
        return self._daily[what, event_id, email_key(email), day]

    def put(self, event_id: str, person: Registrant) -> None:
        """Add a registration, or replace the one of the same address."""
        body = asdict(person) | {"created": person.created.isoformat()}
        self._change({"do": "put", "event": event_id, "person": body})

    def drop(self, event_id: str, email: str) -> None:
        """Remove a registration."""
        self._change({"do": "drop", "event": event_id, "email": email_key(email)})

    def count(self, event_id: str, email: str, *what: str) -> None:
        """Add one to each named field of the address's tally."""
        self._change({"do": "count", "event": event_id, "email": email_key(email), "what": what})

    def use(self, what: str, event_id: str, email: str, day: str) -> None:
        """Use one of the registrant's requests of the UTC day ``day``."""
        key = [what, event_id, email_key(email), day]
        self._change({"do": "use", "key": key})

    def put_grant(self, digest: str, grant: Grant) -> None:
        """Remember, or replace, what the token with this digest allows."""
        self._change({"do": "grant", "digest": digest, "grant": asdict(grant)})

    def end_grants(self, use: Use | None = None, family: str | None = None) -> None:
        """Forget tokens: those of one use, of one family, or all."""
        self._change({"do": "end", "use": use, "family": family})

    def take_changes(self) -> list[Change]:
        """Return the changes made since the last call; the store writes them down."""
        with self.lock:
            taken, self._pending = self._pending, []
            return taken

    def replay(self, changes: Iterable[Change]) -> None:
        """Apply changes that a state file remembers."""
        with self.lock:
            for change in changes:
                self._apply(change)

    def _change(self, change: Change) -> None:
        with self.lock:
            self._apply(change)
            self._pending.append(change)

    def _apply(self, change: Change) -> None:
        match change["do"]:
            case "put":
                values = dict(change["person"])
                values["created"] = datetime.fromisoformat(values["created"])
                self._put(change["event"], Registrant(**values))
            case "drop":
                person = self._people.get(change["event"], {}).pop(change["email"], None)
                if person is not None:
                    del self._by_id[change["event"]][person.id]
            case "count":
                tallies = self._tallies.setdefault(change["event"], {})
                tally = tallies.setdefault(change["email"], Tally())
                for name in change["what"]:
                    setattr(tally, name, getattr(tally, name) + 1)
            case "use":
                what, event_id, email, day = change["key"]
                self._daily[what, event_id, email, day] += 1
            case "grant":
                values = dict(change["grant"])
                values["scopes"] = tuple(values["scopes"])
                self.grants[change["digest"]] = Grant(**values)
            case "end":
                for digest in list(self._matching(change["use"], change["family"])):
                    del self.grants[digest]
            case other:
                raise ValueError(f"unknown change {other!r}")

    def _put(self, event_id: str, person: Registrant) -> None:
        key = email_key(person.email)
        people = self._people.setdefault(event_id, {})
        ids = self._by_id.setdefault(event_id, {})
        if key in people:
            del ids[people[key].id]
        people[key] = person
        ids[person.id] = key

    def _matching(self, use: str | None, family: str | None) -> Iterator[str]:
        for digest, grant in self.grants.items():
            if (use is None or grant.use == use) and (family is None or grant.family == family):
                yield digest
