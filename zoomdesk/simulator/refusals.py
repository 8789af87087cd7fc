"""Say no in Zoom's words: every documented error of the registration calls.

Zoom's own texts, zoom/README.md sections 1 and 2. Three of them share (400, 3000) and differ
only by message.
"""

from __future__ import annotations

from .model import Event, User
from .wire import ZoomError


def no_webinar_plan(user: User) -> ZoomError:
    """Refuse for want of a webinar licence."""
    return ZoomError(
        400,
        200,
        "Webinar plan is missing. You must subscribe to the webinar plan and enable webinar for "
        f"this user: {user.email} in order to perform this action.",
    )


def wrong_type(event: Event) -> ZoomError:
    """Refuse a batch for anything but a scheduled, non-recurring event."""
    if event.kind == "webinar":
        return ZoomError(
            400,
            300,
            "This API can only be used for scheduled webinars (type 5). Batch registration is not "
            "supported for other webinar types.",
        )
    message = "This API can only be used for scheduled meeting(meeting type: 2)."
    return ZoomError(400, 303, message)


def registration_off(event: Event) -> ZoomError:
    """Refuse because the event takes no registrations."""
    if event.kind == "webinar":
        return ZoomError(400, 3000, f"Registration not enabled for this webinar: {event.id}")
    message = f"Registration has not been enabled for this meeting: {event.id}."
    return ZoomError(404, 404, message)


def attendee_limit() -> ZoomError:
    """Refuse because the licence allows no more attendees."""
    message = "You have reached the limit for the number of attendees you can add."
    return ZoomError(400, 3000, message)


def paid_registration() -> ZoomError:
    """Refuse because attendees pay for their registration."""
    return ZoomError(400, 3000, "The Zoom REST API does not support paid registration.")


def over(event: Event) -> ZoomError:
    """Refuse because the event is over or its registration is closed."""
    if event.kind == "webinar":
        return ZoomError(400, 3038, "The webinar is over. You cannot register now.")
    return ZoomError(400, 3038, "Meeting is over")


def hosting_not_allowed() -> ZoomError:
    """Refuse because the host may not schedule."""
    message = "hosting and scheduling are not allowed for your user account"
    return ZoomError(400, 3161, message)


def no_event(kind: str, event_id: str) -> ZoomError:
    """Refuse an ID that the account does not have."""
    return ZoomError(404, 3001, f"{kind.capitalize()} does not exist: {event_id}.")


def full() -> ZoomError:
    """Refuse because every place is taken; Zoom says webinar of a meeting, too."""
    return ZoomError(404, 3043, "Webinar has reached maximum attendee capacity.")


def full_for_approval() -> ZoomError:
    """Refuse to approve more people than there are places."""
    return ZoomError(400, 3035, "Webinar has reached maximum attendee capacity.")


def host_cannot_register() -> ZoomError:
    """Refuse the host or an alternative host."""
    return ZoomError(400, 3027, "Host cannot register.")


def work_email() -> ZoomError:
    """Refuse a private address where only work addresses may register."""
    message = "If you have been invited, please input your work email address."
    return ZoomError(400, 3034, message)


def denied() -> ZoomError:
    """Refuse a person whom the host has denied before.

    That this fails is reported (section 5); the code is inferred from Zoom's neighbouring ones.
    """
    message = "Registration has been denied for this email address."
    return ZoomError(400, 3000, message)


def no_registrant(registrant_id: str) -> ZoomError:
    """Refuse a registrant ID that the event does not have."""
    return ZoomError(404, 3000, f"Registrant {registrant_id} was not found.")


def no_user(user_id: str) -> ZoomError:
    """Refuse a user that the account does not have."""
    return ZoomError(404, 1001, f"User does not exist: {user_id}.")


def token_invalid() -> ZoomError:
    """Refuse a token that is none of ours."""
    return ZoomError(401, 124, "Invalid access token.")


def token_expired() -> ZoomError:
    """Refuse a token whose hour is over."""
    return ZoomError(401, 124, "Access token is expired.")


def scope_missing(scopes: tuple[str, ...]) -> ZoomError:
    """Refuse a token without the scope of the call; Zoom answers 400, not 403."""
    names = ", ".join(scopes)
    return ZoomError(400, 4711, f"Invalid access token, does not contain scopes:[{names}].")


def unknown_endpoint() -> ZoomError:
    """Refuse a path that is no call."""
    return ZoomError(404, 2300, "This API endpoint is not recognized.")
