"""What widgets tell their screens."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Moved(Message):
    """The cursor of a list stands on another line; `target` is what that line is about, None for nothing."""

    target: object


@dataclass
class Opened(Message):
    """Enter was pressed on a line of a list."""

    target: object


@dataclass
class MoreWanted(Message):
    """The cursor comes near the end of the rows that a list has."""
