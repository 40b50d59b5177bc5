"""What the page of a place says: sections in their order, each with its source and its caveat.

The pages of the site are made of these alone (:func:`leave` hands them over in one record), so that
all words and numbers are the library's, and the site needs no table.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from IPython.display import display

from govsocial import labels, tables
from govsocial.contract import COUNTRIES, GLUE
from govsocial.countries import hub, names, outstanding, sentences, strips, world_map
from govsocial.countries.facts import (
    PAGES_SINCE,
    UNSEEN,
    Arrival,
    Facts,
    Freedom,
    World,
    doubted,
    world,
)
from govsocial.countries.places import ADDRESSES
from govsocial.findings.control import KINDS_SINCE
from govsocial.language import plural, translation

_ = translation(__name__)
ngettext = plural(__name__)

_NAMED = 5
"""Homes of accounts in a list of those that are named most often; more where the last are equal."""

Section = dict[str, Any]
"""Of a page: its ``id``, words, drawing, lists, source, caveat, tables and chapter."""


def leave() -> None:
    """Hand all pages over to the site."""
    display(
        {GLUE + COUNTRIES: json.dumps(record(), ensure_ascii=False, separators=(",", ":"))},
        metadata={"scrapbook": {"name": "countries", "mime_prefix": GLUE}},
        raw=True,
    )


def record() -> dict[str, Any]:
    """Return the pages by code, in the order of the alphabet, the map, the hub, and words."""
    found = world()
    everywhere = list(found.places.values())
    places = {code: _page(found.places[code], found, everywhere) for code in names.in_order()}
    of_hub = hub.record(found)
    return {
        "places": places,
        "hub": of_hub,
        "regions": labels.regions(),
        "map": world_map.shapes(),
        "words": words(),
        "tables": _tables(places.values(), of_hub["tables"]),
    }


def _tables(places: Iterable[dict[str, Any]], of_hub: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return title and terms of each table that a page, or the hub, names."""
    used = {name for each in places for section in each["sections"] for name in section["tables"]}
    used |= set(of_hub)
    kept = ("name", "title", "licenses", "terms", "madeBy")
    return {
        name: {key: tables.descriptor(name)[key] for key in kept if key in tables.descriptor(name)}
        for name in sorted(used)
    }


def words() -> dict[str, str]:
    """Return what the site writes between the parts of a page."""
    return {
        "also": _("Also called: {names}"),
        "official": _("Official name: {name}"),
        "apart": _("Counted apart by some sources, and not in these numbers: {names}"),
        "source": _("Source: {source}."),
        "tables": _("Tables: {tables}."),
        "more": _("More in the chapter: {chapter}."),
        "book": _("Where the book speaks of it"),
        "unknown": _("What our tables do not count"),
        "take": _("Take it with you"),
        "csv": _("All numbers of this page (CSV)"),
        "open": _(
            "In a spreadsheet, import a CSV instead of opening it by a double click: encoding "
            "UTF-8, separator comma, language English. Where decimals have a comma, 4.625 would "
            "otherwise become 4625."
        ),
        "all": _("All countries"),
        "hub": _("Seen from here: who names whom, and up to four countries over time"),
        "terms": _("Terms of this page: {terms}."),
        "cite": _(
            "Sources of some tables state no licence: their numbers you may quote and draw anew if "
            "you cite them. The sources ask to be cited; the bibliography has their entries."
        ),
        "found": _("{n} found"),
        "find": _("Find a country by any of its names"),
        "none_found": _("None found"),
        "on_map": _("On the map"),
        "map_label": _("Map of the world on which each country leads to its page"),
        "by_name": _("By name"),
        "by_region": _("By region"),
        "by_number": _("In numbers"),
        "elsewhere": _("In no region of the World Bank"),
        "table": _(
            "What is counted of each country, in short. The first month is that of the head of "
            "government of January 2014, or of the office; on Facebook it is doubtful before "
            "{month}. An account that the study gives to a place can be somebody else's by its "
            "name; the page of the place says so. A shutdown may be one of a single service."
        ).format(month=labels.month(PAGES_SINCE)),
        "country": _("Country"),
        "arrival": _("First month on Twitter or Facebook"),
        "place": _("UN place by e-participation, 2024"),
        "requests": _("Requests to Google, 2011–2025"),
        "shutdowns": _("Nationwide shutdowns, 2016–2024"),
        "not_by": _("none seen by 2015-08"),
        "doubtful": _("{month}, doubtful"),
        "not_studied": _("not studied"),
        "not_ranked": _("not ranked"),
        "not_counted": _("not counted"),
        "sort": _("Sort by: {column}"),
        "region_note": _(
            "The regions are those of the World Bank in 2025, which counts Afghanistan and "
            "Pakistan with the Middle East and North Africa."
        ),
    }


