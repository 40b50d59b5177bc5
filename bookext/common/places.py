"""Where the pages are that the extensions know by name."""

from __future__ import annotations

CHAPTERS = "chapters/"
PARTS = "parts/"
BLOG = "blog"
POSTS = f"{BLOG}/"
LABS = "notebooks/"
LAB_OVERVIEW = "notebooks/index"
LAB_SOLUTIONS = "notebooks/solutions/"
OVERVIEWS = (PARTS, LAB_OVERVIEW)
"""Pages that lead to those of a part."""

COUNTRY_LIST = "countries/index"
HUB = "countries/hub"
DATA = "back/data"
NUMBERS = "back/numbers"
BIBLIOGRAPHY = "back/bibliography"
CHECKLIST = "back/checklist"
GLOSSARY = "back/glossary"
LIBRARY = "back/library"
ONLINE = "back/online"
SOLUTIONS = "back/solutions"
NOT_FOUND = "404"
