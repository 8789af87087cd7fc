"""Name what may become of a call, for the code that decides what happens next.

None of these reaches a person: the run turns each into the outcome of rows, or into one of the
errors of ``zoomdesk.errors``. Every one of them says how sure it is that nothing was applied::

    Fault
    ├── Refusal                    Zoom said no, in its own words
    │   ├── RowRefused             to this one person; nobody was registered
    │   └── BatchRefused           to a batch; which of its people it took is not known
    ├── RegistrantLimitReached     a person's requests of the day are used up
    └── OutcomeUnknown             it was sent and no answer tells; list before anything else
"""

from __future__ import annotations


class Fault(Exception):
    """The call did not give what it was made for.

    ``failed_call`` is the call for whoever looks into it: a ``zoom.failed_call.FailedCall``.
    """

    failed_call: object = None


class Refusal(Fault):
    """Zoom answered with an error that is about people, not about the event or the account.

    ``message`` holds Zoom's own words, ``hint`` one sentence of ours or ``""``. ``known`` is False
    for a pair of HTTP status and code that nobody has documented: if one row after another meets
    the same one, it is not about the rows.
    """

    def __init__(
        self,
        message: str,
        *,
        http: int = 0,
        zoom_code: int = 0,
        hint: str = "",
        known: bool = True,
        fields: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.http = http
        self.zoom_code = zoom_code
        self.hint = hint
        self.known = known
        self.fields = fields
        """The field paths of ``errors[]``, as Zoom wrote them."""


class RowRefused(Refusal):
    """Zoom does not take this person."""


class BatchRefused(Refusal):
    """Zoom does not take this batch, because of one of its people or for a reason nobody knows.

    Whether the others were registered is not known (zoom/README.md section 6a): list first, then
    send the rest one by one, once; never bisect.
    """


class RegistrantLimitReached(Fault):
    """A person's registration requests for this event and UTC day are used up; nothing was applied.

    ``email`` is lower-cased, ``""`` where Zoom's answer names nobody.
    """

    def __init__(self, email: str, message: str) -> None:
        super().__init__(message)
        self.email = email
        self.message = message


class OutcomeUnknown(Fault):
    """The request was sent, or may have been, and no usable answer came back.

    ``message`` says in plain words what happened instead.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
