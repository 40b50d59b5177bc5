"""What is said of a place, in whole sentences without its name.

A name in a sentence asks for an article, a case or a gender in many languages; the page has it in
its title. Every number is one of :mod:`~govsocial.countries.facts`; every plural is one of gettext.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from govsocial import labels
from govsocial.countries import names
from govsocial.countries.facts import (
    MEMBERS,
    PAGES_SINCE,
    Abroad,
    Ads,
    Arrival,
    Facts,
    Freedom,
    Listening,
    Removals,
    Row,
    Shutdowns,
    Voices,
)
from govsocial.countries.misnamed import GIVEN, OWNERS
from govsocial.countries.places import ADDRESSES
from govsocial.findings.control import KINDS_SINCE
from govsocial.language import plural, translation

_ = translation(__name__)
ngettext = plural(__name__)

MANY_REQUESTS = 20
"""Requests from which the sentence on bodies and reasons is made: of fewer, one says little."""

_OTHERS = len(ADDRESSES) - 1


def years(found: Iterable[int]) -> str:
    """Return years as words, those in a row as a range.

    >>> years([2013, 2016, 2015, 2017, 2020])
    '2013, 2015–2017, 2020'
    """
    runs: list[list[int]] = []
    for year in sorted(found):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def number(value: float) -> str:
    """Return a whole number as a reader of the language expects it."""
    return labels.decimal(value)


def _names_of(platform: str) -> str:
    return {"twitter": "Twitter", "facebook": "Facebook"}[platform]


# When they arrived ------------------------------------------------------------------------------


def arriving(code: str, arrival: Arrival) -> list[str]:
    """Say when a leader or an office came to Twitter and Facebook, and how many were earlier."""
    if arrival.first is None:
        return [
            *owned(code),
            ngettext(
                "No account of the head of government of January 2014, nor of the office, was seen "
                "on Twitter or Facebook by August 2015, as in {n} other place of the {studied} "
                "studied.",
                "No account of the head of government of January 2014, nor of the office, was seen "
                "on Twitter or Facebook by August 2015, as in {n} other places of the {studied} "
                "studied.",
                arrival.never - 1,
            ).format(n=arrival.never - 1, studied=arrival.studied),
            _(
                "The study follows one person for each place: a president or monarch beside the "
                "head of government is not counted here."
            ),
        ]
    said = [*misnamed(code), *owned(code), _first_months(arrival)]
    if not arrival.borrowed:
        said += _order(arrival)
    return said if code in GIVEN or code in OWNERS else [*said, *_whose(arrival)]


def misnamed(code: str) -> list[str]:
    """Say whose an account is by its name that the study gives to the place."""
    said = {
        "CHE": _(
            "The account that the study gives for the leader is by its name, {account}, that of "
            "the government's spokesman."
        ),
        "LAO": _(
            "The page that the study gives for the office bears the name {account}, after the "
            "former kingdom."
        ),
        "MKD": _(
            "The account that the study gives for the office is by its name, {account}, that of "
            "the governing party."
        ),
        "PAK": _(
            "The account that the study gives for the office is by its name, {account}, that of "
            "the portal of Oman."
        ),
        "SAU": _(
            "The account on Twitter that the study gives for the leader is by its name, {account}, "
            "that of the royal court of Jordan."
        ),
        "UZB": _(
            "The account that the study gives for the office is by its name, {account}, that of "
            "the presidency of Uruguay."
        ),
        "VAT": _(
            "The account that the study gives for the leader, in its list the president of the "
            "Governorate, is by its name, {account}, that of the pope."
        ),
    }
    if code not in said:
        return []
    return [said[code].format(account=_account(code)), _("Here it counts as in the study.")]


def owned(code: str) -> list[str]:
    """Say that the study gives an account of the place's office to another place."""
    said = {
        "OMN": _(
            "By its name, {account}, an account that the study gives to Pakistan is that of this "
            "country's portal. Here it counts as in the study."
        ),
        "URY": _(
            "By its name, {account}, an account that the study gives to Uzbekistan is that of this "
            "country's presidency. Here it counts as in the study."
        ),
    }
    return [said[code].format(account=_account(OWNERS[code]))] if code in said else []


