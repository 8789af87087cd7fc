"""Approve, deny, cancel or delete people who are on Zoom's lists already; register nobody.

``look`` reads what Zoom has, ``make_plan`` says whom an act would change and who is left out, and
``LifeRun`` carries it out: each call is in the journal before it is sent, and what became of
everybody is read from the lists afterwards, because Zoom's yes proves nothing (zoom/README.md
section 2). Doing it again is safe: whoever has changed already is found so and is not sent.
"""

from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.lifecycle.fates import Fate, LifeReport, Result, Why
from zoomdesk.registration.lifecycle.known import Known, Subject, look
from zoomdesk.registration.lifecycle.plan import LifePlan, Target, make_plan
from zoomdesk.registration.lifecycle.run import LifeRun

__all__ = [
    "Act",
    "Fate",
    "Known",
    "LifePlan",
    "LifeReport",
    "LifeRun",
    "Result",
    "Subject",
    "Target",
    "Why",
    "look",
    "make_plan",
]
