"""The window: what an office sees and clicks, on top of the stages of a registration."""
