"""One drawing function for each family of the vocabulary."""

from collections.abc import Callable

from ..scene import Scene
from . import gradients, layers, lines, shapes, tiles

PAINTERS: dict[str, Callable[[Scene], None]] = {
    "soft gradient": gradients.draw_soft_gradient,
    "mesh gradient": gradients.draw_mesh_gradient,
    "flowing waves": layers.draw_flowing_waves,
    "diagonal stripes": lines.draw_diagonal_stripes,
    "overlapping circles": shapes.draw_overlapping_circles,
    "concentric rings": lines.draw_concentric_rings,
    "sunburst rays": lines.draw_sunburst_rays,
    "terrazzo chips": shapes.draw_terrazzo_chips,
    "halftone dots": tiles.draw_halftone_dots,
    "triangle mosaic": tiles.draw_triangle_mosaic,
    "organic blobs": shapes.draw_organic_blobs,
    "layered paper cutouts": layers.draw_layered_paper_cutouts,
    "contour lines": lines.draw_contour_lines,
    "leaf silhouettes": shapes.draw_leaf_silhouettes,
    "rolling hills": layers.draw_rolling_hills,
    "window light and shadow": tiles.draw_window_light_and_shadow,
    "grainy paper texture": layers.draw_grainy_paper_texture,
    "scattered confetti": shapes.draw_scattered_confetti,
    "stacked arches": lines.draw_stacked_arches,
    "checkerboard grid": lines.draw_checkerboard_grid,
    "scallop pattern": lines.draw_scallop_pattern,
    "brush strokes": shapes.draw_brush_strokes,
}
