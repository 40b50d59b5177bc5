"""Sphinx configuration of *Governing in Public*: one book, as a web site, a PDF and an EPUB."""

import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from bookext.common import i18n  # noqa: E402
from bookext.common.i18n import _  # noqa: E402
from govsocial.language import language as edition  # noqa: E402
from govsocial.language import noted  # noqa: E402

# BOOK_LANG, English by default; `make LANGUAGE=` and `tools/build.py --language` set it.
language = edition()
locale_dirs = ["locale"]
i18n.load(ROOT / "locale", language)
gettext_compact = False
gettext_additional_targets = ["index"]
# Straight apostrophes before a role would become closing quotes; Italian has one in every line.
smartquotes_excludes = {"languages": ["it", "ja", "zh_CN", "zh_TW"], "builders": ["man", "text"]}
# The alternative text of a figure is extracted with the picture.
nb_mime_priority_overrides = [
    ("gettext", "image/svg+xml", 1),
    ("gettext", "image/png", 2),
    ("typst", "image/svg+xml", 1),
    ("typst", "image/png", 2),
    ("typst", "image/jpeg", 3),
    ("typst", "text/html", 4),
    ("typst", "text/markdown", 5),
    ("typst", "text/plain", 6),
]

# Where the book lives: `[project.urls]` in pyproject.toml says it (Repository, Homepage, Students);
# a variable overrides it. Empty means: no address yet, and no link is shown. After a change `make
# labs` writes it into the first cell of each notebook.
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
URLS = PROJECT.get("urls", {})
REPOSITORY_URL = os.environ.get("BOOK_REPOSITORY_URL", URLS.get("Repository", ""))
BRANCH = os.environ.get("BOOK_BRANCH", "main")
# A repository with the students' copies alone (`make students`), which JupyterHub pulls.
STUDENTS_URL = os.environ.get("BOOK_STUDENTS_URL", URLS.get("Students", ""))
JUPYTERHUB_URL = os.environ.get("BOOK_JUPYTERHUB_URL", "")
BASE_URL = os.environ.get("BOOK_BASE_URL", URLS.get("Homepage", ""))
# Whether the pages of the labs show solutions and notes for instructors. `BOOK_SOLUTIONS=hidden`
# leaves them out, on the site, in the PDF and in the EPUB.
SOLUTIONS = os.environ.get("BOOK_SOLUTIONS", "shown")
# Where readers report a mistake: an address of mail, or of a form for issues of the repository.
REPORT = os.environ.get("BOOK_REPORT", f"{REPOSITORY_URL}/issues/new" if REPOSITORY_URL else "")
# Feeds and shared links need whole addresses. Without one, they name what `make serve` shows.
SITE_URL = f"{(BASE_URL or 'http://localhost:8000').rstrip('/')}/{i18n.folder_of(language)}"

project = _("Governing in Public")
SUBTITLE = _("How governments use social media to talk with citizens")
author = _("The Governing in Public contributors")
version = release = PROJECT["version"].removesuffix(".0")  # 0.1.0 is called 0.1
copyright = _("2026, the contributors. Text: CC BY 4.0")
book_keywords = [
    _("digital diplomacy"),
    _("e-government"),
    _("social media"),
    _("open data"),
]
PDF, TABLET, CHECKLIST = (
    f"{i18n.file_name(language)}{kind}.pdf" for kind in ("", "-tablet", "-checklist")
)

extensions = [
    "bookext.common",
    "myst_nb",
    "sphinx_book_theme",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_exercise",
    "sphinxcontrib.bibtex",
    "sphinxext.opengraph",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    # The book's own, a room per concern; each module names the upstream gap that it closes.
    "bookext.execution",
    "bookext.records",
    "bookext.tables",
    "bookext.upstream",
    "bookext.html",
    "bookext.notebooks",
    "bookext.typst",
    "bookext.epub",
    "bookext.blog",
    "bookext.countries",
]

# Folders that Sphinx need not even look into.
exclude_patterns = [".*", "_build"]
# What is a page, rather than what is not: no list of exceptions to keep.
include_patterns = [
    "index.md",
    "parts/*",
    "chapters/*",
    "countries/index.md",
    "countries/hub.md",
    "notebooks/*.md",
    "notebooks/solutions/*.ipynb",
    "back/*",
    "blog/**",
]

nitpicky = True
# Other projects' names cannot be looked up without a network; the library's own must resolve.
nitpick_ignore_regex = [(r"py:.*", r"(?!govsocial\b).*")]
numfig = True
numfig_secnum_depth = 1

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_dmath_allow_digits = False  # "$5 to $6" is money
myst_heading_anchors = 3

nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 600  # seconds, of one cell on a busy machine
nb_render_markdown_format = "myst"  # tables and formulas, as in the text
nb_code_prompt_show = _("Show the code")
nb_code_prompt_hide = _("Hide the code")
# One per language: the words of a figure are in its results.
nb_execution_cache_path = str(ROOT / "_build" / ".jupyter_cache" / language)

# Files to take away: name and file. The links say how large they are, if they were built.
book_files = {
    "pdf": (_("The book as PDF"), PDF),
    "tablet": (_("PDF for a tablet"), TABLET),
    "epub": (_("The book as EPUB"), PDF.replace(".pdf", ".epub")),
    "checklist": (_("The checklist, to print"), CHECKLIST),
}

book_report = REPORT
book_repository = REPOSITORY_URL
book_branch = BRANCH
book_students = STUDENTS_URL
book_hub = JUPYTERHUB_URL
book_solutions = SOLUTIONS

bibtex_bibfiles = ["references.bib", "data/sources.bib"]
bibtex_reference_style = bibtex_default_style = "governing"  # see bookext/records/bibliography.py

blog_baseurl = SITE_URL
blog_feed_subtitle = SUBTITLE
post_tags = [
    noted("audiences"),
    noted("data quality"),
    noted("diplomacy"),
    noted("emergencies"),
    noted("leaving"),
    noted("methods"),
    noted("rankings"),
    noted("transparency"),
]
post_categories = [noted("claims checked"), noted("counted anew")]
ogp_site_url = SITE_URL
ogp_social_cards = {"enable": False}  # see bookext/blog/card.py
ogp_enable_meta_description = False  # see bookext/html/about.py
ogp_custom_meta_tags = ['<meta name="twitter:card" content="summary_large_image" />']

autodoc_typehints = "none"
autodoc_use_type_comments = False  # there are none; to look for them takes a second
autodoc_member_order = "bysource"

templates_path = ["_templates"]
html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = SITE_URL if BASE_URL else ""
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_favicon = "_static/favicon.svg"
html_domain_indices = False
html_copy_source = False
html_show_sourcelink = False
html_math_renderer = "mathml"
html_sidebars: dict[str, list[str]] = {"**": []}  # see _templates/layout.html
html_context = {
    "subtitle": SUBTITLE,
    "default_mode": "light",  # what a page is before _static/early.js, or without it
}
html_theme_options = {
    "toc_title": _("On this page"),
    # The frame of the page is in _templates/layout.html: nothing of the theme's is put around it.
    "article_header_start": [],
    "article_header_end": [],
    "footer_content_items": [],
    "primary_sidebar_end": [],
    "secondary_sidebar_items": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}

book_subtitle = SUBTITLE
epub_basename = i18n.file_name(language)
epub_show_urls = "no"
# What PDF and EPUB leave to the online edition: lists that nobody reads on paper.
book_online_only = [
    "countries/hub",
    "back/numbers",
    "back/library",
    "back/posts",
]
