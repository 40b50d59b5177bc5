"""What sets a place apart: the facts in which it is among the first or the last of all.

What is said is a count, never a judgement, and never from a date that is doubted.
"""

from __future__ import annotations

from collections.abc import Sequence

from govsocial.countries.facts import (
    MEMBERS,
    Arrival,
    Facts,
    Freedom,
    Listening,
    Removals,
    Shutdowns,
)
from govsocial.countries.places import ADDRESSES
from govsocial.language import plural, translation

_ = translation(__name__)
ngettext = plural(__name__)

_OTHERS = len(ADDRESSES) - 1

EXTREME = 0.12
"""Share of places, from either end, within which a fact stands out."""


def stands_out(facts: Facts, everywhere: Sequence[Facts]) -> str:
    """Return the two facts that set a place apart the most, or say that none of them does.

    Facts with a doubtful date are left out. What is said is a count, never a judgement.

    Parameters
    ----------
    facts
        Those of the place.
    everywhere
        Those of all places.
    """
    found = sorted(_candidates(facts, everywhere))[:2]
    found = [(share, said) for share, said in found if share <= EXTREME]
    if not found:
        return _(
            "By what is known of date of arrival, UN places, requests to Google, nationwide "
            "shutdowns, censorship and followers, it does not stand out."
        )
    if len(found) == 1:
        return _("What stands out: {fact}.").format(fact=found[0][1])
    return _("What stands out: {first}; {second}.").format(first=found[0][1], second=found[1][1])


def _candidates(facts: Facts, everywhere: Sequence[Facts]) -> list[tuple[float, str]]:
    """Return facts, each with the share of places that are as far from the middle or further."""
    return [
        *_early(facts.arrival),
        *_un_place(facts.listening),
        *_un_change(facts.listening, everywhere),
        *_requests(facts.removals),
        *_cuts(facts.shutdowns, everywhere),
        *_censorship(facts.freedom),
        *_audience(facts.followers),
    ]


def _early(arrival: Arrival | None) -> list[tuple[float, str]]:
    if arrival is None or arrival.first is None or arrival.doubtful or arrival.borrowed:
        return []
    later = arrival.trusted - 1 - arrival.earlier - arrival.same
    said = _(
        "a leader or office seen on Twitter or Facebook before those of {n} of {others} others"
    )
    share = (arrival.earlier + arrival.same + 1) / arrival.trusted
    return [(share, said.format(n=later, others=arrival.trusted - 1))]


def _un_place(found: Listening | None) -> list[tuple[float, str]]:
    if found is None:
        return []
    last = max(found.places)
    place, tied = found.places[last], found.tied[last]
    share = min(place + tied - 1, MEMBERS - place + 1) / MEMBERS
    said = _("place {place} of {of} by e-participation in the UN's survey of {year}")
    return [(share, said.format(place=place, of=MEMBERS, year=last))]


def _change(found: Listening | None) -> tuple[int, int, int]:
    """Return how many places were gained over ten years, and the two years."""
    if found is None:
        return 0, 0, 0
    last = max(found.places)
    before = max((year for year in found.places if year <= last - 10), default=last)
    return found.places[before] - found.places[last], before, last


def _un_change(found: Listening | None, everywhere: Sequence[Facts]) -> list[tuple[float, str]]:
    gained, before, last = _change(found)
    if found is None or not gained:
        return []
    all_gained = [_change(other.listening)[0] for other in everywhere if other.listening]
    further = sum(other >= gained if gained > 0 else other <= gained for other in all_gained)
    said = _(
        "from place {first} in {before} to place {second} in {last} by e-participation in the UN's "
        "survey"
    ).format(first=found.places[before], before=before, second=found.places[last], last=last)
    return [(further / len(all_gained), said)]


def _requests(found: Removals) -> list[tuple[float, str]]:
    if not found.total:
        return []
    if found.more_than == _OTHERS:
        said = _("more requests to Google to take content down than from any other place")
    else:
        said = _(
            "more requests to Google to take content down than from {n} of {others} other places"
        )
    share = (_OTHERS - found.more_than + 1) / (_OTHERS + 1)
    return [(share, said.format(n=found.more_than, others=_OTHERS))]


def _cuts(found: Shutdowns, everywhere: Sequence[Facts]) -> list[tuple[float, str]]:
    total = sum((found.nationwide or {}).values())
    if not total:
        return []
    counted = [other.shutdowns.nationwide for other in everywhere]
    totals = [sum(each.values()) for each in counted if each is not None]
    share = sum(each >= total for each in totals) / len(totals)
    if found.repeated or found.same_day:
        said = _(
            "{n} nationwide shutdowns of the network or of a service in the coalition's list of "
            "2016 to 2024, which may hold some of them twice"
        )
    else:
        said = ngettext(
            "{n} nationwide shutdown of the network or of a service confirmed from 2016 to 2024",
            "{n} nationwide shutdowns of the network or of a service confirmed from 2016 to 2024",
            total,
        )
    return [(share, said.format(n=total))]


def _censorship(found: Freedom | None) -> list[tuple[float, str]]:
    if found is None:
        return []
    last = max(found.estimates)
    more, less, rated = found.more[last], found.less[last], found.rated[last]
    if more < less:
        said = _(
            "more effort to censor the internet, as V-Dem's experts see it, than in {n} of {rated} "
            "other places"
        ).format(n=less, rated=rated)
        return [((rated - less + 1) / (rated + 1), said)]
    said = _(
        "less effort to censor the internet, as V-Dem's experts see it, than in {n} of {rated} "
        "other places"
    ).format(n=more, rated=rated)
    return [((rated - more + 1) / (rated + 1), said)]


def _audience(place: int | None) -> list[tuple[float, str]]:
    if place is None:
        return []
    said = _("place {place} of 86 by the followers of its leader, or of the office, on Twitter")
    return [(place / 86, said.format(place=place))]
