"""Draw the page that the browser shows when it comes back from Zoom."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark; --bg: #F6F7F9; --surface: #FFFFFF; --line: #E1E5EA;
  --text: #1B2430; --soft: #566273; }
@media (prefers-color-scheme: dark) { :root { --bg: #14181E; --surface: #1B2027; --line: #313944;
  --text: #E8ECF2; --soft: #A9B4C2; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--bg);
  color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 1.25rem; padding: 1.75rem 2rem; background: var(--surface);
  border: 1px solid var(--line); border-radius: 12px; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0; color: var(--soft); }
"""

DONE = ("Back to Zoomdesk", "Zoom has answered. You can close this page and go on in Zoomdesk.")
DENIED = (
    "Signing in was cancelled",
    "Zoomdesk was not given access, and nothing was changed. You can close this page.",
)
STALE = (
    "This page is from an earlier try",
    "Close it, and go on in the page that Zoomdesk opened last.",
)


def page(title: str, message: str) -> bytes:
    """Return a page that says one thing, in light or dark as the system is."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – Zoomdesk</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(message)}</p></main></body></html>\n"
    ).encode()