def _page(facts: Facts, found: World, everywhere: Sequence[Facts]) -> dict[str, Any]:
    code = facts.code
    sections = list(_sections(facts, found))
    titles = {make.__name__: title for make, title in _titles().items()}
    return {
        "slug": ADDRESSES[code],
        "name": names.short(code),
        "official": names.official(code),
        "others": names.others(code),
        "sought": names.sought(code),
        "sort": names.sort_key(names.short(code)),
        "alpha2": names.alpha2(code),
        "region": facts.region or "",
        "lede": outstanding.stands_out(facts, everywhere),
        "status": sentences.status(code),
        "apart": names.counted_apart(code),
        "sections": sections,
        "unknown": [[titles[key], reason] for key, reason in sentences.not_counted(facts)],
        "row": _row(facts),
        "csv": _csv(facts),
    }


def _row(facts: Facts) -> dict[str, Any]:
    """Return the numbers of the table of all places; none where no table counts."""
    listening, arrival, nationwide = facts.listening, facts.arrival, facts.shutdowns.nationwide
    first = arrival.first if arrival else None
    return {
        "studied": arrival is not None,
        "arrival": first.isoformat()[:7] if first else "",
        "doubtful": bool(arrival and arrival.doubtful),
        "place": listening.places[max(listening.places)] if listening else None,
        "requests": sentences.number(facts.removals.total),
        "shutdowns": sum(nationwide.values()) if nationwide is not None else None,
    }


def _titles() -> dict[Callable[..., Section | None], str]:
    """Return the sections in their order, with their titles."""
    return {
        arriving: _("When they arrived"),
        listening: _("How its e-government is ranked"),
        voices: _("Leaders' accounts, and whom they name"),
        removals: _("What it asks to have removed"),
        shutdowns: _("When the net or a service was cut"),
        freedom: _("How experts rate internet censorship"),
        abroad: _("Abroad, and others here"),
        parliament: _("Members of parliament"),
        ads: _("Political advertising"),
    }


def _sections(facts: Facts, found: World) -> Iterator[Section]:
    for make, title in _titles().items():
        section = make(facts, found)
        if section:
            yield {"id": make.__name__, "title": title, "strip": None, "lists": []} | section


def arriving(facts: Facts, _found: World) -> Section | None:
    """Return when a leader or an office came."""
    if facts.arrival is None:
        return None
    studied, doubtful = facts.arrival.studied, facts.arrival.studied - facts.arrival.trusted
    unordered = ngettext(
        "Of the {studied} places {n} has a doubtful first month and is in no order.",
        "Of the {studied} places {n} have doubtful first months and are in no order.",
        doubtful,
    ).format(studied=studied, n=doubtful)
    caveat = _(
        "The accounts are those of office-holders of January 2014: earlier activity may be older "
        "than the office, and the leader is the head of government where there are two."
    )
    return {
        "text": sentences.arriving(facts.code, facts.arrival),
        "strip": strips.arriving(facts.arrival),
        "source": _(
            "Barberá and Zeitzoff's panel of leaders' accounts, January 2007 to August 2015"
        ),
        "caveat": " ".join([caveat, unordered, *_unseen(facts.code)]),
        "tables": ["leader_first_months"],
        "chapter": "chapters/adoption",
    }


def _unseen(code: str) -> list[str]:
    if code not in UNSEEN:
        return []
    return [
        _(
            "The study names an account of the leader on Twitter, too, but its panel holds no "
            "activity of it."
        )
    ]


def listening(facts: Facts, _found: World) -> Section | None:
    """Return the places in the surveys of the UN and the OECD."""
    if facts.listening is None:
        return None
    named = ["egdi_ranks", *(["oecd_digital_places"] if facts.oecd else [])]
    return {
        "text": sentences.listening(facts.listening, facts.oecd),
        "strip": strips.listening(facts.listening),
        "source": _(
            "UN E-Government Survey, editions of 2003 to 2024; equal scores of e-participation "
            "share a place"
        ),
        "caveat": _(
            "E-participation is scored by what national portals offer, not by what citizens use; "
            "e-government as a whole counts telecommunications and schooling, too. The method "
            "changes between editions, and where many share a score, a place depends on the rule "
            "for ties."
        ),
        "tables": named,
        "chapter": "chapters/ranking",
    }