def _account(code: str) -> str:
    handles = GIVEN[code].handles
    return f"@{handles['twitter']}" if "twitter" in handles else handles["facebook"]


def _first_months(arrival: Arrival) -> str:
    known = [("twitter", arrival.twitter), ("facebook", arrival.facebook)]
    seen = sorted((month, name) for name, month in known if month)
    (month, name), *later = seen
    if not later:
        other = "facebook" if name == "twitter" else "twitter"
        return _(
            "A leader or a leader's office was first seen on {first} in {month}, and on {other} "
            "not by August 2015."
        ).format(first=_names_of(name), month=labels.month(month), other=_names_of(other))
    if later[0][0] == month:
        return _(
            "A leader or a leader's office was first seen on Twitter and on Facebook in the same "
            "month, {month}."
        ).format(month=labels.month(month))
    return _(
        "A leader or a leader's office was first seen on {first} in {month}, and on {second} in "
        "{later}."
    ).format(
        first=_names_of(name),
        month=labels.month(month),
        second=_names_of(later[0][1]),
        later=labels.month(later[0][0]),
    )


def _order(arrival: Arrival) -> list[str]:
    """Say how many came earlier; nothing can be said where the first month is doubtful."""
    if arrival.doubtful:
        return [
            _(
                "Before {month} organisations could have no pages on Facebook: posts may have been "
                "dated back, or come from a person's profile, and we give no order of arrival."
            ).format(month=labels.month(PAGES_SINCE))
        ]
    if not arrival.earlier:
        said = _("Of {trusted} places whose dates we do not doubt, none was earlier.")
    else:
        said = ngettext(
            "Of {trusted} places whose dates we do not doubt, {n} was earlier.",
            "Of {trusted} places whose dates we do not doubt, {n} were earlier.",
            arrival.earlier,
        )
    found = [said.format(trusted=arrival.trusted, n=arrival.earlier)]
    if arrival.same:
        found.append(
            ngettext(
                "One other came in the same month.",
                "{n} others came in the same month.",
                arrival.same,
            ).format(n=arrival.same)
        )
    return found


def _whose(arrival: Arrival) -> list[str]:
    """Say whether the leader's own account or the office's was first."""
    firsts = {
        kind: min((month for _name, found, month in arrival.marks if found == kind), default=None)
        for kind in ("personal", "institution")
    }
    own, office = firsts["personal"], firsts["institution"]
    if arrival.doubtful or (own is None and office is None):
        return []
    if office is None:
        return [_("It was the leader's own account; none of the office was seen by August 2015.")]
    if own is None:
        return [_("It was the office's account; none of the leader's own was seen by August 2015.")]
    months = (office.year - own.year) * 12 + office.month - own.month
    if not months:
        return [_("Leader and office came together.")]
    if months > 0:
        said = ngettext(
            "The leader's own account was first; the office's followed {n} month later.",
            "The leader's own account was first; the office's followed {n} months later.",
            months,
        )
    else:
        said = ngettext(
            "The office's account was first; the leader's own followed {n} month later.",
            "The office's account was first; the leader's own followed {n} months later.",
            -months,
        )
    return [said.format(n=abs(months))]


# How its e-government is ranked -------------------------------------------------------------------


def listening(found: Listening, oecd: int | None) -> list[str]:
    """Say which places the UN gives, and which the OECD."""
    last = max(found.places)
    return [
        _latest(found, last),
        *_range(found),
        *_since_before(found, last),
        _("By e-government as a whole it had place {place} in {year}.").format(
            place=found.government[last], year=last
        ),
        *([_oecd(oecd)] if oecd else []),
    ]


