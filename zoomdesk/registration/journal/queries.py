"""The questions that the journal asks its file about runs and the calls of other runs."""

from __future__ import annotations

RUNS = """SELECT runs.*,
    (SELECT count(*) FROM people WHERE run = runs.id) AS rows,
    (SELECT count(*) FROM people JOIN outcomes USING (run, row)
        WHERE run = runs.id AND status <> 'Not sent') AS done
    FROM runs"""
RECENT = """FROM calls JOIN runs ON runs.id = calls.run
    WHERE runs.realm = ? AND runs.kind = ? AND runs.event_id = ? AND calls.day >= ?
    AND runs.act = ''"""
UNANSWERED = f"""SELECT open.run, open.state, sent_at, email_key FROM call_people JOIN
    (SELECT calls.id, calls.run, calls.state, calls.sent_at {RECENT}
        AND (calls.state IN ('sent', 'unknown')
            OR (calls.state = 'refused' AND calls.kind = 'batch'))) AS open
    ON open.id = call_people.call"""  # noqa: S608  no text of anybody's is in it
LAST_SENT = f"""SELECT max(calls.sent_at) {RECENT} AND calls.state IN ('sent', 'answered')
    AND calls.id IN (SELECT call FROM call_people
        WHERE email_key IN (SELECT value FROM json_each(?)))"""  # noqa: S608  as above
SLOWEST = f"""SELECT max(strftime('%s', calls.answered_at) - strftime('%s', calls.sent_at))
    {RECENT} AND calls.state = 'answered'"""


SENT_ELSEWHERE = """SELECT 1 FROM runs AS ours JOIN runs AS theirs USING (realm, kind, event_id)
    JOIN calls ON calls.run = theirs.id
    WHERE ours.id = :run AND theirs.id <> :run AND theirs.act = ''
    AND calls.state <> 'unsent' AND calls.id > :seen
    AND calls.id IN (SELECT call FROM call_people
        WHERE email_key IN (SELECT value FROM json_each(:keys))) LIMIT 1"""
SENDING_ELSEWHERE = """SELECT DISTINCT theirs.id
    FROM runs AS ours JOIN runs AS theirs USING (realm, kind, event_id)
    JOIN calls ON calls.run = theirs.id
    WHERE ours.id = ? AND theirs.id <> ours.id AND theirs.act = '' AND calls.state = 'sent'"""
