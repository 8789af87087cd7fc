from __future__ import annotations

import pytest

from zoomdesk.errors import SignInFailed, SignInRequired, ZoomUnreachable
from zoomdesk.zoom.oauth_refusals import error_for, from_redirect
from zoomdesk.zoom.transport import Reply


def reply(http: int, **body: object) -> Reply:
    return Reply(http, {}, body or None, empty=not body)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"errorCode": 4700, "reason": "Invalid redirect", "error": "x"}, "come back to this"),
        ({"errorCode": "4709", "error": "invalid_request"}, "come back to this computer"),
        ({"reason": "Invalid redirect: http://x (4,700)", "error": "x"}, "come back to this"),
        ({"code": 4702, "error": "invalid_client"}, "does not know the client ID"),
        ({"error": "invalid_client"}, "client ID, or the secret"),
        ({"errorCode": 4733, "error": "invalid_grant"}, "came too late"),
        ({"reason": "Invalid authorization code", "error": "invalid_grant"}, "did not accept"),
        ({"error": "something"}, "did not let you sign in"),
        ({"error": ["odd"]}, "did not let you sign in"),
    ],
)
def test_sentences_of_the_code(body: dict[str, object], says: str) -> None:
    error = error_for(reply(400, **body), "code")
    assert isinstance(error, SignInFailed)
    assert says in error.message
    assert error.hint


@pytest.mark.parametrize(
    "body",
    [
        {"errorCode": 4711, "reason": "Invalid Token!", "error": "invalid_grant"},
        {"errorCode": 4741, "reason": "Token has been revoked", "error": "invalid_grant"},
        {"reason": "Invalid Token!", "error": "invalid_request"},
    ],
)
def test_refresh_token_that_has_ended(body: dict[str, object]) -> None:
    assert isinstance(error_for(reply(400, **body), "refresh"), SignInRequired)


def test_account_that_is_not_known() -> None:
    error = error_for(reply(400, reason="Bad Request", error="invalid_request"), "account")
    assert isinstance(error, SignInFailed)
    assert "account ID" in error.message


@pytest.mark.parametrize("answer", [reply(200), reply(400), reply(502, error="x"), reply(429, a=1)])
def test_answer_that_says_nothing_about_the_sign_in(answer: Reply) -> None:
    assert isinstance(error_for(answer, "refresh"), ZoomUnreachable)


def test_error_that_the_browser_brings() -> None:
    error = from_redirect({"error": "invalid_request", "error_description": "Odd (4,700)"})
    assert "come back to this computer" in error.message
    assert "Odd (4,700)" in error.message
