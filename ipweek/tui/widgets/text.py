"""Text in cells, as the widgets use it."""

from ipweek.render.lines import crop, ends, fit, visible

__all__ = ["crop", "ends", "fit", "visible"]
