"""Switch everything that nobody has established about Zoom, both ways.

The letters (a) to (f) are those of zoom/README.md section 6. The rest are variations that Zoom is
known or reported to show.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal

RowFault = Literal["bad", "host", "duplicate"]


@dataclass(frozen=True)
class Behaviour:
    """Choose how this Zoom behaves; every field can be changed while the simulator runs."""

    # (a) to (f): not established by anyone.
    batch_refuses_whole: bool | frozenset[RowFault] = True
    """(a) One bad, host or duplicate row refuses the whole batch; False leaves such rows out and
    registers the rest (of duplicates, one). A set names the kinds that refuse the batch."""
    refused_batch_keeps_good: bool = False
    """(a) The good rows of a batch that is refused are registered all the same, and only the list
    tells."""
    error_field_path: str = "{field}"
    """(b) How ``errors[].field`` names a row of a batch; ``{index}`` counts from 0, as in
    ``registrants[{index}].{field}``."""
    questions_block_batch: bool = False
    """(c) Required registration questions that a batch cannot carry refuse the batch."""
    batch_returns_existing: bool = True
    """(d) A batch answers an already registered person with the existing link; False leaves the
    person out of the answer."""
    batch_returns_denied: bool = False
    """(d) A batch answers a denied or cancelled person with a row without a link."""
    pending_rows_have_join_url: bool = False
    """(e) Answers and lists show a join link for people who wait for approval."""
    multipart_accepted: bool = True
    """(f) The batch call still takes multipart/form-data."""

    answers_between: Literal[";", ",", "either"] = "either"
    """What stands between several answers to one question; Zoom does not say."""
    single_refuses_denied: bool = False
    """Registering a denied or cancelled person again is an error; False leaves the person denied
    and answers without a link (both are reported, section 5)."""

    batch_status: Literal[200, 201] = 201
    """The HTTP status of a batch that was taken: 201 in production, 200 in older specs."""
    join_url_leading_space: bool = True
    """Batch answers have the leading space of the published example."""
    shuffle_answers: bool = False
    """Batch answers come in another order than they were sent."""
    omit_some_rows: float = 0.0
    """The share of rows, 0 to 1, that a batch registers but leaves out of its answer."""
    mask_guest_emails: bool = False
    """Lists show the address of people outside the host's domain as ``j***@example.com``."""
    cancelled_listed_as_denied: bool = True
    """The list of denied people holds the cancelled ones, too; False shows them in no list."""
    list_lag_seconds: float = 0.0
    """Lists show a registration, or a change of status, only so long after it was made."""
    status_changes_lost: bool = False
    """A change of status is answered 204, and nothing changes (section 2: a 204 proves nothing)."""
    status_out_of_turn: Literal["applied", "ignored", "refused"] = "applied"
    """What becomes of cancelling somebody who is not approved, and of denying somebody who is."""
    status_unknown_refused: bool = False
    """A change that names somebody who is not there is refused whole; False passes them over."""
    list_totals: bool = True
    """Lists tell ``total_records``, how many people are on all of their pages."""
    latency_seconds: float = 0.0
    """Wait this long before every API answer."""
    seed: int = 0
    """Seed of the choices above."""

    rate_limits: bool = True
    """Enforce the account's limits per second and per day (section 4)."""
    registrant_daily_limit: int = 3
    """Registration requests a person, event and UTC day; 0 for no limit."""
    status_daily_limit: int = 10
    """Status changes a person, event and UTC day; 0 for no limit."""
    refused_rows_use_allowance: bool = True
    """Rows of a refused batch, too, use one of the registrant's requests of the day."""
    limit_names_registrant: bool = True
    """The batch's 429 names the registrant; False leaves a literal ``{1}`` as reported."""
    rate_window: Literal["sliding", "fixed", "bucket"] = "sliding"
    """How a second is counted, which Zoom does not say: any second, the clock's seconds, or a
    bucket that holds one second's calls and fills evenly."""
    rate_headers: Literal["full", "partial", "absent"] = "full"
    """Send X-RateLimit-* and Retry-After; they are often absent. ``partial`` names category and
    type of a limit that was met, and no numbers."""
    retry_after: Literal["datetime", "seconds", "absent"] = "datetime"
    """The form of Retry-After, where ``rate_headers`` are not absent altogether."""

    token_length: int = 700
    """Characters of every token; Zoom publishes no length (g)."""
    access_seconds: int = 3600
    refresh_seconds: int = 90 * 24 * 3600
    code_seconds: int = 300
    reuse_revokes_family: bool = False
    """A refresh token used twice ends every token of that sign-in."""
    revokes_access_only: bool = True
    """Only an access token can be revoked, which ends its sign-in, as Zoom documents it; False
    takes a refresh token as well."""
    scope_names: Literal["granular", "classic"] = "granular"
    """Which scopes the message of error 4711 names."""

    def refuses_whole(self, fault: RowFault) -> bool:
        """Return whether a row with this fault refuses its whole batch."""
        if isinstance(self.batch_refuses_whole, bool):
            return self.batch_refuses_whole
        return fault in self.batch_refuses_whole

    def changed(self, values: dict[str, Any]) -> Behaviour:
        """Return a copy with the values of a JSON object.

        :raises ValueError: for a name that is no switch.
        """
        unknown = values.keys() - {each.name for each in fields(self)}
        if unknown:
            raise ValueError(f"no such behaviour: {', '.join(sorted(unknown))}")
        if isinstance(values.get("batch_refuses_whole"), list):
            kinds = frozenset(values["batch_refuses_whole"])
            values = values | {"batch_refuses_whole": kinds}
        return replace(self, **values)
