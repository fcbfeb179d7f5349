"""Fonts and colours of the charts, the Axes they are drawn on, and how a figure is saved.

The user's own rcParams are never changed: what a chart needs holds while it is drawn and is kept
by its artists. matplotlib is imported when the first chart is drawn, as it takes a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..arguments import path_of
from ..errors import InputError, MissingExtraError
from ..places import writing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

# Installed fonts with simplified Chinese, best first; the JP face is all that matplotlib before
# 3.11 sees in the Noto collection, and it has every character.
SYSTEM_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
)

# After Okabe and Ito, with neighbours in a stack far apart in lightness: they stay apart for a
# colour-blind reader and in a grey print.
OUTCOME_COLOURS = {
    "granted": "#0072B2",
    "partial": "#7CC4EC",
    "denied": "#C4500C",
    "unavailable": "#F2CF63",
    "declined": "#8A6190",
    "other": "#D2D2D2",
}
APPLICANT_COLOURS = {
    "natural_person": "#A9D3EE",
    "business": "#0072B2",
    "research": "#F2CF63",
    "public_interest": "#B04708",
    "legal_service": "#E3C6E6",
    "other": "#6B6B6B",
}
RESULT_COLOURS = {
    "upheld": "#8FC7EA",
    "corrected": "#C4500C",
    "other": "#DADADA",
    "pending": "#FFFFFF",
}
LINE_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B8558F", "#8C6D00", "#222222")
LINE_MARKERS = ("o", "s", "^", "D", "v", "P")
YEAR_COLOURS = ("#9CCBE8", "#0072B2")
Look = dict[str, Any]  # keywords of an artist
INK, GREY, PALE = "#222222", "#737373", "#D5D5D5"

WIDTH = 9.0  # inches
OWN = "gxtools"  # marks a figure that is as high as what is written on it needs
TITLE, TEXT, VALUE, NOTE = 12.0, 9.0, 8.0, 7.5  # points
SMALL_N = 30  # below it a share is shown as a count, in grey

SUFFIXES = (".png", ".svg", ".pdf")


@cache
def families() -> tuple[str, ...]:
    """The font families of the charts: the bundled Chinese font, installed ones, DejaVu Sans.

    Raises MissingExtraError when no font has Chinese characters.
    """
    from matplotlib.font_manager import fontManager

    bundled = _bundled_font()
    installed = {font.name for font in fontManager.ttflist}
    chinese = dict.fromkeys([bundled, *(name for name in SYSTEM_FONTS if name in installed)])
    found = tuple(name for name in chinese if name)
    if not found:
        raise MissingExtraError(
            "no font with Chinese characters was found",
            advice="Install one with: pip install zhplot",
        )
    return (*found, "DejaVu Sans")


def _bundled_font() -> str | None:
    """The name of the font that zhplot brings, made known to matplotlib by its path.

    zhplot itself is not imported: doing so changes the rcParams of the whole session.
    """
    from matplotlib.font_manager import FontProperties, fontManager

    spec = find_spec("zhplot")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for file in sorted(font for place in places for font in Path(place).glob("fonts/*.ttf")):
        fontManager.addfont(file)
        return FontProperties(fname=str(file)).get_name()
    return None


@contextmanager
def drawing() -> Iterator[None]:
    """The settings of the charts while one is drawn; the user's own come back afterwards."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {
        "font.family": list(families()),
        "font.size": TEXT,
        "text.usetex": False,
        "text.parse_math": False,  # a `$` in a name is a character, not a formula
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": GREY,
        "axes.facecolor": "white",
        "axes.grid": False,
        "axes.unicode_minus": True,
        "figure.facecolor": "white",
        "hatch.linewidth": 0.6,
    }
    # Not rc_context: it would also take back what a notebook sets when its first chart is drawn
    # (that charts show themselves), and no later chart would be seen.
    before = {name: mpl.rcParams[name] for name in settings}
    mpl.rcParams.update(settings)
    try:
        yield
    finally:
        mpl.rcParams.update(before)


def canvas(ax: Axes | None, height: float) -> Axes:
    """The Axes to draw on: the given one, or that of a new figure of this height in inches."""
    if ax is not None and not hasattr(ax, "get_figure"):
        raise InputError(f"ax is {ax!r}", advice="Give an Axes of matplotlib, or nothing.")
    if ax is None:
        from matplotlib import pyplot

        figure, ax = pyplot.subplots(figsize=(WIDTH, height), layout="constrained")
        figure.set_gid(OWN)
    # Ticks are made when the figure is drawn, after the settings are gone: tell them now.
    ax.tick_params(
        labelfontfamily=list(families()), labelsize=VALUE, labelcolor=INK, color=GREY, length=0
    )
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(GREY)
    ax.set_axisbelow(True)
    return ax


def points(ax: Axes, beside: float = 0, around: float = 0) -> tuple[float, float]:
    """Width and height of a given Axes in points, without what its words take `beside` and `around`
    it where the figure has a layout that will shrink it for them."""
    figure = cast("Figure", ax.get_figure(root=True))
    width, height = ax.bbox.width * 72 / figure.dpi, ax.bbox.height * 72 / figure.dpi
    if figure.get_layout_engine():
        width, height = width - beside, height - around
    return max(width, 90.0), max(height, 40.0)


def ink_on(colour: str) -> str:
    """The text colour that can be read on a fill."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(colour)
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.55 else INK


def save_figure(fig: Figure | SubFigure | Axes, path: str | PathLike[str]) -> Path:
    """The path of the file written: .png (300 dpi), .svg or .pdf by its suffix.

    Folders are made. The same chart gives the same bytes: no date is written. Text is drawn as
    outlines in .svg and with its font in .pdf, so that Chinese shows on any machine. An Axes saves
    its whole figure. Raises InputError for another suffix, FileError when it cannot be written.
    """
    import matplotlib as mpl

    target = Path(path_of(path))
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"a figure cannot be saved as {suffix or 'a file without suffix'!r}",
            where=str(target),
            advice=f"Possible: {', '.join(SUFFIXES)}.",
        )
    if not hasattr(fig, "get_figure"):
        raise InputError(
            f"{type(fig).__name__} is no figure", advice="Give what a plot function returned."
        )
    figure: Any = fig if hasattr(fig, "savefig") else fig.get_figure(root=True)
    settings: dict[Any, Any] = {
        "svg.fonttype": "path",
        "svg.hashsalt": "gxtools",
        "pdf.fonttype": 42,
        "savefig.facecolor": "auto",
    }
    undated = {".png": {"Software": None}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
    # Without a layout that makes room, labels beside the axes would be cut off.
    box = None if figure.get_layout_engine() else "tight"
    with writing(target, "the figure"), mpl.rc_context(settings):
        figure.savefig(target, dpi=300, bbox_inches=box, metadata=undated[suffix])
    return target