def voices(facts: Facts, _found: World) -> Section | None:
    """Return the leader's audience, and whom the collected accounts name."""
    found = facts.voices
    if found is None and facts.followers is None:
        return None
    leads = {
        "names": _("Of the 63 they name most often those of:"),
        "named_by": _("Of the 63 they are named most often by those of:"),
    }
    lists = [
        {
            "lead": lead,
            "items": [
                [home if home in ADDRESSES else "", sentences.name_of(home), sentences.number(n)]
                for home, n in _most_named(getattr(found, which))
            ],
        }
        for which, lead in leads.items()
        if found and getattr(found, which)
    ]
    named = ["leader_follower_places"] if facts.followers else []
    caveats = [_("Followers were counted on an unknown day; the file is of April 2017.")]
    if found:
        named += ["leader_account_years", "leader_mentions"]
        caveats = caveats if facts.followers else []
        if found.moved:
            caveats.append(
                _("One owner moved in 2014, and the whole year counts for the new home.")
            )
        caveats.append(
            _(
                "Of each account the latest posts of October 2017 are stored, some 3,200 at most: "
                "the years say when posts were seen, not since when there were some. The numbers "
                "count posts that name an account of the other place."
            )
        )
    return {
        "text": sentences.voices(facts.code, found, facts.followers),
        "lists": lists,
        "source": _("posts of 63 leaders and governments to October 2017; Barberá and Zeitzoff"),
        "caveat": " ".join(caveats),
        "tables": named or ["leader_account_years"],
        "chapter": "chapters/networks",
    }


