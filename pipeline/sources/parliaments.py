"""Members of parliaments and governments by platform, as six volunteer lists count them."""

from __future__ import annotations

import json
from typing import NamedTuple
from xml.etree import ElementTree

import pandas as pd
import yaml

from pipeline.run import Run
from pipeline.sources import leavex, politix_france, politix_sweden
from pipeline.table import Field, Table

_UK, _US = "uk-parlparse", "us-congress-legislators"
_SLUGS = (leavex.SLUG, politix_sweden.SLUG, politix_france.SLUG, _UK, _US)

# X was read on one day for a whole file. A later last_check of a row is that of its Bluesky or
# Mastodon account: no post on X in the file of the Riksdag is younger than 1 February.
_NORDIC = {
    ("Riksdag", "SE"): ("data/sweden/riksdagen.csv", "2026-02-01"),
    ("Government of Sweden", "SE"): ("data/sweden/regeringen.csv", "2026-02-01"),
    ("Folketing", "DK"): ("data/denmark/folketinget.csv", "2026-03-01"),
}
_LINKS = {
    ("Riksdag", "SE"): "prepared/se-mps.json",
    ("Nationalrat", "AT"): "prepared/at-mps.json",
    ("Tweede Kamer", "NL"): "prepared/nl-mps.json",
}
_COMMONS_SEATS = 650
# The list of the French government holds the president and an account of the whole government, too.
_NO_MINISTERS = {"Emmanuel Macron", "Le Gouvernement"}


class _Row(NamedTuple):
    body: str
    country: str
    platform: str
    source: str
    kind: str
    members: int
    listed: int
    posting: int | None
    window: int | None
    checked: str


def build(run: Run) -> list[Table]:
    """Return the table ``parliament_accounts``."""
    rows = [*_nordic(run), *_french(run), *_linked(run), *_bundestag(run), *_lists(run)]
    frame = pd.DataFrame(rows, columns=[field.name for field in _FIELDS])
    return [
        Table(
            name="parliament_accounts",
            title="Parliaments and governments on X, Bluesky and Mastodon, 2025–2026",
            description=(
                "Members of nine parliaments and two governments: for how many a list names an "
                "account, and, where a script read the accounts, how many posted in the days "
                "before. Each row says which list and what it counts."
            ),
            frame=frame.sort_values(["body", "platform", "source"], ignore_index=True),
            fields=_FIELDS,
            key=("body", "platform", "source"),
            slugs=_SLUGS,
            caveats=(
                "The lists count different things: compare within a row, not down a column.",
                "House of Commons: all 365 persons with a Bluesky handle, over the 650 seats; some "
                "may no longer sit, so the share is an upper bound. Its column of Twitter is "
                "frozen since 2020 and left out.",
                "The Bundestag is that of 2021 to 2025; its column of Mastodon is left out.",
                "The French government is its 36 members: the list has the president and an "
                "account of the whole government, too.",
                "The Riksdag's list holds 351 persons for 349 seats.",
                "For the Riksdag, last_check dates the reading of Bluesky; X was read on 1 "
                "February 2026.",
            ),
        )
    ]


def _nordic(run: Run) -> list[_Row]:
    rows = []
    for (body, country), (path, read) in _NORDIC.items():
        members = pd.read_csv(run.raw(politix_sweden.SLUG, path), dtype="str")
        for platform in ("X", "Bluesky", "Mastodon"):
            state, last = politix_sweden.read(members, platform.lower())
            checked = read if platform == "X" else members["last_check"].max()[:10]
            since = pd.Timestamp(checked, tz="UTC") - politix_france.QUIET
            posting = int((last >= since).sum())
            listed = int((state != "unlisted").sum())
            rows.append(
                _Row(
                    body,
                    country,
                    platform,
                    politix_sweden.SLUG,
                    "handle in Wikidata",
                    len(members),
                    listed,
                    posting,
                    politix_france.QUIET.days,
                    checked,
                )
            )
    return rows


