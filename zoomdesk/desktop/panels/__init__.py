"""The five steps of the job, each a widget beside the table."""
