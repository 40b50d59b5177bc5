"""Who asks platforms to remove, and who switches the network off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from govsocial.rates import compare_rates, rates, spearman
from govsocial.uncertainty import Estimate

COLUMNS = {"events": "nationwide", "exposure": "hundreds", "clusters": "code"}
"""Columns of :func:`labelled` for :func:`govsocial.rates.rates`."""

TYPES = {
    "closed": "closed autocracy",
    "autocracy": "electoral autocracy",
    "democracy": "electoral democracy",
}
"""Types of regime whose rates of shutdowns are compared, by key."""

FATES = ["items_removed", "items_gone", "items_unclear", "items_kept"]
"""What can become of an item, as columns of the tables of Google's report."""

REASONS = [
    "National security",
    "Copyright",
    "Regulated goods and services",
    "Privacy and security",
    "Defamation",
    "Fraud",
    "Religious offense",
    "Obscenity/Nudity",
    "Government criticism",
]
"""Reasons of requests that are told apart; the others are taken together."""

TEXTS = {
    "fact-zdnet-2022": "ZDNet",
    "techradar2022": "TechRadar",
    "pcmag2022": "PCMag",
    "ibtimes2013": "International Business Times",
    "visao2013": "Exame Informática",
    "digg2022": "Digg",
    "techienews2014": "TechieNews",
    "gigalaw2013": "GigaLaw",
    "csr4u2012": "CSR 4U",
    "firedoglake2012": "Firedoglake",
}
"""Where totals of Google's report were printed, by citation: magazines first, then web sites."""

MAGAZINES = list(TEXTS)[:5]
"""Texts of magazines, by citation."""

ONE_STUDY = ["fact-zdnet-2022", "techradar2022", "pcmag2022", "digg2022"]
"""Texts that draw on one study, by a seller of network software."""

OUTCOMES = 2019
"""First year for which Google states what became of the items."""

LEAST_ITEMS = 300
"""Items named for criticism from which on a country is told by itself."""

PLATFORMS = [
    *["Snapchat", "TikTok", "X", "Facebook", "Instagram", "LinkedIn"],
    *["Pinterest", "YouTube"],
]
"""Social platforms in the reports under the Digital Services Act."""

LEAST_USERS = 1_500_000
"""Users of a service in a state from which on its orders are divided by them."""

LISTED = (2016, 2022)
"""First and last year of the older list of shutdowns of any size."""

RECENT = 2023
"""First year of the newest shutdowns."""


def criticism(reasons: pd.DataFrame) -> pd.DataFrame:
    """Return what became of items that governments named as criticism of themselves.

    Parameters
    ----------
    reasons
        The table ``google_removal_reasons``.

    Returns
    -------
    DataFrame
        Countries with :data:`LEAST_ITEMS` items or more, by items: ``code``, ``requests``,
        ``items``, ``removed`` and ``removed_share`` of the items whose fate is stated.
    """
    found = reasons[(reasons["reason"] == "Government criticism") & (reasons["year"] >= OUTCOMES)]
    fates = found.groupby("code")[["requests", "items", *FATES]].sum().astype(float)
    fates["removed_share"] = fates["items_removed"] / fates[FATES].sum(axis=1)
    fates = fates.rename(columns={"items_removed": "removed"}).sort_values("items", ascending=False)
    columns = ["requests", "items", "removed", "removed_share"]
    return fates.loc[fates["items"] >= LEAST_ITEMS, columns].reset_index()


def removed_for_criticism(reasons: pd.DataFrame, codes: Sequence[str]) -> float:
    """Return what share of all items removed as criticism of a government these countries named.

    Parameters
    ----------
    reasons
        The table ``google_removal_reasons``.
    codes
        Codes of the countries.
    """
    found = reasons[(reasons["reason"] == "Government criticism") & (reasons["year"] >= OUTCOMES)]
    removed = found.groupby("code")["items_removed"].sum()
    return float(removed[[*codes]].sum() / removed.sum())


