"""Where the words of a chart stand: measured, wrapped, and put above, below or beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from . import glyphs, style
from .words import say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# A word with its space, or one Chinese character; a closing mark stays with what it closes.
_PIECE = re.compile(r"(?:[!-~–]+ ?|.)[，。；：、）”》]*")
LINE_HEIGHT = 1.35
_FOOT = 4  # lines of a footnote that every figure has room for
BESIDE = ("axes fraction", "data")  # a place across the chart, at the height of a row


def text_width(text: str, size: float) -> float:
    """The width of one line of text in points."""
    return glyphs.width(text, style.families(), size)


def wrap(text: str, width: float, size: float, lines: int = 9) -> str:
    """The text in lines of at most `width` points.

    What does not fit the lines is cut in the middle, as names of bodies differ at their ends.
    """
    pieces = [
        part
        for piece in _PIECE.findall(text)
        for part in ([piece] if text_width(piece.rstrip(), size) <= width else list(piece))
    ]
    rows = [""]
    for i, piece in enumerate(pieces):
        if rows[-1] and text_width((rows[-1] + piece).rstrip(), size) > width:
            if len(rows) == lines:
                rest = rows[-1] + "".join(pieces[i:])
                return "\n".join([*rows[:-1], _shortened(rest, width, size, lines > 1)])
            rows.append("")
        rows[-1] += piece
    return "\n".join(row.rstrip() for row in rows)


def _shortened(text: str, width: float, size: float, continued: bool) -> str:
    """The end of a text whose beginning stands on the lines above, or else both its ends."""
    for kept in range(len(text) - 1, 1, -1):
        head = 0 if continued else kept // 2
        short = text[:head] + "…" + text[len(text) - kept + head :]
        if text_width(short, size) <= width:
            return short
    return "…"


def note(
    ax: Axes,
    text: str,
    at: tuple[float, float],
    offset: tuple[float, float] = (0, 0),
    *,
    size: float = style.VALUE,
    colour: str = style.INK,
    ha: str = "left",
    va: str = "center",
    coords: str | tuple[str, str] = "data",
    gid: str = "",
) -> Text:
    """A text at a point of the chart, moved by an offset in points, never clipped."""
    return ax.annotate(
        text,
        at,
        offset,
        xycoords=coords,
        textcoords="offset points",
        ha=ha,
        va=va,
        ma=ha,
        fontsize=size,
        color=colour,
        annotation_clip=False,
        linespacing=1.15,
        gid=gid,
    )


def title(ax: Axes, text: str, width: float, above: float = 0) -> None:
    """The title, left, with room for `above` points of legend under it."""
    text = wrap(text, width, style.TITLE)
    words = ax.set_title(
        text, loc="left", fontsize=style.TITLE, color=style.INK, y=1.0, pad=8 + above
    )
    # The title of a given Axes was made before our settings held.
    words.set_fontfamily(list(style.families()))
    words.set_parse_math(False)
    words.set_usetex(False)


def footnote(ax: Axes, sentences: Iterable[str], width: float, below: float = 8) -> None:
    """Formula, number of reports, source and cautions under the chart, `below` points down."""
    # A drawn line is a little wider than a measured one.
    lines = (wrap(sentence, width * 0.96, style.NOTE) for sentence in sentences if sentence)
    text = "\n".join(lines)
    _grow(ax.get_figure(root=True), text)
    at, offset = (0, 0), (0, -below)
    size, colour = style.NOTE, style.GREY
    note(
        ax, text, at, offset, size=size, colour=colour, va="top", coords="axes fraction", gid="note"
    )


def _grow(figure: Figure | None, text: str) -> None:
    """A figure of our own becomes higher where the footnote is longer than most."""
    if figure and figure.get_gid() == style.OWN:
        more = max(text.count("\n") + 1 - _FOOT, 0) * style.NOTE * 1.25 / 72
        figure.set_figheight(figure.get_figheight() + more)


def around_page(figure: Figure, heading: str, sentences: Iterable[str]) -> None:
    """Title and footnote of a figure of several charts, across its width."""
    width = figure.get_figwidth() * 72 * 0.95 - 16
    inset = 8 / (figure.get_figwidth() * 72)
    text = wrap(heading, width, style.TITLE)
    head = figure.suptitle(text, x=inset, ha="left", fontsize=style.TITLE, color=style.INK)
    head.set_linespacing(1.15)
    told = "\n".join(wrap(sentence, width, style.NOTE) for sentence in sentences if sentence)
    _grow(figure, told)
    foot = figure.supxlabel(told, x=inset, ha="left", fontsize=style.NOTE, color=style.GREY)
    foot.set(gid="note", linespacing=1.15, multialignment="left")


def legend_above(ax: Axes, handles: Sequence[Artist], names: Sequence[str], width: float) -> float:
    """The height in points of a legend put above the chart, read row by row in the given order."""
    entry = max(text_width(name, style.TEXT) for name in names) + 3.2 * style.TEXT
    columns = max(1, min(len(names), int(width // entry)))
    rows = -(-len(names) // columns)
    columns = -(-len(names) // rows)
    # matplotlib fills a legend column by column; the form's order is read row by row.
    order = [i for column in range(columns) for i in range(column, len(names), columns)]
    ax.legend(
        [handles[i] for i in order],
        [names[i] for i in order],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        frameon=False,
        borderpad=0,
        borderaxespad=0.5,
        fontsize=style.TEXT,
        handlelength=1.0,
        handleheight=0.9,
        handletextpad=0.4,
        columnspacing=1.4,
        labelspacing=0.3,
    )
    return rows * style.TEXT * LINE_HEIGHT


def nothing_to_draw(ax: Axes | None, lang: str, reports: int, why: str = "nothing_read") -> Axes:
    """An Axes that says that there is nothing to draw, of how many reports, and why."""
    ax = style.canvas(ax, 2.0)
    ax.set_axis_off()
    text = say("nothing", lang)
    if reports:
        text += "\n" + say(why, lang, n=reports)
    note(ax, text, (0.5, 0.5), ha="center", coords="axes fraction", size=style.TEXT, gid="nothing")
    return ax
