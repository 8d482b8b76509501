"""Figures in lines: at the right of their column, as bars and sparks; what nobody stated says so."""

from ipweek.render.bars import bar, spark
from ipweek.render.summary_figures import figure as right

__all__ = ["bar", "right", "spark"]
