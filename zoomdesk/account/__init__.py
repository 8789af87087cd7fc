"""Keep who is signed in: the secret in the system's keyring or in memory, the rest in a file.

Imports nothing of ``zoomdesk.zoom``: what it needs of OAuth it says as protocols. keyring and
filelock are brought in when they are used.
"""