def per_million(orders: pd.DataFrame, service: str) -> pd.DataFrame:
    """Return the orders to a service per million of its users, by state.

    Parameters
    ----------
    orders
        The table ``dsa_orders``.
    service
        The service.

    Returns
    -------
    DataFrame
        States with :data:`LEAST_USERS` users or more, by orders to give information per million:
        ``state``, ``to_act``, ``to_provide``, ``act_per_million`` and ``provide_per_million``.
    """
    found = orders[(orders["service"] == service) & (orders["recipients"] >= LEAST_USERS)].copy()
    for name in ("act", "provide"):
        found[f"{name}_per_million"] = 1e6 * found[f"to_{name}"] / found["recipients"]
    columns = ["state", "to_act", "to_provide", "act_per_million", "provide_per_million"]
    return found.sort_values("provide_per_million", ascending=False)[columns]


def by_cause(causes: pd.DataFrame) -> pd.DataFrame:
    """Return shutdowns outside India since :data:`RECENT`, by cause and by what was switched off.

    Parameters
    ----------
    causes
        The table ``shutdown_causes``.

    Returns
    -------
    DataFrame
        By cause, the most frequent first and *other or unknown* last: ``network``, ``both`` and
        ``services``.
    """
    chosen = causes[~causes["india"] & (causes["year"] >= RECENT)]
    counts = chosen.groupby(["cause", "extent"])["events"].sum().unstack(fill_value=0)
    counts = counts[["network", "both", "services"]].astype(int)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[[*order.drop("other or unknown"), "other or unknown"]]


def most(events: pd.DataFrame, causes: pd.DataFrame) -> pd.Series[float]:
    """Return each country's share of the shutdowns of any size since :data:`RECENT`.

    Parameters
    ----------
    events
        The table ``shutdown_events``, in which an event in several countries counts in each.
    causes
        The table ``shutdown_causes``, in which every event counts once.
    """
    by_country = events[events["year"] >= RECENT].groupby("iso3")["events"].sum()
    every = causes.loc[causes["year"] >= RECENT, "events"].sum()
    return (by_country / every).sort_values(ascending=False)


def as_printed(totals: pd.DataFrame) -> pd.Series[bool]:
    """Return which totals in print are exactly those of the company's file.

    Parameters
    ----------
    totals
        The table ``google_published_totals``.
    """
    return totals["published"] == totals["computed"]


def labelled(shutdowns: pd.DataFrame) -> pd.DataFrame:
    """Return the country-years whose regime is known, with their exposure in hundreds of years.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.
    """
    return shutdowns.dropna(subset=["regime"]).assign(hundreds=0.01)


def versus(shutdowns: pd.DataFrame, other: str) -> dict[str, Estimate]:
    """Return how often electoral autocracies switch the network off, as to another regime.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.
    other
        The regime compared with, such as ``electoral democracy``.

    Returns
    -------
    dict
        As :func:`govsocial.rates.compare_rates`.
    """
    return compare_rates(labelled(shutdowns), "regime", ("electoral autocracy", other), **COLUMNS)


def printed_reasons(shares: pd.Series[float]) -> pd.Series[float]:
    """Return the shares of reasons that the chapter prints, by key.

    Parameters
    ----------
    shares
        Share of a country's requests, by code and reason.
    """
    keys = {
        "russia-security": ("RU", "National security"),
        "russia-copyright": ("RU", "Copyright"),
        "us-defamation": ("US", "Defamation"),
        "germany-defamation": ("DE", "Defamation"),
        "korea-privacy": ("KR", "Privacy and security"),
        "vietnam-criticism": ("VN", "Government criticism"),
        "thailand-criticism": ("TH", "Government criticism"),
    }
    return shares.loc[list(keys.values())].set_axis(list(keys))


