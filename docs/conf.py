"""The guide, built by `make guide` with Sphinx from docs/, the notebooks and data/README.md."""

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

lexers["layers"] = TextLexer()  # the list in architecture.md that a test reads

project = "gxtools"
language = "zh_CN"
html_title = "gxtools"
html_theme = "sphinx_book_theme"
html_show_copyright = False
html_show_sphinx = False
html_theme_options = {"show_toc_level": 2, "home_page_in_toc": True, "navbar_persistent": []}
extensions = ["myst_nb"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # pages that are read on their own may begin at any level
nb_ipywidgets_js = {}  # the pages ask nothing of the network
nb_execution_mode = "off"  # the notebooks are kept with their output; the tests execute them
