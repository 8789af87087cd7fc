from __future__ import annotations

import pytest

from zoomdesk.errors import SignInRequired
from zoomdesk.zoom.tokens import FixedToken, TokenSource


def test_one_token_as_it_is() -> None:
    source: TokenSource = FixedToken("token", "https://api.zoom.us")
    assert (source.access_token(), source.api_url()) == ("token", "https://api.zoom.us")
    with pytest.raises(SignInRequired, match="just given"):
        source.renew("token")
