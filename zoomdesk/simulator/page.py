"""Draw the page on which a person allows the app, and the pages that say why not."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

_STYLE = """
:root { color-scheme: light dark; --bg:#F6F7F9; --surface:#FFF; --line:#E1E5EA; --text:#1B2430;
  --soft:#566273; --accent:#1F5FD6; --on:#FFF; --note:#E8F0FE; }
@media (prefers-color-scheme: dark) { :root { --bg:#14181E; --surface:#1B2027; --line:#313944;
  --text:#E8ECF2; --soft:#A9B4C2; --accent:#7FB0FF; --on:#0D1A30; --note:#1E2F4D; } }
* { box-sizing: border-box; }
body { margin:0; min-height:100vh; display:grid; place-items:center; background:var(--bg);
  color:var(--text); font:15px/1.5 system-ui, sans-serif; padding:20px; }
main { width:100%; max-width:440px; background:var(--surface); border:1px solid var(--line);
  border-radius:12px; padding:28px 32px; }
h1 { font-size:20px; line-height:1.3; margin:0 0 4px; }
p { margin:8px 0; color:var(--soft); } p strong { color:var(--text); }
.note { background:var(--note); color:var(--text); border-radius:8px; padding:10px 14px; }
ul { margin:8px 0 20px; padding-left:22px; }
form { display:flex; flex-wrap:wrap; gap:12px; }
label { flex:1 0 100%; color:var(--text); } select { font:inherit; margin-left:6px; padding:4px; }
button { flex:1; font:inherit; font-weight:600; padding:10px 16px; border-radius:8px;
  border:1px solid var(--soft); background:transparent; color:var(--text); cursor:pointer; }
button#allow { background:var(--accent); border-color:var(--accent); color:var(--on); }
button:focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
"""


def _document(title: str, inside: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{inside}</main></body></html>\n"
    )


def consent_page(
    app: str, people: Mapping[str, str], account: str, hidden: Mapping[str, str]
) -> str:
    """Return the page that asks a person to allow the app.

    ``people`` are the names by user ID of those who may sign in, the host first. ``hidden`` are the
    parameters of the request, which the form sends back.
    """
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    title = f"Allow {app} to use your practice account?"
    return _document(
        title,
        f"<h1>{escape(title)}</h1>"
        f"<p>{escape(account)}</p>"
        '<p class="note">This is a practice Zoom on your own computer. Nobody is registered and '
        "no mail is sent.</p>"
        f"<p>{escape(app)} will be able to:</p>"
        "<ul><li>see your webinars and meetings</li>"
        "<li>see and register people for them</li></ul>"
        f'<form method="post" action="/oauth/authorize">{fields}'
        f"<label>Sign in as {_choice(people)}</label>"
        '<button type="submit" id="deny" name="decision" value="deny">Decline</button>'
        '<button type="submit" id="allow" name="decision" value="allow">Allow</button></form>',
    )


def _choice(people: Mapping[str, str]) -> str:
    options = "".join(
        f'<option value="{escape(user)}">{escape(name)}</option>' for user, name in people.items()
    )
    return f'<select name="user">{options}</select>'


def error_page(code: int, message: str) -> str:
    """Return the page that stands where a broken sign-in request cannot be sent back."""
    return _document(
        "Sign-in cannot go on",
        '<h1>Sign-in cannot go on</h1><p role="alert">'
        f'{escape(message)} (<span id="error-code">{code:,}</span>)</p>'
        "<p>Close this page and start again from the app. If it happens again, ask your "
        "administrator to check the app's settings at Zoom.</p>",
    )
