"""Abstract brand graphics, drawn from a seed, with captions."""

from .draw import Drawing, draw, draw_parts
from .spec import Spec, is_held_out, make_spec, sample_spec

__all__ = ["Drawing", "Spec", "draw", "draw_parts", "is_held_out", "make_spec", "sample_spec"]