def _latest(found: Listening, last: int) -> str:
    place, ties = found.places[last], found.tied[last] - 1
    if not ties:
        said = _("By e-participation the UN's experts put it at place {place} of {of} in {year}.")
    else:
        said = ngettext(
            "By e-participation the UN's experts put it at place {place} of {of} in {year}, with "
            "{n} other.",
            "By e-participation the UN's experts put it at place {place} of {of} in {year}, with "
            "{n} others.",
            ties,
        )
    return said.format(place=place, of=MEMBERS, year=last, n=ties)


def _range(found: Listening) -> list[str]:
    best, worst = min(found.places.values()), max(found.places.values())
    if best == worst:
        return [_("It had this place in all editions.")]
    return [
        _("Its best place was {best} ({best_years}), its lowest {worst} ({worst_years}).").format(
            best=best,
            best_years=years(year for year, place in found.places.items() if place == best),
            worst=worst,
            worst_years=years(year for year, place in found.places.items() if place == worst),
        )
    ]


def _since_before(found: Listening, last: int) -> list[str]:
    before = max((year for year in found.places if year < last), default=None)
    if before is None:
        return []
    place = found.places[before]
    if place == found.places[last]:
        said = _("In {year} it had the same place.")
    else:
        said = _("In {year} it had place {place}.")
    return [said.format(year=before, place=place)]


def _oecd(place: int) -> str:
    return _(
        "By the scores of the OECD's Digital Government Index of 2023, which covers 38 states, it "
        "had place {place}; the OECD itself ranks only the 33 of them that are its members."
    ).format(place=place)


# Leaders' accounts, and whom they name ------------------------------------------------------------


def voices(code: str, found: Voices | None, followers: int | None) -> list[str]:
    """Say how the leader's audience compares, and which accounts were collected."""
    said = []
    if followers:
        # An office's account has fewer followers than the leader's wherever it is misnamed.
        said += misnamed(code) if code in GIVEN and GIVEN[code].kind == "personal" else []
        said.append(
            _(
                "By the followers of its leader's account on Twitter, or of the office's where "
                "that has more, it had place {place} of 86."
            ).format(place=followers)
        )
    if found is None:
        return [*said, _("None of the 63 accounts whose posts were collected is from here.")]
    accounts = ", ".join(f"@{account}" for account in found.accounts)
    said.append(
        ngettext(
            "One of the 63 accounts whose posts were collected is from here: {accounts}.",
            "{n} of the 63 accounts whose posts were collected are from here: {accounts}.",
            len(found.accounts),
        ).format(n=len(found.accounts), accounts=accounts)
    )
    said.append(
        ngettext(
            "{n} post is stored, of {years}.", "{n} posts are stored, of {years}.", found.posts
        ).format(n=number(found.posts), years=years(found.years))
    )
    if not found.names:
        said.append(_("Of the 63 they name none from elsewhere."))
    if not found.named_by:
        said.append(_("Of the 63 none from elsewhere names them."))
    return said


# What it asks to have removed ---------------------------------------------------------------------


def removals(found: Removals) -> list[str]:
    """Say how much Google and Twitter were asked to take down, by whom and why."""
    return [*_google(found), *_most(found), *_why(found), *_twitter(found)]


def _google(found: Removals) -> list[str]:
    first, last = min(found.google), max(found.google)
    span = {"first": first, "last": last}
    if not found.total:
        return [
            ngettext(
                "Google counted no request to take content down from {first} to {last}, as for "
                "{n} other place.",
                "Google counted no request to take content down from {first} to {last}, as for "
                "{n} other places.",
                found.none,
            ).format(n=found.none, **span)
        ]
    if found.more_than == _OTHERS:
        said = _(
            "Google counted {n} requests to take content down from {first} to {last}, more than "
            "from any other place."
        )
        return [said.format(n=number(found.total), **span)]
    return [
        ngettext(
            "Google counted {n} request to take content down from {first} to {last}, more than "
            "from {fewer} of {others} other places.",
            "Google counted {n} requests to take content down from {first} to {last}, more than "
            "from {fewer} of {others} other places.",
            found.total,
        ).format(n=number(found.total), fewer=found.more_than, others=_OTHERS, **span)
    ]


