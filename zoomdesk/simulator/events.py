"""Answer who is signed in, which events there are, and what each is like."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from werkzeug.wrappers import Response

from . import refusals
from .exchange import PLURAL, Exchange
from .model import NO_REGISTRATION, Event, Occurrence, User
from .paging import page
from .wire import reply, zoom_time

SITE = "https://zoom.example"
"""Where practice links point: a name that is reserved and can never be reached."""


def me(exchange: Exchange, user_id: str) -> Response:
    """Answer GET /users/{userId}."""
    user = _user(exchange, user_id)
    account = exchange.world.account
    return reply(
        {
            "id": user.id,
            "created_at": zoom_time(user.created or exchange.now),
            "dept": "",
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "last_login_time": zoom_time(exchange.now),
            "pmi": 5550001234,
            "role_name": "Owner",
            "timezone": user.timezone,
            "type": user.type,
            "use_pmi": False,
            "display_name": f"{user.first_name} {user.last_name}",
            "account_id": account.id,
            "account_number": account.number,
            "company": account.name,
            "user_created_at": zoom_time(user.created or exchange.now),
            "group_ids": [],
            "im_group_ids": [],
            "language": "en-US",
            "personal_meeting_url": f"{SITE}/j/5550001234",
            "role_id": "0",
            "status": "active",
            "verified": 1,
            "cluster": "us00",
        }
    )


def list_events(exchange: Exchange, user_id: str, plural: str) -> Response:
    """Answer GET /users/{userId}/webinars and /users/{userId}/meetings."""
    _user(exchange, user_id)
    events = exchange.world.of_kind(PLURAL[plural])
    which = exchange.request.args.get("type", "scheduled")
    if which in ("upcoming", "upcoming_meetings"):
        events = [event for event in events if event.end > exchange.now]
    elif which == "previous_meetings":
        events = [event for event in events if event.end <= exchange.now]
    elif which == "live":
        events = [event for event in events if event.start <= exchange.now < event.end]

    def show(event: Event) -> dict[str, Any]:
        row = _common(event, exchange.world.host)
        if event.kind == "webinar":
            row["is_simulive"] = False
        return row

    return reply(page(exchange, plural, events, show))


def detail(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer GET /webinars/{id} and /meetings/{id}."""
    event = exchange.event(plural, event_id)
    host = exchange.world.host
    body = _common(event, host) | {
        "host_email": host.email,
        "start_url": f"{SITE}/s/{event.id}",
        "password": "123456",
        "settings": _settings(event, host),
        "creation_source": "other",
    }
    if event.approval_type != NO_REGISTRATION:
        body["registration_url"] = f"{SITE}/{event.kind}/register/{_uuid(event)}"
    if event.kind == "meeting":
        body["status"] = "waiting"
        body |= dict.fromkeys(("encrypted_password", "h323_password", "pstn_password"), "123456")
    if event.occurrences:
        body["occurrences"] = [show_occurrence(each) for each in event.occurrences]
        body["recurrence"] = {
            "type": 2,
            "repeat_interval": 1,
            "weekly_days": str(event.start.isoweekday() % 7 + 1),
            "end_times": len(event.occurrences),
        }
    return reply(body)


def questions(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer GET .../registrants/questions."""
    event = exchange.event(plural, event_id)
    if event.approval_type == NO_REGISTRATION:
        raise refusals.registration_off(event)
    return reply(
        {
            "custom_questions": [
                {
                    "answers": list(each.answers),
                    "required": each.required,
                    "title": each.title,
                    "type": each.type,
                }
                for each in event.custom_questions
            ],
            "questions": [
                {"field_name": each.field_name, "required": each.required}
                for each in event.questions
            ],
        }
    )


def show_occurrence(occurrence: Occurrence) -> dict[str, Any]:
    """Return an occurrence as details and single registrations show it."""
    return {
        "duration": occurrence.duration,
        "occurrence_id": occurrence.id,
        "start_time": zoom_time(occurrence.start),
        "status": "available",
    }


def _user(exchange: Exchange, user_id: str) -> User:
    if user_id == "me":
        signed_in = exchange.grant.user if exchange.grant is not None else ""
        if not signed_in:
            return exchange.world.host
        user_id = signed_in
    for user in exchange.world.users:
        if user_id in (user.id, user.email):
            return user
    raise refusals.no_user(user_id)


def _uuid(event: Event) -> str:
    digest = hashlib.sha256(f"{event.kind}:{event.id}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode()


def _common(event: Event, host: User) -> dict[str, Any]:
    body = {
        "agenda": event.agenda,
        "created_at": zoom_time(event.created or event.start),
        "duration": event.duration,
        "host_id": host.id,
        "id": int(event.id),
        "join_url": f"{SITE}/j/{event.id}",
        "timezone": event.timezone,
        "topic": event.topic,
        "type": event.type,
        "uuid": _uuid(event),
    }
    if event.has_time:
        body["start_time"] = zoom_time(event.start)
    return body


def _settings(event: Event, host: User) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "alternative_hosts": ";".join(event.alternative_hosts),
        "approval_type": event.approval_type,
        "audio": "both",
        "auto_recording": "none",
        "close_registration": event.close_registration,
        "contact_email": host.email,
        "contact_name": f"{host.first_name} {host.last_name}",
        "enforce_login": False,
        "host_video": True,
        "meeting_authentication": False,
        "registrants_confirmation_email": event.confirmation_email,
        "registrants_email_notification": True,
        "registration_type": event.registration_type,
        "show_share_button": True,
        "email_in_attendee_report": False,
    }
    if event.kind == "webinar":
        settings |= {
            "email_language": "en-US",
            "hd_video": False,
            "on_demand": False,
            "panelists_video": True,
            "practice_session": False,
            "registrants_restrict_number": event.restrict_number,
        }
    else:
        settings |= {
            "cn_meeting": False,
            "in_meeting": False,
            "join_before_host": False,
            "mute_upon_entry": True,
            "participant_video": False,
            "use_pmi": False,
            "waiting_room": True,
            "watermark": False,
        }
    return settings
