"""Register people for an event: plan, run, journal, reconcile, outcome.

The way of a run: ``preflight.read_event``, ``plan.make_plan``, ``Journal.start_run``,
``run.Run.execute``, ``writeback.write_results``; ``resume.resume`` for one that was cut short,
``links.fetch_links`` where nobody is to be registered.
"""