def _most(found: Removals) -> list[str]:
    most = max(found.google.values())
    if found.total < 2:
        return []
    if most == 1:
        return [_("There was never more than one a year.")]
    when = [year for year, requests in found.google.items() if requests == most]
    if most == found.total:
        return [_("All came in {years}.").format(years=years(when))]
    said = (
        _("The most in one year: {n} ({years}).")
        if len(when) == 1
        else _("The most in one year: {n}, more than once ({years}).")
    )
    return [said.format(years=years(when), n=number(most))]


def _why(found: Removals) -> list[str]:
    if found.total < MANY_REQUESTS:
        return []
    asked = sum(found.bodies.values())
    if asked < MANY_REQUESTS:
        return [_reason(found.reasons)]
    said = _(
        "Google names the kinds of bodies only from {year} on, and counted {n} requests since."
    )
    since = said.format(year=KINDS_SINCE.year, n=number(asked))
    return [_reason(found.reasons), since, _who(found.bodies)]


def _first(counts: dict[str, int]) -> list[str]:
    """Return whatever has the highest count: more than one in a tie."""
    most = max(counts.values())
    return [name for name, count in counts.items() if count == most]


def _who(bodies: dict[str, int]) -> str:
    body, *tied = _first(bodies)
    if tied:
        return _("No kind of body made more than all others: {n} kinds made {asked} each.").format(
            n=1 + len(tied), asked=number(bodies[body])
        )
    return _mostly(body) if bodies[body] * 2 > sum(bodies.values()) else _plurality(body)


def _reason(reasons: dict[str, int]) -> str:
    first = _first(reasons)
    share = labels.decimal(reasons[first[0]] / sum(reasons.values()), "0%")
    if len(first) == 1:
        said = _("The reason most often given, in Google's classes: {reason} ({share}).")
        return said.format(reason=reason_name(first[0]), share=share)
    said = _("The reasons most often given, in Google's classes: {reasons} ({share} each).")
    return said.format(reasons="; ".join(map(reason_name, first)), share=share)


def _mostly(body: str) -> str:
    return {
        "agency": _("Agencies for consumers or data protection made most of them."),
        "communications": _("Communications authorities made most of them."),
        "court": _("Most of them were orders of courts."),
        "executive": _("Other bodies of the executive made most of them."),
        "other": _("Bodies that Google does not class made most of them."),
        "police": _("Police and military made most of them."),
    }[body]


def _plurality(body: str) -> str:
    return {
        "agency": _("Agencies for consumers or data protection made more than any other kind."),
        "communications": _("Communications authorities made more than any other kind of body."),
        "court": _("Orders of courts were more than those of any other kind of body."),
        "executive": _("Other bodies of the executive made more than any other kind."),
        "other": _("Bodies that Google does not class made more than any other kind."),
        "police": _("Police and military made more than any other kind of body."),
    }[body]


def reason_name(reason: str) -> str:
    """Return Google's class of a reason in the language of the edition."""
    return {
        "Adult content": _("adult content"),
        "Bullying harassment": _("bullying and harassment"),
        "Business complaints": _("business complaints"),
        "Copyright": _("copyright"),
        "Defamation": _("defamation"),
        "Drug abuse": _("drug abuse"),
        "Electoral law": _("electoral law"),
        "Fraud": _("fraud"),
        "Geographical dispute": _("geographical dispute"),
        "Government criticism": _("government criticism"),
        "Hate speech": _("hate speech"),
        "Impersonation": _("impersonation"),
        "National security": _("national security"),
        "Obscenity/Nudity": _("obscenity or nudity"),
        "Other": _("other reasons"),
        "Privacy and security": _("privacy and security"),
        "Regulated goods and services": _("regulated goods and services"),
        "Religious offense": _("religious offence"),
        "Suicide promotion": _("promotion of suicide"),
        "Trademark": _("trade marks"),
        "Unspecified": _("not specified"),
        "Violence": _("violence"),
    }[reason]


