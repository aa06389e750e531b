"""Configuration of Sphinx for the documentation; nothing is fetched from the network."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_pages

write_pages(Path(__file__).parent / "generated")

project = "tulevaisuus"
copyright = "the tulevaisuus contributors"  # noqa: A001 - the name that Sphinx requires
author = "the tulevaisuus contributors"
release = version = installed_version("tulevaisuus")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "site_extension",  # ours, beside this file
]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"tulevaisuus {release}"
html_theme_options = {"top_of_page_buttons": []}  # the source of a page is for tools: llms.txt
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("filter.js", {"defer": "defer"}), ("accessible.js", {"defer": "defer"})]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Notebooks are stored without outputs and run in each build; an error fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120

# The copy button copies only the code: no prompts, no output.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"

napoleon_google_docstring = True
napoleon_numpy_docstring = False

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # as they are written: an object's repr may have an address
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True

# Our own unknown names are errors; those of other libraries cannot be looked up offline.
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(?!tulevaisuus\.).*"),
    (r"py:.*", r"tulevaisuus\..*\.[A-Z](_co)?"),  # type variables have no page
    (r"py:.*", r"tulevaisuus\..*\._.*"),  # private bases have no page
    # The bases of code lists and text values, and types in signatures only, have no page.
    (r"py:.*", r"tulevaisuus\.model\.codelists\.(Code|Labelled)"),
    (r"py:.*", r"tulevaisuus\.model\.texts_of_fixed_form\.TextValue"),
    (r"py:.*", r"tulevaisuus\.findings\.(unchecked\.Located|pydantic_and_notebooks\.\w+)"),
    (r"py:.*", r"tulevaisuus\.(formats\.reading_result\.(Locator|Repeated)|model\.period\.Bound)"),
    (r"py:.*", r"tulevaisuus\.(charts|exchange|frames|funding)\.(\w+\.)+\w+"),  # as above
    (
        r"py:.*",
        r"tulevaisuus\.model\.(field_type_base|field_types|text_number_and_date_types)\.\w+",
    ),
]