def requests_to_google(google: pd.DataFrame) -> dict[str, Any]:
    """Return how many requests governments made, who made most of them, and who few.

    Parameters
    ----------
    google
        The table ``google_removals``.

    Returns
    -------
    dict
        By the keys of the chapter. ``google-few`` made fewer than a hundred; in
        ``google-russia-halves`` of the half-years more than half of all came from Russia.
    """
    asked = google.groupby("code")["requests"].sum()
    russian = google[google["code"] == "RU"].set_index("half")["requests"]
    world = google.groupby("half")["requests"].sum()
    return {
        "google-total": asked.sum(),
        "google-korea": asked["KR"],
        "google-russia-2011": russian["2011"].sum(),
        "google-russia-share": asked["RU"] / asked.sum(),
        "google-few": (asked < 100).sum(),
        "google-countries": len(asked),
        "google-russia-halves": (russian > world / 2).sum(),
        "google-halves": len(world),
    }


def requests_to_twitter(twitter: pd.DataFrame) -> dict[str, Any]:
    """Return how many requests Twitter had, from whom, and by courts.

    Parameters
    ----------
    twitter
        The table ``twitter_removals``, with the sum of a row in ``requests``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    total = twitter["requests"].sum()
    by_year = twitter.groupby("year")["requests"].sum()
    return {
        "twitter-2012": by_year[2012],
        "twitter-2018": by_year[2018],
        "twitter-turkey": twitter.loc[twitter["code"] == "TR", "requests"].sum() / total,
        "twitter-court": twitter["court_orders"].sum() / total,
    }


def disinformation(repression: pd.DataFrame) -> dict[str, Any]:
    """Return how democracy goes together with disinformation by governments and parties.

    Parameters
    ----------
    repression
        The table ``digital_repression``.

    Returns
    -------
    dict
        Spearman's rank correlations, by the keys of the chapter: of all countries, with whole
        regions resampled, of parties, and within two types of regime.
    """
    government, regime = "government_disinformation", repression["regime"]
    closed, liberal = (
        repression[regime == kind] for kind in ("closed autocracy", "liberal democracy")
    )
    democracy, region = repression["polyarchy"], repression["region"]
    return {
        "disinformation-countries": len(repression),
        "regions": spearman(democracy, repression[government], clusters=region),
        "disinformation": spearman(democracy, repression[government]),
        "parties": spearman(democracy, repression["party_disinformation"]),
        "within-closed": spearman(closed["polyarchy"], closed[government]),
        "within-liberal": spearman(liberal["polyarchy"], liberal[government]),
    }


def printed_elsewhere(totals: pd.DataFrame) -> dict[str, Any]:
    """Return how the totals that others printed compare with those of the file.

    Parameters
    ----------
    totals
        The table ``google_published_totals``.

    Returns
    -------
    dict
        By the keys of the chapter: totals, those that are the same, those of one study; two for
        India; and those of the first half of 2012.
    """
    same = as_printed(totals)
    india = totals[(totals["code"] == "IN") & ~same].iloc[0]
    early = totals[totals["first"] == "2012-01-01"]
    return {
        "printed": len(totals),
        "printed-same": same.sum(),
        "one-study": totals["citation"].isin(ONE_STUDY).sum(),
        "india-printed": india["published"],
        "india-computed": india["computed"],
        "early-low": early["published"].min(),
        "early-high": early["published"].max(),
        "early-computed": early["computed"].iloc[0],
    }


def printed_causes(causes: pd.DataFrame) -> dict[str, Any]:
    """Return the causes of shutdowns that the chapter prints, by its keys.

    Parameters
    ----------
    causes
        What :func:`by_cause` returns.
    """
    names = {
        "conflict": "conflict",
        "information": "control of information",
        "protests": "protests",
        "exams": "school exams",
        "elections": "elections",
    }
    sums = causes.sum(axis=1)
    return {key: sums[name] for key, name in names.items()} | {
        "conflict-network": causes.loc["conflict", "network"],
        "information-services": causes.loc["control of information", "services"],
    }


def nationwide(shutdowns: pd.DataFrame) -> dict[str, Any]:
    """Return the rates of nationwide shutdowns by type of regime, and their ratios.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.

    Returns
    -------
    dict
        By the keys of the chapter: rates per hundred country-years; ``missed`` is what a match by
        name overlooks, ``rate-by-name`` the rate without it.
    """
    rows = labelled(shutdowns)
    found = rates(rows, "regime", **COLUMNS).set_index(["interval", "regime"])
    exact, clustered = found.loc["exact"], found.loc["clustered"]
    democracy, closed = versus(shutdowns, "electoral democracy"), versus(shutdowns, TYPES["closed"])
    missed = rows.groupby("regime")["missed_by_name"].sum()
    autocracy, bounds = "electoral autocracy", ["value", "low", "high"]
    by_name = (exact["events"] - missed)[autocracy] / exact["exposure"][autocracy]
    return {f"rate-{key}": exact["value"][regime] for key, regime in TYPES.items()} | {
        "missed": missed.sum(),
        "rate-autocracy-exact": exact.loc[autocracy, bounds],
        "rate-autocracy-clustered": clustered.loc[autocracy, bounds],
        "rate-by-name": by_name,
        "ratio-democracy": democracy["exact"],
        "ratio-democracy-clustered": democracy["clustered"],
        "ratio-closed": closed["exact"],
        "ratio-closed-clustered": closed["clustered"],
    }


def where_and_when(shutdowns: pd.DataFrame) -> dict[str, Any]:
    """Return which liberal democracy had a nationwide shutdown, and how few countries have most.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    rows = labelled(shutdowns)
    liberal = rows[rows["regime"] == "liberal democracy"]
    where = liberal[liberal["nationwide"] > 0].iloc[0]
    by_year = shutdowns.groupby("year")["nationwide"].sum()
    countries = rows.groupby("code")["nationwide"].sum()
    return {
        "liberal-events": liberal["nationwide"].sum(),
        "liberal-country": where["country"],
        "liberal-year": where["year"],
        "liberal-years": len(liberal),
        "first-year": by_year[2016],
        "last-year": by_year[2024],
        "shutdown-countries": (countries > 0).sum(),
        "shutdown-ten": countries.nlargest(10).sum() / countries.sum(),
    }


