"""The file itself, apart from what is in it.

``fingerprint`` knows whether it was changed, ``locks`` who has it open; ``temporary``, ``metadata``
and ``replace`` (on Windows with ``windows``) put a finished file in its place in one step;
``backups`` keep dated copies, ``synced`` looks again where a sync client is at work; ``failures``
says why a disk refuses. ``template`` makes a new workbook.
"""
