from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster.mail_domains import COMMON, TLD_TYPOS, WELL_KNOWN
from zoomdesk.roster.typos import distance, suggest_domain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.cmo", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.cm", "gmail.com"),
        ("gmailcom", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.com", "hotmail.com"),
        ("hotmil.com", "hotmail.com"),
        ("hotmaill.co.uk", "hotmail.co.uk"),
        ("yaho.com", "yahoo.com"),
        ("yahooo.com", "yahoo.com"),
        ("yhaoo.com", "yahoo.com"),
        ("outlok.com", "outlook.com"),
        ("outloook.com", "outlook.com"),
        ("outlook.ocm", "outlook.com"),
        ("iclould.com", "icloud.com"),
        ("icoud.com", "icloud.com"),
        ("t-onlin.de", "t-online.de"),
        ("tonline.de", "t-online.de"),
        ("freenett.de", "freenet.de"),
        ("wanado.fr", "wanadoo.fr"),
        ("orang.fr", "orange.fr"),
        ("libero.ti", "libero.it"),
        ("northwind.con", "northwind.com"),
        ("northwind.ogr", "northwind.org"),
        ("northwind.nte", "northwind.net"),
    ],
)
def test_offers_the_domain_that_was_meant(typed: str, meant: str) -> None:
    assert suggest_domain(typed) == meant


@pytest.mark.parametrize(
    "domain",
    [
        "gmx.de",
        "gmx.net",
        "web.de",
        "mail.com",
        "ymail.com",
        "email.com",
        "me.com",
        "qq.com",
        "hotmail.ch",
        "yahoo.ca",
        "live.it",
        "northwind.com",
        "x.org",
        "ab.de",
        "wab.de",
        "gmy.de",
        "ibm.com",
        "sap.com",
        "uni-koeln.de",
        "orange.com",
        "free.org",
        "planet.com",
        "sky.de",
        "globo.org",
        "terra.es",
        "company.cm",
        "com",
        "",
    ],
)
def test_leaves_other_domains_alone(domain: str) -> None:
    assert suggest_domain(domain) == ""


@pytest.mark.parametrize("domain", sorted(WELL_KNOWN))
def test_a_well_known_domain_is_never_doubted(domain: str) -> None:
    assert suggest_domain(domain) == ""


def test_endings_that_exist_are_no_slips() -> None:
    endings = {domain.rpartition(".")[2] for domain in WELL_KNOWN}
    assert not endings & set(TLD_TYPOS)
    assert set(TLD_TYPOS.values()) <= endings | {"edu", "gov"}


def test_the_list_has_each_domain_once() -> None:
    assert len(set(COMMON)) == len(COMMON)


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("gmial", "gmail", 1), ("abc", "xyz", 3)],
)
def test_distance(left: str, right: str, edits: int) -> None:
    assert distance(left, right) == edits


WORDS = st.text("abc", max_size=6)


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_for_equals_only(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)


@given(st.sampled_from([d for d in COMMON if len(d.partition(".")[0]) >= 7]), st.data())
def test_one_slip_in_a_long_name_is_found(domain: str, data: st.DataObject) -> None:
    name, dot, ending = domain.partition(".")
    place = data.draw(st.integers(0, len(name) - 2))
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    suggestion = suggest_domain(swapped + dot + ending)
    assert suggestion == ("" if swapped + dot + ending in WELL_KNOWN else domain)
