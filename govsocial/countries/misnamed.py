"""Accounts that the study of leaders' accounts gives a place, and that are somebody else's by name.

Read through all 195 places of its list of accounts. Listed is what by its name belongs to another
country, to a party, or to somebody else than the office or the leader that it is given for. Not
listed are bodies of the same government (a ministry, a portal, a news service, the president's
office beside a prime minister), which the study counts as the office, names of a person's title or
supporters, and names that say nothing. The study's numbers keep all of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """An account as the study gives it."""

    kind: str
    """``personal`` or ``institution``: what it is given for."""
    handles: dict[str, str]
    """By platform, as in the study's list."""

    @property
    def columns(self) -> frozenset[tuple[str, str]]:
        """Platforms and kind of the first months that are this account's."""
        return frozenset((platform, self.kind) for platform in self.handles)


GIVEN = {
    # The government's spokesman.
    "CHE": Given("personal", {"twitter": "BR_Sprecher"}),
    # The former kingdom.
    "LAO": Given("institution", {"facebook": "LaosKingdom"}),
    # The governing party.
    "MKD": Given("institution", {"twitter": "VMRO_DPMNE", "facebook": "vmromakedonija"}),
    # The portal of Oman.
    "PAK": Given("institution", {"twitter": "eomanportal", "facebook": "oman.om"}),
    # The Royal Hashemite Court of Jordan.
    "SAU": Given("personal", {"twitter": "RHCJO"}),
    # The presidency of Uruguay.
    "UZB": Given("institution", {"twitter": "Scpresidenciauy"}),
    # The pope, where the list names the president of the Governorate.
    "VAT": Given("personal", {"twitter": "pontifex", "facebook": "PopeFranciscus"}),
}
"""By the place that the study gives them to."""

OWNERS = {"OMN": "PAK", "URY": "UZB"}
"""Places whose office has an account in the study under another place, and that place. The royal
court of Jordan is not the prime minister's office, whom the study follows there."""
