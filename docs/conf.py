"""The documentation site: ``uv run --group docs sphinx-build -W docs site``.

The notebooks are executed here, in a fresh home, without keys and without a network; so the
site shows what they show. ``-D nb_execution_mode=off`` leaves that out.
"""

from __future__ import annotations

import inspect
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import thumbnb as tb
from thumbnb.client.runtime.three_way import RemoteMethod

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
NOTEBOOKS = HERE / "notebooks"

project = "thumbnb"
copyright = "the authors of thumbnb, MIT licence"  # noqa: A001 - Sphinx's name
release = version = tb.__version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_copybutton"]
exclude_patterns = ["_build", "notebooks/README.md"]
# "bytes" in a signature is Python's, and also the name of properties here.
suppress_warnings = ["mystnb.unknown_mime_type", "ref.python"]
myst_heading_anchors = 3

# -- the API ---------------------------------------------------------------------------
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True}
python_use_unqualified_type_names = True

# -- the notebooks --------------------------------------------------------------------
nb_execution_mode = "auto"
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_ipywidgets_js: dict[str, Any] = {}  # a page without a kernel shows the widgets' images
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]

# -- how it looks: nothing is fetched from elsewhere ------------------------------------
html_theme = "pydata_sphinx_theme"
html_title = "thumbnb"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 3,
    "show_prev_next": False,
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
copybutton_prompt_text = ">>> "


def prepare(app: Sphinx) -> None:
    """Copy the notebooks beside the pages, and give their kernels a fresh home."""
    shutil.rmtree(NOTEBOOKS, ignore_errors=True)
    shutil.copytree(HERE.parent / "notebooks", NOTEBOOKS)
    for name in ("VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "OPENAI_API_KEY", "THUMBNB_TOKEN"):
        os.environ.pop(name, None)
    home = tempfile.mkdtemp(prefix="thumbnb-docs-")
    os.environ["THUMBNB_HOME"] = home
    app.connect("build-finished", lambda *_: shutil.rmtree(home, ignore_errors=True))


def plain_methods() -> None:
    """Show methods that are called three ways as the functions they are written as."""
    public = [value for name in tb.__all__ if inspect.isclass(value := getattr(tb, name))]
    for kind in {base for each in public for base in each.__mro__}:
        for name, value in list(vars(kind).items()):
            if isinstance(value, RemoteMethod):
                setattr(kind, name, inspect.unwrap(value))


def setup(app: Sphinx) -> None:
    """Join in where Sphinx reads its configuration."""
    plain_methods()
    app.connect("builder-inited", prepare)
