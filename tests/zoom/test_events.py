from __future__ import annotations

import pytest

from zoomdesk.errors import UsageError
from zoomdesk.zoom.events import EventKind, EventRef, parse_reference

WEBINAR, MEETING = EventKind.WEBINAR, EventKind.MEETING


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("81234567890", None, "81234567890"),
        ("812 3456 7890", None, "81234567890"),
        ("  812-3456-7890\n", None, "81234567890"),
        ("812\u00a03456\u20117890", None, "81234567890"),
        ("\u200e812\u2009345\u20137890\u200b", None, "8123457890"),
        ("８１２ ３４５６ ７８９０", None, "81234567890"),
        ("81234567890.0", None, "81234567890"),
        ("1234567890", None, "1234567890"),
        ("123456789012", None, "123456789012"),
        ("Webinar ID: 812 3456 7890", WEBINAR, "81234567890"),
        ("Meeting ID 812-3456-7890", MEETING, "81234567890"),
        ("ID: 81234567890", None, "81234567890"),
        ("webinar 81234567890", WEBINAR, "81234567890"),
        ("https://zoom.us/j/81234567890", None, "81234567890"),
        ("https://us02web.zoom.us/j/81234567890?pwd=abc.1#success", None, "81234567890"),
        ("https://zoom.us/w/81234567890?tk=oZu&uuid=WN_XW", WEBINAR, "81234567890"),
        ("<https://office.zoom.us/s/81234567890>", None, "81234567890"),
        ("office.zoom.us/j/81234567890", None, "81234567890"),
        ("HTTPS://ZOOM.US/J/81234567890".replace("/J/", "/j/"), None, "81234567890"),
        ("https://zoom.us/webinar/81234567890", WEBINAR, "81234567890"),
        ("https://zoom.us/meeting/81234567890/edit", MEETING, "81234567890"),
        ("https://zoom.us/webinar/register/81234567890", WEBINAR, "81234567890"),
        ("https://app.zoom.us/wc/join/81234567890", None, "81234567890"),
        ("https://app.zoom.us/wc/81234567890/start", None, "81234567890"),
        ("https://zoom.us/launch/jc/81234567890", None, "81234567890"),
        ("zoommtg://zoom.us/join?action=join&confno=81234567890&pwd=x", None, "81234567890"),
        (
            "See https://zoom.us/my/anna or https://zoom.us/j/81234567890?p=1 (ID: 812 3456 7890)",
            None,
            "81234567890",
        ),
        ("Topic: All hands\nMeeting ID: 812 3456 7890\nPasscode: 123456", MEETING, "81234567890"),
    ],
)
def test_number_is_found(text: str, kind: EventKind | None, number: str) -> None:
    assert parse_reference(text) == (kind, number)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is missing"),
        (" \u200b ", "is missing"),
        ("123456789", "10 to 12 digits, but 123456789 has 9"),
        ("1234567890123", "has 13"),
        ("8.1234567890e10", "spreadsheet has shortened"),
        ("8,12346E+10", "spreadsheet has shortened"),
        ("8.1 E+10", "spreadsheet has shortened"),
        ("our webinar", "not the ID of a Zoom event"),
        ("81234x67890", "not the ID"),
        ("-81234567890.5", "not the ID"),
        ("https://zoom.us/webinar/register/WN_juM2BGyLQMyQ_ZrqiGRhLg", "registration link"),
        ("https://zoom.us/webinar/register/5516482804110/WN_juM2BG", "registration link"),
        ("https://zoom.us/my/anna", "personal link"),
        ("https://example.com/81234567890", "does not lead to a Zoom"),
        ("https://zoom.us/j/1234", "does not lead to a Zoom"),
        ("https://[::1/j/81234567890", "does not lead to a Zoom"),
    ],
)
def test_other_text_is_refused_in_plain_words(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        parse_reference(text)
    assert caught.value.hint


def test_path_is_the_apis_word() -> None:
    assert (WEBINAR.path, MEETING.path) == ("webinars", "meetings")
    assert str(EventRef(WEBINAR, "81234567890")) == "webinar 81234567890"
