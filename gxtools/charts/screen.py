"""A figure as a picture for the screen: laid out once, its letters taken from a store.

Nine tenths of the time of a chart of sixty bodies is matplotlib measuring and hinting text, string
by string, at each pass of its layout and again when it draws. Here every character is outlined once
(`glyphs`) and stamped wherever it stands. Files (save_figure) are drawn by matplotlib alone.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends import backend_agg
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from . import glyphs
from .rows import BAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 100
_MANY = 20


def screen_png(figure: Figure) -> bytes:
    """The figure as PNG. It is drawn for good: its layout leaves out what stands inside the axes,
    so that it is to be closed and not to be changed."""
    from PIL import Image

    figure.set_dpi(DPI)
    _lighten(figure)
    canvas: Any = _Canvas(figure)
    canvas.draw()
    kept = io.BytesIO()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
    picture.save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def _lighten(figure: Figure) -> None:
    """Only what may stand beyond the axes is measured to make room for it; bars are one artist."""
    for ax in figure.axes:
        _bundle(ax)
        for axis in (ax.xaxis, ax.yaxis):
            if not axis.label.get_text():
                axis.set_label_coords(0, 0)  # an empty label is not to be moved clear of the ticks
        for artist in (*ax.patches, *ax.lines, *ax.collections):
            artist.set_in_layout(False)
        for text in ax.texts:
            text.set_in_layout(not _stands_at_a_figure(text))


def _stands_at_a_figure(text: Any) -> bool:
    """Whether a text is placed by the data alone: the name of a line has its figure's height, and
    stands beyond the axes."""
    own = getattr(text, "anncoords", None)
    return getattr(text, "xycoords", None) == "data" and own in ("data", "offset points")


def _bundle(ax: Axes) -> None:
    """All plain bars of the axes as one artist: they do not lie over each other."""
    bars = [
        bar for bar in ax.patches
        if isinstance(bar, Rectangle) and bar.get_label() == BAR and not bar.get_hatch()
    ]  # fmt: skip
    if len(bars) < _MANY:
        return
    for bar in bars:
        bar.set_visible(False)
    ax.add_collection(
        PolyCollection(
            [bar.get_corners() for bar in bars],
            facecolors=[bar.get_facecolor() for bar in bars],
            edgecolors=[bar.get_edgecolor() for bar in bars],
            linewidths=[bar.get_linewidth() for bar in bars],
            zorder=1,
        ),
        autolim=False,
    )


def _plain(font: FontProperties) -> bool:
    """Whether a text is in the upright, regular face that the store keeps."""
    return font.get_style() == "normal" and font.get_weight() in ("normal", "regular", 400)


_Agg: Any = backend_agg.RendererAgg


class _Letters(TextToPath):
    """Outlines of texts with a rim, which matplotlib draws as paths."""

    def get_text_path(self, prop: Any, s: str, ismath: Any = False, **told: Any) -> Any:
        if ismath or not _plain(prop):
            return super().get_text_path(prop, s, ismath, **told)
        path = glyphs.outline(s, tuple(prop.get_family()))
        return np.asarray(path.vertices) * self.FONT_SCALE, [] if path.codes is None else path.codes


class _Renderer(_Agg):  # type: ignore[misc]
    """Agg with letters from the store."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self._text2path = _Letters()

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float,
        ismath: Any = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        if ismath or not _plain(prop):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        scale = prop.get_size_in_points() * self.dpi / 72
        place = Affine2D.from_values(scale, 0, 0, scale, 0, 0).rotate_deg(angle)
        gc.set_linewidth(0.0)
        path = glyphs.outline(s, tuple(prop.get_family()))
        self.draw_path(gc, path, place.translate(x, self.height - y), gc.get_rgb())

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        if ismath or not _plain(prop):
            return super().get_text_width_height_descent(s, prop, ismath)
        scale = prop.get_size_in_points() * self.dpi / 72
        return tuple(scale * part for part in glyphs.reach(s, tuple(prop.get_family())))

    def _get_font_height_metrics(self, prop: Any) -> tuple[float, float, float]:
        """Asked by matplotlib from 3.11 on, which else opens the font's tables for each text."""
        scale = prop.get_size_in_points() * self.dpi / 72
        up, down, gap = _heights(prop.get_family()[0])
        return scale * up, scale * down, scale * gap


@cache
def _heights(family: str) -> tuple[float, float, float]:
    """How far the font reaches above and below its line, and the gap of lines, in parts of its
    size."""
    font: Any = get_font(findfont(FontProperties(family=[family])))
    named = ("sTypoAscender", "sTypoDescender", "sTypoLineGap")
    table = font.get_sfnt_table("OS/2")
    if table is None:
        named, table = ("ascent", "descent", "lineGap"), font.get_sfnt_table("hhea")
    up, down, gap = (float(table[name]) / font.units_per_EM for name in named)
    return up, -down, gap


class _Canvas(FigureCanvasAgg):
    def get_renderer(self) -> Any:
        width, height = self.figure.bbox.size
        key: Any = (width, height, self.figure.dpi)
        if self._lastKey != key:
            self.renderer, self._lastKey = _Renderer(width, height, self.figure.dpi), key
        return self.renderer