def _most_named(homes: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the first homes of a list, and whoever is equal to the last of them."""
    least = homes[:_NAMED][-1][1]
    return [(home, n) for home, n in homes if n >= least]


def removals(facts: Facts, _found: World) -> Section:
    """Return what Google and Twitter were asked to take down."""
    found = facts.removals
    named = ["google_removals", "twitter_removals"]
    if found.total:
        named += ["google_removal_requesters", "google_removal_reasons"]
    return {
        "text": sentences.removals(found),
        "strip": strips.removals(found),
        "source": _("transparency reports of Google, 2011 to 2025, and of Twitter, 2012 to 2018"),
        "caveat": _(
            "A request is not censorship: it is counted whether or not it was justified, and the "
            "numbers depend on the company's share of the market and on single bodies that send "
            "requests by the thousand."
        ),
        "tables": named,
        "chapter": "chapters/control",
    }


def shutdowns(facts: Facts, _found: World) -> Section:
    """Return the shutdowns that the coalition confirmed."""
    counted = facts.shutdowns.nationwide is not None
    return {
        "text": sentences.shutdowns(facts.code, facts.shutdowns),
        "strip": strips.shutdowns(facts.shutdowns),
        "source": _("the #KeepItOn coalition's lists of confirmed shutdowns"),
        "caveat": _(
            "The two lists were made apart and must not be added. In both of them blocking a "
            "single service counts as well as cutting the whole network. The coalition finds more "
            "as it grows, so that a rise can be one of attention."
        ),
        "tables": [*(["shutdown_country_years"] if counted else []), "shutdown_events"],
        "chapter": "chapters/control",
    }


def freedom(facts: Facts, found: World) -> Section | None:
    """Return how experts see the effort to censor the internet."""
    if facts.freedom is None:
        return None
    more = ["digital_repression"] if facts.freedom.disinformation else []
    return {
        "text": sentences.freedom(facts.freedom),
        "strip": strips.freedom(facts.freedom, found.band),
        "source": _("V-Dem, 1993 to 2023, and the Digital Society Project, 2021"),
        "caveat": _(
            "These are estimates from the answers of experts, and our file has no margin of error: "
            "places close to each other cannot be told apart."
        ),
        "tables": ["internet_censorship", *more],
        "chapter": "chapters/control",
    }


def abroad(facts: Facts, _found: World) -> Section | None:
    """Return the place by missions, and the accounts of others here."""
    found = facts.abroad
    parts = [
        (found.missions, "diplomatic_post_places", _("Lowy Global Diplomacy Index 2024")),
        (found.american, "us_diplomatic_accounts_2012", _("US seed list of accounts, April 2012")),
        (found.swedish, "swedish_missions", _("Politix-Sweden and Wikidata, February 2026")),
    ]
    known = [(table, source) for value, table, source in parts if value]
    if not known:
        return None
    caveats = [
        _(
            "The lists were made for other purposes: what is missing in them need not be missing "
            "in the world."
        )
    ]
    if found.missions_tied:
        caveats.append(
            _("The places are the index's own, which puts one of two with as many missions first.")
        )
    return {
        "text": sentences.abroad(found),
        "source": "; ".join(source for _table, source in known),
        "caveat": " ".join(caveats),
        "tables": [table for table, _source in known],
        "chapter": "chapters/diplomats",
    }


def parliament(facts: Facts, _found: World) -> Section | None:
    """Return for how many members a list names an account."""
    if not facts.parliament:
        return None
    items = [["", sentences.member_list(facts.code, row), ""] for row in facts.parliament]
    old = any(row.checked is None for row in facts.parliament)
    europe = any(not row.body for row in facts.parliament)
    new = any(row.body and row.checked for row in facts.parliament)
    named = ["legislature_handles_2015"] * old + ["parliament_accounts"] * new
    caveats = [
        _(
            "The lists count different things, so that one cannot be compared with the other. An "
            "account in a list may be silent, and a list may lack some."
        )
    ]
    if old:
        caveats.append(
            _(
                "The lists of 2015 hold who left within the term as well as who followed, so that "
                "there can be more members than seats."
            )
        )
    return {
        "text": [],
        "lists": [{"lead": _("Members with an account, list by list:"), "items": items}],
        "source": _("lists of volunteers, campaigns and parliaments, as the tables name them"),
        "caveat": " ".join(caveats),
        "tables": named + ["mep_accounts"] * europe,
        "chapter": "chapters/exit",
    }


def ads(facts: Facts, _found: World) -> Section | None:
    """Return how many advertisers Meta's reports name."""
    if not facts.ads:
        return None
    return {
        "text": sentences.ads(facts.ads),
        "source": _("reports of the Meta Ad Library"),
        "caveat": _(
            "The reports cover different stretches of time, and 100 is not worth the same in each "
            "currency: two places cannot be compared."
        ),
        "tables": ["ad_reports"],
        "chapter": "chapters/amplification",
    }


def _csv(facts: Facts) -> str:
    """Return every number of a page as CSV: the same columns and words in all editions."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["topic", "measure", "period", "value", "table"])
    writer.writerows(_rows(facts))
    return buffer.getvalue()


def _rows(facts: Facts) -> Iterator[tuple[str, str, object, object, str]]:
    if facts.arrival:
        for platform, kind, month in facts.arrival.marks:
            measure = f"first month on {platform}, {kind}"
            measure += ", doubtful" if doubted(platform, month) else ""
            theirs = (platform, kind) in facts.arrival.misnamed
            measure += ", by its name somebody else's" if theirs else ""
            yield "arriving", measure, f"{month:%Y-%m}", 1, "leader_first_months"
        yield from _rows_of_order(facts.arrival)
    if facts.listening:
        for year, place in facts.listening.places.items():
            yield "listening", "place by e-participation", year, place, "egdi_ranks"
        for year, tied in facts.listening.tied.items():
            yield "listening", "countries with this place", year, tied, "egdi_ranks"
        for year, place in facts.listening.government.items():
            yield "listening", "place by e-government", year, place, "egdi_ranks"
    if facts.oecd:
        yield "listening", "place of 38, OECD", 2023, facts.oecd, "oecd_digital_places"
    yield from _rows_of_voices(facts)
    yield from _rows_of_control(facts)
    yield from _rows_of_others(facts)


def _rows_of_order(arrival: Arrival) -> Iterator[tuple[str, str, object, object, str]]:
    counts = {"places studied": arrival.studied}
    if arrival.first is None:
        counts["others without an account"] = arrival.never - 1
    elif not (arrival.doubtful or arrival.borrowed):
        counts |= {
            "places with an undoubted date": arrival.trusted,
            "others with an earlier first month": arrival.earlier,
            "others with the same first month": arrival.same,
        }
    for measure, n in counts.items():
        yield "arriving", measure, "2007-01/2015-08", n, "leader_first_months"


def _rows_of_voices(facts: Facts) -> Iterator[tuple[str, str, object, object, str]]:
    if facts.followers:
        table = "leader_follower_places"
        yield "voices", "place of 86 by followers", "", facts.followers, table
    if found := facts.voices:
        period = f"{found.years[0]}/{found.years[-1]}"
        yield "voices", "posts stored", period, found.posts, "leader_account_years"
        for home, n in found.names:
            yield "voices", f"posts that name {home}", period, n, "leader_mentions"
        for home, n in found.named_by:
            yield "voices", f"posts of {home} that name it", "", n, "leader_mentions"


def _rows_of_control(facts: Facts) -> Iterator[tuple[str, str, object, object, str]]:
    found = facts.removals
    span = f"{min(found.google)}/{max(found.google)}"
    classed = f"{KINDS_SINCE.year}/{max(found.google)}"
    for year, n in found.google.items():
        yield "removals", "requests to Google", year, n, "google_removals"
    if found.total:
        measure = "other places with fewer requests to Google"
        yield "removals", measure, span, found.more_than, "google_removals"
    else:
        yield "removals", "other places without a request", span, found.none, "google_removals"
    for body, n in found.bodies.items():
        yield "removals", f"requests of: {body}", classed, n, "google_removal_requesters"
    for reason, n in found.reasons.items():
        yield "removals", f"requests for: {reason}", span, n, "google_removal_reasons"
    for year, n in found.twitter.items():
        measure = "requests to Twitter" + (", one half of the year" if year in found.halves else "")
        yield "removals", measure, year, n, "twitter_removals"
    for year, n in (facts.shutdowns.nationwide or {}).items():
        yield "shutdowns", "nationwide shutdowns", year, n, "shutdown_country_years"
    if facts.shutdowns.nationwide and not sum(facts.shutdowns.nationwide.values()):
        measure, n = "other places without a nationwide shutdown", facts.shutdowns.unhurt
        yield "shutdowns", measure, "2016/2024", n, "shutdown_country_years"
    if repeated := facts.shutdowns.repeated:
        measure = "nationwide shutdowns that repeat another"
        yield "shutdowns", measure, "2016/2024", repeated, "shutdown_country_years"
    if same_day := facts.shutdowns.same_day:
        measure = "other nationwide shutdowns that begin on the day of another"
        yield "shutdowns", measure, "2016/2024", same_day, "shutdown_country_years"
    for year, n in facts.shutdowns.events.items():
        yield "shutdowns", "shutdowns of any size", year, n, "shutdown_events"
    if joint := facts.shutdowns.joint:
        measure = "shutdowns of any size, in other countries as well"
        yield "shutdowns", measure, "2016/2025", joint, "shutdown_events"
    if facts.shutdowns.events:
        measure = "shutdowns of any size, of single services only"
        services = facts.shutdowns.services
        yield "shutdowns", measure, "2016/2025", services, "shutdown_events"
    if facts.freedom:
        yield from _rows_of_freedom(facts.freedom)


def _rows_of_freedom(found: Freedom) -> Iterator[tuple[str, str, object, object, str]]:
    for year, value in found.estimates.items():
        yield "freedom", "effort to censor, lower is more", year, value, "internet_censorship"
    for year in sentences.compared(found):
        for measure, counts in (
            ("others with more effort to censor", found.more),
            ("others with less effort to censor", found.less),
            ("others rated", found.rated),
        ):
            yield "freedom", measure, year, counts[year], "internet_censorship"
    if found.disinformation:
        more, less, rated = found.disinformation
        for measure, n in (
            ("others with more disinformation by the government", more),
            ("others with less disinformation by the government", less),
            ("others rated on disinformation", rated),
        ):
            yield "freedom", measure, 2021, n, "digital_repression"


def _rows_of_others(facts: Facts) -> Iterator[tuple[str, str, object, object, str]]:
    found = facts.abroad
    if found.missions:
        yield "abroad", "place by missions", 2024, found.missions, "diplomatic_post_places"
    for platform, n in found.american.items():
        measure = f"US accounts here, {platform}"
        yield "abroad", measure, "2012-04", n, "us_diplomatic_accounts_2012"
    for state, day in found.swedish:
        when = day.isoformat() if day else ""
        yield "abroad", f"Swedish mission on X: {state}", when, 1, "swedish_missions"
    for row in facts.parliament:
        table = "parliament_accounts" if row.body else "mep_accounts"
        table = table if row.checked else "legislature_handles_2015"
        body = row.body or "European Parliament"
        when = row.checked.isoformat() if row.checked else "2015-11"
        of = "seats" if sentences.over_seats(row) else "members"
        yield "parliament", f"{body}: {of}", when, row.members, table
        yield "parliament", f"{body}: listed on {row.platform}", when, row.listed, table
        if row.posting is not None:
            measure = f"{body}: posted on {row.platform} in {row.window} days"
            yield "parliament", measure, when, row.posting, table
    for report in facts.ads:
        yield "ads", "advertisers", report.year, report.advertisers, "ad_reports"
        yield "ads", "advertisers with an amount", report.year, report.stated, "ad_reports"