ITALY, COMMUNICATIONS = "IT", "communications"
"""The country of the post on Google and Italy, and the kind of body that it is about."""
KINDS_SINCE = pd.Timestamp("2019-01-01")
"""Since then Google names the kinds of requesters; before, only executive and judicial."""


def classed(requesters: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the years in which Google names the kinds of requesters.

    Parameters
    ----------
    requesters
        The table ``google_removal_requesters``.
    """
    return requesters[requesters["year"] >= KINDS_SINCE.year]


def italian_halves(products: pd.DataFrame) -> pd.DataFrame:
    """Return Italy's requests to Google by half-year, those of its communications authority apart.

    Parameters
    ----------
    products
        The table ``google_removal_products``.

    Returns
    -------
    DataFrame
        By ``half``: ``communications`` and ``others``, requests. Before Google named that kind of
        requester ``communications`` is missing, and ``others`` are all.
    """
    found = products[products["code"] == ITALY].groupby("half")[["requests", COMMUNICATIONS]].sum()
    named = found[COMMUNICATIONS].where(found.index >= KINDS_SINCE)
    return pd.DataFrame({COMMUNICATIONS: named, "others": found["requests"] - named.fillna(0)})


def italian_place(google: pd.DataFrame) -> dict[str, Any]:
    """Return Italy's place among the countries that asked Google most, then and in all years.

    Parameters
    ----------
    google
        The table ``google_removals``.

    Returns
    -------
    dict
        ``place``, ``requests``, ``items`` and the requests of the three countries before Italy,
        in the newest half-year; ``before``, the half-years before it, with ``before-most`` and
        ``before-median``;
        ``place-ever``, ``requests-ever`` and ``halves`` of all.
    """
    wide = google.pivot_table(index="half", columns="code", values="requests", aggfunc="sum")
    newest, before = wide.iloc[-1], wide[ITALY].iloc[:-1]
    ever = wide.sum()
    row = google[(google["half"] == wide.index[-1]) & (google["code"] == ITALY)].iloc[0]
    return {
        "place": newest.rank(ascending=False, method="min")[ITALY],
        "requests": row["requests"],
        "items": row["items"],
        **{code.lower(): newest[code] for code in newest.nlargest(3).index},
        "before": len(before),
        "before-most": before.max(),
        "before-median": before.median(),
        "place-ever": ever.rank(ascending=False, method="min")[ITALY],
        "requests-ever": ever[ITALY],
        "halves": len(wide),
    }


def italian_products(products: pd.DataFrame) -> dict[str, Any]:
    """Return what Italy asked of which product in the newest half-year.

    Parameters
    ----------
    products
        The table ``google_removal_products``.

    Returns
    -------
    dict
        ``dns``, ``dns-items`` and ``dns-before``, the requests about Google's resolver then and in
        the half-year before; of the communications authority ``authority``, ``authority-search``
        and ``authority-dns``; ``copyright``; the requests of ``others``; requests about the
        resolver from all other countries, ``dns-elsewhere``.

    Raises
    ------
    ValueError
        If Italy asked the resolver earlier than in the last two half-years.
    """
    resolver = products["product"] == "Public DNS"
    halves = sorted(products["half"].unique())
    italian = products[products["code"] == ITALY].set_index(["half", "product"])
    now, earlier = italian.loc[halves[-1]], italian.loc[halves[-2]]
    if resolver[(products["code"] == ITALY) & (products["half"] < halves[-2])].any():
        raise ValueError("Italy asked Google's resolver earlier than the post says")
    abroad = resolver & (products["half"] == halves[-1]) & (products["code"] != ITALY)
    return {
        "dns": now.loc["Public DNS", "requests"],
        "dns-items": now.loc["Public DNS", "items"],
        "dns-before": earlier.loc["Public DNS", "requests"],
        "authority": now[COMMUNICATIONS].sum(),
        "authority-search": now.loc["Web Search", COMMUNICATIONS],
        "authority-dns": now.loc["Public DNS", COMMUNICATIONS],
        "copyright": now["copyright"].sum(),
        "copyright-before": earlier["copyright"].sum(),
        "others": now["requests"].sum() - now[COMMUNICATIONS].sum(),
        "dns-elsewhere": products.loc[abroad, "requests"].sum(),
    }


def italian_authority(requesters: pd.DataFrame) -> dict[str, Any]:
    """Return the yearly requests of Italy's communications authority to Google.

    Parameters
    ----------
    requesters
        The table ``google_removal_requesters``.

    Returns
    -------
    dict
        ``authority-year``, those of the last year, and ``authority-most``, the most of any other.
    """
    named = classed(requesters)
    chosen = (named["code"] == ITALY) & (named["body"] == COMMUNICATIONS)
    years = named[chosen].groupby("year")["requests"].sum()
    return {"authority-year": years.iloc[-1], "authority-most": years.iloc[:-1].max()}


def italian_copyright(reasons: pd.DataFrame) -> dict[str, Any]:
    """Return what became of the items that Italy named for copyright in the last year.

    Parameters
    ----------
    reasons
        The table ``google_removal_reasons``.

    Returns
    -------
    dict
        ``removed``, the share removed of the items whose fate is stated, and ``critical``, the
        requests of that year that Google classed as criticism of the government.
    """
    chosen = (reasons["code"] == ITALY) & (reasons["year"] == reasons["year"].max())
    fates = reasons[chosen].set_index("reason")
    named = fates.loc["Copyright", FATES].astype(float)
    return {
        "removed": named["items_removed"] / named.sum(),
        "critical": fates.loc["Government criticism", "requests"],
    }