def _twitter(found: Removals) -> list[str]:
    if not found.twitter:
        return [_("Twitter's reports of 2012 to 2018 state no number, which is not zero.")]
    total = sum(found.twitter.values())
    if total:
        said = ngettext(
            "Twitter stated {n} request for {years}.",
            "Twitter stated {n} requests for {years}.",
            total,
        )
    else:
        said = _("Twitter stated none for {years}.")
    stated = said.format(n=number(total), years=years(found.twitter))
    if not found.halves:
        return [stated]
    half = _("For {years} it stated one half of the year only.")
    return [stated, half.format(years=years(found.halves))]


# When the net or a service was cut ----------------------------------------------------------------


def shutdowns(code: str, found: Shutdowns) -> list[str]:
    """Say how many shutdowns the coalition confirmed; none confirmed is not none."""
    said = [_nationwide(found), *_repeated(found.repeated), *_same_day(found.same_day)]
    said += [_any_size(found.events), *_joint(found), *_services(found)]
    if code == "IND":
        said.append(_("Most of these are cuts in single districts."))
    if not found.events and not sum((found.nationwide or {}).values()):
        said.append(_("That none was confirmed does not mean that there was none."))
    return said


def _nationwide(found: Shutdowns) -> str:
    if found.nationwide is None:
        return _(
            "The #KeepItOn coalition's nationwide shutdowns are counted for 179 places, and not "
            "for this one."
        )
    total = sum(found.nationwide.values())
    if not total:
        return ngettext(
            "The #KeepItOn coalition confirmed no nationwide shutdown from 2016 to 2024, as for "
            "{n} other place.",
            "The #KeepItOn coalition confirmed no nationwide shutdown from 2016 to 2024, as for "
            "{n} other places.",
            found.unhurt,
        ).format(n=found.unhurt)
    return ngettext(
        "The #KeepItOn coalition confirmed {n} nationwide shutdown, begun in {years}.",
        "The #KeepItOn coalition confirmed {n} nationwide shutdowns, begun in {years}.",
        total,
    ).format(n=total, years=years(year for year, n in found.nationwide.items() if n))


def _repeated(events: int) -> list[str]:
    """Say how many of the nationwide ones are another one once more, as far as the list tells."""
    if not events:
        return []
    return [
        ngettext(
            "One of them repeats another in all that the list tells.",
            "{n} of them repeat another in all that the list tells.",
            events,
        ).format(n=events)
    ]


def _same_day(events: int) -> list[str]:
    """Say how many others begin when another does: the list may have one cut more than once."""
    if not events:
        return []
    return [
        ngettext(
            "{n} of them begins on the same day as another, and may be the same cut listed twice.",
            "{n} of them begin on the same day as another, and may be the same cut listed more "
            "than once.",
            events,
        ).format(n=events)
    ]


def _any_size(events: dict[int, int]) -> str:
    total = sum(events.values())
    if not total:
        return _("Its newer list, of shutdowns of any size from 2016 to 2025, has none.")
    return ngettext(
        "Its newer list, of shutdowns of any size from 2016 to 2025, has {n}, in {years}.",
        "Its newer list, of shutdowns of any size from 2016 to 2025, has {n}, in {years}.",
        total,
    ).format(n=number(total), years=years(events))


def _joint(found: Shutdowns) -> list[str]:
    """Say of how many events the list names other countries as well."""
    if not found.joint:
        return []
    if found.joint == sum(found.events.values()):
        said = ngettext(
            "The list puts it in several countries at once, and does not say in which of them it "
            "was ordered.",
            "The list puts them in several countries at once, and does not say in which of them "
            "they were ordered.",
            found.joint,
        )
    else:
        said = ngettext(
            "One of them it puts in several countries at once, and does not say in which it was "
            "ordered.",
            "{n} of them it puts in several countries at once, and does not say in which they were "
            "ordered.",
            found.joint,
        )
    return [said.format(n=found.joint)]


def _services(found: Shutdowns) -> list[str]:
    """Say how many events were of single services while the network ran."""
    if not found.services:
        return []
    return [
        ngettext(
            "In {n} event of this list single services were cut, not the whole network.",
            "In {n} events of this list single services were cut, not the whole network.",
            found.services,
        ).format(n=number(found.services))
    ]


