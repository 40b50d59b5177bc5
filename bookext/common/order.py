"""The order in which the book's extensions act: every priority, in the order of a build.

Sphinx runs handlers and transforms by number, the lowest first; what another extension does at
which number is said beside ours. Handlers that are connected without one of these have Sphinx's
default, 500, and do not care who comes first.
"""

from __future__ import annotations

from enum import IntEnum


class Config(IntEnum):
    """Handlers of ``config-inited``."""

    CHOOSE_POSTS = 600  # after Sphinx has checked the settings


class BeforeReading(IntEnum):
    """Handlers of ``env-before-read-docs``."""

    DESCRIPTORS = 400  # before pages run (500)
    COUNTRIES = 600  # the pages have run (500)


class Reading(IntEnum):
    """Transforms of a page that is read (docutils' smart quotes: 855)."""

    TRANSLATABLE = 8  # before Sphinx keeps the messages (10) and translates them (20)
    LEAD_PARAGRAPH = 9
    TRANSLATED = 21
    IMAGE_NAMES = 209
    COLLECT_OUTPUTS = 210  # MyST-NB has put the results into the page
    OWN_NUMBERS = 211
    FIGURE_LINES = 211
    PAGE_CHECKS = 212
    INTERACTIVE_DATA = 213
    APOSTROPHES = 855
    MENTIONS = 860  # the text is as it will be printed
    SPOTS = 870


class Read(IntEnum):
    """Handlers of ``doctree-read``: the page is whole."""

    DESCRIBE_POST = 600  # after Sphinx's collectors
    NUMBERED = 900  # after all who change the page


class Updated(IntEnum):
    """Handlers of ``env-updated``: all pages are read."""

    CONTENTS = 100  # before anybody follows them
    CITATION_LETTERS = 400  # before sphinxcontrib-bibtex formats the entries (500)


class Numbering(IntEnum):
    """Handlers of ``env-get-updated``."""

    POST_FIGURES = 600  # after Sphinx has numbered the figures of the book
    READERS = 700


class Writing(IntEnum):
    """Post-transforms of a page that is written."""

    FIGURE_COPIES = 3  # before MyST-NB chooses among the formats of a picture (4)
    COUNTRY_LINKS = 6
    LISTS = 7  # ledger, catalogue, posts and numbers: before Sphinx resolves references (10)
    TABLE_LINKS = 8
    IMAGES = 50  # after MyST-NB has chosen
    FIGURE_PAGES = 51
    APOSTROPHES = 100  # all lists are filled
    FOLDED_CELLS = 197
    FOLDS = 198  # before MyST-NB folds what it is told to (199)


class Resolved(IntEnum):
    """Handlers of ``doctree-resolved``: the page is ready."""

    PAGE_BREAKS = 500
    SOLUTIONS = 600
    FOLDS = 700  # after the chapter's notebook is written from the page
    PREVIEWS = 800


class PageContext(IntEnum):
    """Handlers of ``html-page-context`` (the theme's: 500 and later)."""

    ONE_SHEET = 1  # before all who add a style sheet to a single page
    WORDS = 300
    BLOG = 300  # the theme leaves out parts of the page that are empty by then
    POST_PICTURES = 400  # after the posts are known to the page
    ABOUT = 450  # after their pictures, before sphinxext-opengraph reads what the page says (500)
    SHELL = 600  # after the posts are known to the page
    DEFERRED_SCRIPTS = 999  # after all who add a script


class Pages(IntEnum):
    """Handlers of ``html-collect-pages``."""

    FEEDS = 900  # after the lists of posts


class Finished(IntEnum):
    """Handlers of ``build-finished``."""

    FIGURE_PAGES = 800  # the folder of the figures is made anew by then (500)
    LEFTOVERS = 890
    STYLE_SHEET = 900  # all pages are there
    FALLBACK = 950  # the sheet has its version
    SEARCH = 960  # nothing is added to the pages any longer
    WARNED = 990  # nobody has anything to say any longer
