"""How true a register of official accounts is, five years later."""

from __future__ import annotations

import pandas as pd

from govsocial.decay import dead_links
from govsocial.uncertainty import Estimate


def mistaken(links: pd.DataFrame) -> pd.Series[bool]:
    """Return which addresses look like errors of entry rather than dead pages.

    Their name has an underscore, which Facebook's addresses cannot have, or is new and that of
    a Twitter account of 2012.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.
    """
    return links["underscore"] | (links["twitter_name"] & ~links["in_2012"])


def dead(links: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of Facebook addresses without a page, by group of the register.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.
    """
    groups = dead_links(links)[["share", "low", "high"]]
    return {str(name): Estimate(*row) for name, row in groups.iterrows()}
