"""Register people for an event: plan, run, journal, reconcile, outcome."""
