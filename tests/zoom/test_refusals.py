"""The table of zoom/README.md section 1, row by row, in Zoom's own words."""

from __future__ import annotations

import pytest

from zoomdesk.errors import EventUnusable, MissingScope, ZoomRefused
from zoomdesk.zoom.faults import BatchRefused, RowRefused
from zoomdesk.zoom.refusals import RULES, Said, error_for

EVENT = [
    (400, 200, "Webinar plan is missing. You must subscribe to the webinar plan and enable ..."),
    (
        400,
        300,
        "This API can only be used for scheduled webinars (type 5). Batch registration is not ...",
    ),
    (400, 303, "This API can only be used for scheduled meeting(meeting type: 2)."),
    (400, 3000, "Registration not enabled for this webinar: 81234567890"),
    (400, 3000, "You have reached the limit for the number of attendees you can add."),
    (400, 3000, "The Zoom REST API does not support paid registration."),
    (400, 3035, "Webinar has reached maximum attendee capacity."),
    (400, 3038, "The webinar is over. You cannot register now."),
    (400, 3038, "Meeting is over"),
    (404, 404, "Registration has not been enabled for this meeting: 91234567890."),
    (404, 3001, "Webinar does not exist: 81234567890."),
    (404, 3043, "Webinar has reached maximum attendee capacity."),
]
RUN = [
    (400, 300, "Request Body should be a valid JSON object."),
    (400, 3161, "hosting and scheduling are not allowed for your user account"),
]
ROW = [
    (400, 300, "Validation Failed."),
    (400, 3000, "Registration has been denied for this email address."),
    (400, 3027, "Host cannot register."),
    (400, 3034, "If you have been invited, please input your work email address."),
    (404, 3000, "Registrant 9tboDiHUQAeOnbmudzWa5g was not found."),
]


@pytest.mark.parametrize("about", [RowRefused, BatchRefused, None])
@pytest.mark.parametrize(("http", "code", "words"), EVENT)
def test_refusal_of_the_event_ends_the_run(
    http: int, code: int, words: str, about: type[RowRefused | BatchRefused] | None
) -> None:
    error = error_for(Said(http, code, words), about)
    assert isinstance(error, EventUnusable)
    assert (error.http, error.zoom_code, error.message) == (http, code, words)
    assert error.hint.endswith(".")


@pytest.mark.parametrize("about", [RowRefused, BatchRefused])
@pytest.mark.parametrize(("http", "code", "words"), RUN)
def test_other_refusal_that_ends_the_run(
    http: int, code: int, words: str, about: type[RowRefused | BatchRefused]
) -> None:
    error = error_for(Said(http, code, words), about)
    assert type(error) is ZoomRefused
    assert error.message == words
    assert error.hint


@pytest.mark.parametrize("about", [RowRefused, BatchRefused])
@pytest.mark.parametrize(("http", "code", "words"), ROW)
def test_refusal_of_people(
    http: int, code: int, words: str, about: type[RowRefused | BatchRefused]
) -> None:
    error = error_for(Said(http, code, words, ("registrants[2].email",)), about)
    assert type(error) is about
    assert (error.http, error.zoom_code, error.message) == (http, code, words)
    assert error.known
    assert error.hint
    assert error.fields == ("registrants[2].email",)


@pytest.mark.parametrize(("http", "code", "words"), ROW)
def test_nothing_concerns_people_where_nobody_is_registered(
    http: int, code: int, words: str
) -> None:
    assert type(error_for(Said(http, code, words), None)) is ZoomRefused


@pytest.mark.parametrize("http", [200, 201])
def test_code_alone_tells_under_a_2xx(http: int) -> None:
    assert isinstance(error_for(Said(http, 3038, "Meeting is over"), BatchRefused), EventUnusable)
    assert isinstance(error_for(Said(http, 3027, "Host cannot register."), RowRefused), RowRefused)


@pytest.mark.parametrize("http", [200, 400, 404, 409, 422])
def test_unknown_pair_concerns_people_and_says_that_it_is_unknown(http: int) -> None:
    error = error_for(Said(http, 9999, "Something new."), RowRefused)
    assert isinstance(error, RowRefused)
    assert not error.known
    assert "does not know" in error.hint


@pytest.mark.parametrize("http", [403, 405, 413])
def test_unknown_pair_that_cannot_be_about_people_ends_the_run(http: int) -> None:
    assert type(error_for(Said(http, 0, "Forbidden"), BatchRefused)) is ZoomRefused


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "Invalid access token, does not contain scopes:[webinar:write:batch_registrants].",
            "the permission webinar:write:batch_registrants to",
        ),
        (
            "Invalid access token, does not contain scopes: [webinar:write, webinar:write:admin]",
            "one of the permissions webinar:write, webinar:write:admin to",
        ),
        ("Invalid access token.", "add it to the app"),
    ],
)
def test_missing_scope_is_named_for_the_administrator(words: str, names: str) -> None:
    error = error_for(Said(400, 4711, words), BatchRefused)
    assert isinstance(error, MissingScope)
    assert names in error.hint


def test_every_rule_can_be_reached() -> None:
    seen = set()
    for http, code, words in [*EVENT, *RUN, *ROW]:
        error = error_for(Said(http, code, words), RowRefused)
        seen.add((http, code, error.hint))
    unseen = {(rule.http, rule.code, rule.hint) for rule in RULES} - seen
    # These three meet reads only: an ID that Zoom does not know, and a user that is gone.
    assert {(http, code) for http, code, _ in unseen} <= {(404, 1001), (400, 300)}
