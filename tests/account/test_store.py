"""Who is signed in, in a file: several accounts, and files of older and newer programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from zoomdesk import paths
from zoomdesk.account.profile import Profile
from zoomdesk.account.store import AccountStore
from zoomdesk.errors import AccountError

ANN = Profile("Ann@Office.example", "Ann Ňg", "acc", "browser", "client")
BEN = Profile("ben@office.example", "Ben", "acc", "browser", "client")
APP = Profile("admin@office.example", "Admin", "acc", "server", "s2s")


def test_nobody_at_first() -> None:
    assert AccountStore().load() is None
    assert AccountStore().all() == ()
    AccountStore().clear()
    AccountStore().remove("nobody")


def test_accounts_are_kept_beside_the_settings() -> None:
    AccountStore().save(ANN)
    assert AccountStore().load() == ANN
    assert AccountStore().path == paths.config_dir() / "account.json"
    AccountStore().clear()
    assert AccountStore().load() is None


def test_last_one_to_sign_in_is_in_use_until_another_is_chosen() -> None:
    store = AccountStore()
    for each in (ANN, BEN, APP):
        store.save(each)
    assert (store.load(), store.all()) == (APP, (ANN, BEN, APP))
    store.use(ANN.key)
    assert store.load() == ANN
    assert store.get(BEN.key) == BEN
    assert store.get("nobody") is None


def test_signing_in_again_replaces_one_account_in_its_place() -> None:
    store = AccountStore()
    store.save(ANN)
    store.save(BEN)
    renamed = Profile("ann@office.example", "Ann Lee", "acc", "browser", "other")
    store.save(renamed)
    assert (store.load(), store.all()) == (renamed, (renamed, BEN))


def test_nobody_takes_the_place_of_who_leaves() -> None:
    store = AccountStore()
    for each in (ANN, BEN, APP):
        store.save(each)
    store.remove(BEN.key)
    assert (store.load(), store.all()) == (APP, (ANN, APP))
    store.remove(APP.key)
    assert (store.load(), store.all()) == (None, (ANN,))
    store.remove(ANN.key)
    assert not store.path.exists()


def test_file_of_the_time_of_one_account_is_read_and_kept() -> None:
    path = paths.config_dir() / "account.json"
    path.write_text(json.dumps(asdict(ANN)), encoding="utf-8")
    store = AccountStore()
    assert (store.load(), store.all()) == (ANN, (ANN,))
    store.save(BEN)
    assert store.all() == (ANN, BEN)
    store.use(ANN.key)
    assert store.load() == ANN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        '{"email": 7}',
        '{"email": "a@x.example"}',
        '{"email": "a", "display_name": "A", "account_id": "x", "mode": "other"}',
        '{"version": 2, "current": 7, "accounts": [7, {"email": "a@x.example"}, null]}',
        "\x00",
    ],
)
def test_file_that_tells_nothing_means_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "account.json"
    path.write_text(text, encoding="utf-8")
    assert AccountStore(path).load() is None
    assert AccountStore(path).all() == ()


def test_file_of_a_newer_program_is_read(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    app = {"email": "a@x.example", "account_id": "acc", "mode": "server", "colour": "blue"}
    raw = {"version": 9, "current": "server:acc", "accounts": [app, app], "more": {}}
    path.write_text(json.dumps(raw), encoding="utf-8")
    found = Profile("a@x.example", "", "acc", "server", "")
    assert (AccountStore(path).load(), AccountStore(path).all()) == (found, (found,))


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(AccountError, match="could not be saved"):
        AccountStore(blocked / "account.json").save(ANN)
    full = tmp_path / "folder" / "account.json"
    full.mkdir(parents=True)
    with pytest.raises(AccountError, match="could not be saved"):
        AccountStore(full).save(ANN)
    assert list(full.parent.iterdir()) == [full]
    with pytest.raises(AccountError, match="could not be deleted"):
        AccountStore(full).clear()


@pytest.mark.parametrize("change", ["save", "use", "remove"])
def test_accounts_that_cannot_be_read_at_present_are_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """On Windows, whatever looks through new files may hold one for a moment."""
    store = AccountStore(tmp_path / "account.json")
    store.save(ANN)
    store.save(BEN)
    changes: dict[str, Callable[[], None]] = {
        "save": lambda: store.save(APP),
        "use": lambda: store.use(ANN.key),
        "remove": lambda: store.remove(ANN.key),
    }

    def held(*_: object, **__: object) -> str:
        raise PermissionError(13, "The process cannot access the file")

    with monkeypatch.context() as at_present:
        at_present.setattr(Path, "read_text", held)
        with pytest.raises(AccountError, match="could not be saved"):
            changes[change]()
        assert store.all() == ()
    assert (store.load(), store.all()) == (BEN, (ANN, BEN))