def _french(run: Run) -> list[_Row]:
    slug = politix_france.SLUG
    rows = []
    for platform, part in politix_france.deputies(run).groupby("platform"):
        checked = part["checked"].iloc[0]
        on_x = platform == "X"
        window = politix_france.QUIET if on_x else politix_france.WEEK
        kind = "handle in a list" if on_x else "search by name"
        posting = int((part["last"] >= checked - window).sum())
        rows.append(
            _Row(
                "Assemblée nationale",
                "FR",
                str(platform),
                slug,
                kind,
                len(part),
                int(part["listed"].sum()),
                posting,
                window.days,
                f"{checked:%Y-%m-%d}",
            )
        )
    entries = politix_france.load(run, "data/ministres.json").items()
    ministers = [entry for name, entry in entries if name not in _NO_MINISTERS]
    checked = pd.Timestamp("2025-07-20")
    for platform, key in {"X": "x", "Bluesky": "bsky"}.items():
        listed = [entry for entry in ministers if entry[key]]
        newest = [max((one["activité"] or {}).get(key) or [""]) for one in listed]
        since = f"{checked - politix_france.WEEK:%Y-%m-%d}"
        rows.append(
            _Row(
                "Government of France",
                "FR",
                platform,
                slug,
                "handle in a list",
                len(ministers),
                len(listed),
                sum(day >= since for day in newest),
                7,
                f"{checked:%Y-%m-%d}",
            )
        )
    return rows


def _linked(run: Run) -> list[_Row]:
    members = leavex.x_links(run)["listed"]
    counts = {("European Parliament", "EU"): (len(members), int(members.sum()))}
    for place, path in _LINKS.items():
        entries = json.loads(run.raw(leavex.SLUG, path).read_text("utf-8"))
        counts[place] = (len(entries), sum(entry["usesX"] for entry in entries))
    return [
        _Row(
            body,
            country,
            "X",
            leavex.SLUG,
            "link on a profile",
            total,
            listed,
            None,
            None,
            f"{leavex.X_READ:%Y-%m-%d}",
        )
        for (body, country), (total, listed) in counts.items()
    ]


def _bundestag(run: Run) -> list[_Row]:
    path = run.raw(leavex.SLUG, "data/bundestag.yaml")
    members = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["abgeordnete"]
    return [
        _Row(
            "Bundestag",
            "DE",
            platform,
            leavex.SLUG,
            "link on a profile",
            len(members),
            sum(key in member.get("socialmedia", {}) for member in members),
            None,
            None,
            "2026-02-03",
        )
        for platform, key in {"X": "twitter", "Bluesky": "bluesky"}.items()
    ]


def _lists(run: Run) -> list[_Row]:
    people = ElementTree.parse(run.raw(_UK, "members/social-media-commons.xml")).getroot()  # noqa: S314
    bluesky = sum("bluesky_handle" in person.attrib for person in people)
    panel = pd.read_csv(run.raw(_US, "prepared/congress_social_panel_quarterly.csv.gz"))
    congress = panel[panel["date"] == panel["date"].max()]
    return [
        _Row(
            "House of Commons",
            "GB",
            "Bluesky",
            _UK,
            "handle in a list",
            _COMMONS_SEATS,
            bluesky,
            None,
            None,
            "2026-01-31",
        ),
        _Row(
            "Congress",
            "US",
            "X",
            _US,
            "handle in a list",
            len(congress),
            int(congress["twitter"].notna().sum()),
            None,
            None,
            str(congress["date"].iloc[0]),
        ),
    ]


_COUNT = {"required": True, "minimum": 0, "maximum": 736}
_FIELDS = (
    Field("body", "string", "Parliament or government", constraints={"required": True}),
    Field(
        "country", "string", "ISO 3166-1 alpha-2 code, or EU", constraints={"pattern": "[A-Z]{2}"}
    ),
    Field(
        "platform",
        "string",
        "Name of the platform",
        constraints={"enum": ["X", "Bluesky", "Mastodon"]},
    ),
    Field("source", "string", "Slug of the source", constraints={"enum": [*_SLUGS]}),
    Field("kind", "string", "What the list counts", constraints={"required": True}),
    Field("members", "integer", "Members counted", "members", _COUNT),
    Field("listed", "integer", "Of these, with an account in the list", "members", _COUNT),
    Field(
        "posting",
        "integer",
        "Of these, with a post in the window; empty where nobody looked",
        "members",
        {"minimum": 0, "maximum": 736},
    ),
    Field("window", "integer", "Length of the window before the reading", "days", {"minimum": 7}),
    Field("checked", "date", "Day of the reading, or of the list", constraints={"required": True}),
)
