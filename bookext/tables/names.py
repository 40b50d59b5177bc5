"""Where the pages of tables are: addresses that stay."""

from __future__ import annotations

FOLDER = "data"


def page_of(table: str) -> str:
    """Return the page of a table, beside its files.

    >>> page_of("egdi_ranks")
    'data/egdi_ranks'
    """
    return f"{FOLDER}/{table}"


def label_of(table: str) -> str:
    """Return the name by which texts refer to a table.

    >>> label_of("egdi_ranks")
    'table-egdi_ranks'
    """
    return f"table-{table}"