# How experts rate internet censorship -------------------------------------------------------------


def compared(found: Freedom) -> list[int]:
    """Return the last year with an estimate, and ten years before if it has one, too."""
    last = max(found.estimates)
    return [year for year in (last, last - 10) if year in found.estimates]


def freedom(found: Freedom) -> list[str]:
    """Say how many places are rated as having more effort to censor the internet, and less."""
    last, *earlier = compared(found)
    said = [
        _(
            "V-Dem's experts put the government's effort to censor the internet in {year} higher "
            "in {more} of {rated} other places, and lower in {less}."
        ).format(year=last, more=found.more[last], rated=found.rated[last], less=found.less[last])
    ]
    for before in earlier:
        said.append(
            _("Ten years before it was higher in {more} of {rated}, and lower in {less}.").format(
                more=found.more[before], rated=found.rated[before], less=found.less[before]
            )
        )
    if found.disinformation:
        more, less, rated = found.disinformation
        said.append(
            _(
                "In 2021 they put the spreading of false information at home by the government "
                "higher in {more} of {rated} other places, and lower in {less}."
            ).format(more=more, rated=rated, less=less)
        )
    return said


# Abroad, and others here --------------------------------------------------------------------------


def abroad(found: Abroad) -> list[str]:
    """Say where the own missions stand, and what accounts others have here."""
    said = []
    if found.missions:
        said.append(
            _(
                "By its embassies, consulates and missions abroad it had place {place} of 66 in "
                "2024."
            ).format(place=found.missions)
        )
    if found.american:
        accounts = sum(found.american.values())
        where = ", ".join(f"{name} {n}" for name, n in sorted(found.american.items()))
        said.append(
            ngettext(
                "In April 2012 the United States listed {n} account of its offices here ({where}).",
                "In April 2012 the United States listed {n} accounts of its offices here "
                "({where}).",
                accounts,
            ).format(n=accounts, where=where)
        )
    return [*said, *_swedish(found.swedish)]


def _swedish(missions: Sequence[tuple[str, dt.date | None]]) -> list[str]:
    """Say what became of the accounts of Sweden's missions, as read in February 2026."""
    dates = sorted(day for _state, day in missions if day)
    closed = sum(state == "closed" for state, _day in missions)
    unlisted = sum(state == "unlisted" for state, _day in missions)
    said = []
    if dates:
        said.append(
            ngettext(
                "On X, the account of one of Sweden's missions here was read in February 2026; its "
                "last post was of {last}.",
                "On X, the accounts of {n} of Sweden's missions here were read in February 2026; "
                "their last posts were of {first} and {last}.",
                len(dates),
            ).format(n=len(dates), first=labels.date(dates[0]), last=labels.date(dates[-1]))
        )
    if closed:
        said.append(
            ngettext(
                "By February 2026 the account of one of Sweden's missions here was closed.",
                "By February 2026 the accounts of {n} of Sweden's missions here were closed.",
                closed,
            ).format(n=closed)
        )
    if unlisted:
        said.append(
            ngettext(
                "Of one Swedish mission here Wikidata named no account on X.",
                "Of {n} Swedish missions here Wikidata named no account on X.",
                unlisted,
            ).format(n=unlisted)
        )
    return said


# Members of parliament ----------------------------------------------------------------------------


def member_list(code: str, row: Row) -> str:
    """Return what one list counts, as an item of a list."""
    numbers = {
        "body": _body(code, row.body),
        "platform": row.platform,
        "listed": number(row.listed),
        "members": number(row.members),
        "date": labels.date(row.checked) if row.checked else _("November 2015"),
    }
    if over_seats(row):
        return _(
            "{body}, {platform}: {listed} in the list of {date}, which holds all members since "
            "2017; the House has {members} seats."
        ).format(**numbers)
    if row.posting is None or not row.listed:
        return _("{body}, {platform}: {listed} of {members} in the list of {date}.").format(
            **numbers
        )
    return ngettext(
        "{body}, {platform}: {listed} of {members} in the list of {date}; {posting} of them posted "
        "in the {days} day before.",
        "{body}, {platform}: {listed} of {members} in the list of {date}; {posting} of them posted "
        "in the {days} days before.",
        row.window or 0,
    ).format(posting=row.posting, days=row.window, **numbers)


