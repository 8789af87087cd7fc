from __future__ import annotations

import pytest

from zoomdesk.account import profile as profiles
from zoomdesk.account.profile import Profile
from zoomdesk.errors import SignInRequired, UsageError

ANN = Profile("Ann@Office.example", "Ann Ňg", "acc", "browser", "client")
OTHER_ANN = Profile("ann@school.example", "Ann Ňg", "school", "browser", "client")
APP = Profile("Ann@Office.example", "Ann Ňg", "acc", "server", "s2s")


def test_keys_of_the_vault() -> None:
    assert ANN.key == "ann@office.example"
    assert APP.key == "server:acc"


def test_label_tells_accounts_apart() -> None:
    assert ANN.label == "Ann Ňg (Ann@Office.example)"
    assert APP.label == "Ann Ňg (Ann@Office.example), Server-to-Server app"
    assert Profile("a@x.example", "", "x").label == "a@x.example"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (" ANN@office.EXAMPLE ", ANN),  # the key of one wins over the address of the app's owner
        ("server:acc", APP),
        ("ann@school.example", OTHER_ANN),
        ("school", OTHER_ANN),
    ],
)
def test_account_is_found_by_what_people_call_it(name: str, found: Profile) -> None:
    assert profiles.find((ANN, OTHER_ANN, APP), name) == found


def test_name_of_several_is_asked_back() -> None:
    with pytest.raises(UsageError, match=r"several accounts: ann@office.example; ann@school"):
        profiles.find((ANN, OTHER_ANN), "ann ňg")


def test_name_of_nobody_says_who_is_there() -> None:
    with pytest.raises(SignInRequired, match=r"as “eve”.*Signed in are: Ann Ňg \(Ann@Office"):
        profiles.find((ANN,), "eve")
    with pytest.raises(SignInRequired, match="Nobody is signed in"):
        profiles.find((), "")
