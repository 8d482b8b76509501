"""ipweek: the event tool for an Intellectual Property Week, in the terminal."""

__version__ = "0.1.0"