def over_seats(row: Row) -> bool:
    """Return whether a list holds former members, and is seen over the seats."""
    return row.body == "House of Commons" and row.checked is not None


def _body(code: str, name: str) -> str:
    """Return the name of a parliament, where its source calls it by another one, or of a term."""
    name = {
        ("DEU", "Bundestag of 2021 to 2025"): _("Bundestag of 2021 to 2025"),
        ("ITA", "House of Representatives"): "Camera dei deputati",
        ("ITA", "Senate"): "Senato della Repubblica",
    }.get((code, name), name)
    if not name:
        return _("European Parliament, members from here")
    return _("Government") if name.startswith("Government of ") else name


# Political advertising ----------------------------------------------------------------------------


def ads(reports: Sequence[Ads]) -> list[str]:
    """Say how many advertisers Meta's reports name."""
    return [
        ngettext(
            "Meta's report of {year} names {n} advertiser of ads about politics and social issues; "
            "of {stated} it states an amount, above 100 {currency}.",
            "Meta's report of {year} names {n} advertisers of ads about politics and social "
            "issues; of {stated} it states an amount, above 100 {currency}.",
            report.advertisers,
        ).format(
            year=report.year,
            n=number(report.advertisers),
            stated=number(report.stated),
            currency=report.currency,
        )
        for report in reports
    ]


# Status, parts, and what our tables do not count --------------------------------------------------


def status(code: str) -> str:
    """Return what must be said of a place that is no member of the United Nations."""
    if code in {"XKX", "TWN"}:
        return _(
            "States do not agree on its status. It has a page because at least four of our sources "
            "count it by itself; the United Nations, and studies of its members, leave it out."
        )
    if code == "PSE":
        return _(
            "It is an observer at the United Nations; states do not agree on its status. The UN "
            "ranks its members only."
        )
    if code == "VAT":
        return _("It is an observer at the United Nations, which ranks its members only.")
    return ""


def not_counted(facts: Facts) -> list[tuple[str, str]]:
    """Return what no table of the book counts, with the reason: key of the section, sentence."""
    found = []
    if facts.arrival is None:
        found.append(
            ("arriving", _("The study of leaders' accounts covers 195 places, and not this one."))
        )
    if facts.listening is None:
        found.append(("listening", _("The UN ranks its {n} members only.").format(n=MEMBERS)))
    if facts.voices is None and facts.followers is None:
        found.append(
            (
                "voices",
                _(
                    "None of the 63 accounts whose posts were collected is from here, and the "
                    "study that counted followers on Twitter has no number from here."
                ),
            )
        )
    if facts.freedom is None:
        found.append(("freedom", _unrated(facts.code)))
    if not any((facts.abroad.missions, facts.abroad.american, facts.abroad.swedish)):
        found.append(
            (
                "abroad",
                _(
                    "The index of missions abroad covers 66 countries, and it is not among the 50 "
                    "of them that we have; neither the United States' list of 2012 nor that of "
                    "Sweden's missions of 2026 names an office here."
                ),
            )
        )
    if not facts.parliament:
        found.append(
            (
                "parliament",
                _("No list of its members' accounts that we know is complete enough to count."),
            )
        )
    if not facts.ads:
        found.append(("ads", _("The reports of Meta that we have are of 16 other places.")))
    return found


def _unrated(code: str) -> str:
    if code == "PSE":
        return _("V-Dem rates the West Bank and Gaza apart, so that there is no one estimate.")
    return _("V-Dem rates 179 places, and not this one.")


def name_of(word: str) -> str:
    """Return the name of a place or organisation that accounts are from."""
    return {"EU": _("European Union"), "NATO": "NATO"}.get(word) or names.short(word)
