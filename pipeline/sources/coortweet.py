"""Who shared the same thing when: Russian retweets and links of a German campaign, 2021."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import ibis
import numpy as np
import pandas as pd
import pyreadr

from pipeline.pseudonyms import key_of, numbered
from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "coortweet"

_FILES = {
    "russia": "prepared/russian_coord_tweets.csv.gz",
    "germany": "data/german_elections.rda",
}
_WINDOWS = (1, 10, 60, 600, 3600)
_LEAST = 3
"""Accounts that must have shared a thing: with two only, dealing times anew changes nothing."""
_OFTEN = (3, 5)

_NOTICE = (
    "Data of the R package CooRTweet, MIT License, copyright (c) 2022 Nicola Righetti & Paul "
    "Balluff: free to use, copy, change and pass on with this notice; no warranty of any kind."
)


class _Kind(NamedTuple):
    """What a set of shares holds, in words."""

    table: str
    title: str
    description: str
    thing: str


_KINDS = {
    "russia": _Kind(
        "russia_retweet_times",
        "Retweets by pro-government users in Russia by account and time, 2021",
        "Retweets by users on the government's side around the protests of 2021 in Russia, on "
        "Twitter, January to August 2021",
        "Post that was retweeted, numbered anew",
    ),
    "germany": _Kind(
        "germany_link_times",
        "Links shared in the German campaign by account and time, 2021",
        "Links in posts on Facebook and Twitter about the climate with a picture, in the "
        "campaign for the German parliament, 15 August to 26 September 2021",
        "Link that was shared, numbered anew",
    ),
}


def build(run: Run) -> list[Table]:
    """Return the times of the shares of both sets, and what the two sets hold."""
    with tempfile.TemporaryDirectory() as folder:
        sets = {}
        for name, frame in _upstream(run).items():
            path = Path(folder) / f"{name}.parquet"
            frame.to_parquet(path)
            sets[name] = _first_shares(run.connection.read_parquet(path))
        kept = {name: _often_shared(shares) for name, shares in sets.items()}
        rows = {name: _rows(shares, key_of(_file(run, name))) for name, shares in kept.items()}
        return [
            *(_times(_KINDS[name], rows[name]) for name in sets),
            _totals({name: _totals_of(sets[name], kept[name]) for name in sets}),
            _windows({name: _counts(kept[name], rows[name]["second"]) for name in sets}),
        ]


def _file(run: Run, name: str) -> Path:
    return run.raw(_SLUG, _FILES[name])


def _upstream(run: Run) -> dict[str, pd.DataFrame]:
    """Return both sets with the columns thing, account and second, all whole numbers."""
    columns = ["thing", "account", "second"]
    retweets = pd.read_csv(
        _file(run, "russia"),
        usecols=["object_id", "account_id", "timestamp_share"],
    )
    posts = pyreadr.read_r(str(_file(run, "germany")))["german_elections"]
    links = posts.dropna(subset=["url_id"])[["url_id", "account_id", "timestamp"]]
    links = links.assign(account_id=pd.factorize(links["account_id"], sort=True)[0])
    return {
        "russia": retweets.set_axis(columns, axis="columns").astype("int64"),
        "germany": links.set_axis(columns, axis="columns").astype("int64"),
    }


def _first_shares(shares: Any) -> Any:
    """Return the first time at which each account shared each thing."""
    return shares.group_by(["thing", "account"]).aggregate(second=shares.second.min())


def _often_shared(shares: Any) -> Any:
    """Return the shares of things that several accounts shared, and the time since the first."""
    whole = ibis.window(group_by="thing")
    counted = shares.mutate(
        sharers=shares.count().over(whole), after=shares.second - shares.second.min().over(whole)
    )
    return counted.filter(counted.sharers >= _LEAST).drop("sharers")


def _rows(shares: Any, key: bytes) -> pd.DataFrame:
    """Return the rows, things and accounts numbered in an order of no meaning and sorted by it."""
    frame: pd.DataFrame = shares.to_pyarrow().to_pandas()
    for column in ("thing", "account"):
        frame[column] = numbered(frame[column], key)
    return frame.sort_values(["thing", "after", "account"], ignore_index=True)


def _totals_of(shares: Any, kept: Any) -> dict[str, int]:
    sizes = kept.group_by("thing").aggregate(n=kept.count())
    found = {
        "shares": shares.count(),
        "things": shares.thing.nunique(),
        "accounts": shares.account.nunique(),
        "kept_shares": kept.count(),
        "kept_things": kept.thing.nunique(),
        "kept_accounts": kept.account.nunique(),
        "pairs": (sizes.n * (sizes.n - 1)).sum(),
    }
    numbers = {name: int(part.to_pyarrow().as_py()) for name, part in found.items()}
    return numbers | {"pairs": numbers["pairs"] // 2}


def _counts(kept: Any, seconds: pd.Series[int]) -> pd.DataFrame:
    """Count the coincidences of each window, and the accounts that coincide several times."""
    other = kept.view()
    joined = kept.join(other, [kept.thing == other.thing, kept.account < other.account])
    near = joined.select(
        account=kept.account, other=other.account, gap=(kept.second - other.second).abs()
    )
    near = near.filter(near.gap <= max(_WINDOWS))
    couples = near.group_by(["account", "other"]).aggregate(
        **{f"within_{window}": near.count(where=near.gap <= window) for window in _WINDOWS}
    )
    counts = {}
    for window in _WINDOWS:
        times = couples[f"within_{window}"]
        counts[f"coincidences {window}"] = times.sum()
        counts[f"pairs {window}"] = couples.count(where=times > 0)
        counts |= {f"pairs_{n} {window}": couples.count(where=times >= n) for n in _OFTEN}
    row = couples.aggregate(**counts).to_pyarrow().to_pandas().iloc[0]
    row.index = pd.MultiIndex.from_tuples(name.split() for name in row.index)
    frame: pd.DataFrame = row.unstack(0).rename_axis("window").reset_index()
    frame["window"] = frame["window"].astype(int)
    frame = frame.sort_values("window", ignore_index=True)
    frame["chance"] = [_chance(seconds, window) for window in frame["window"]]
    return frame


def _chance(seconds: pd.Series[int], window: int) -> float:
    """Return the share of all pairs of shares, of whatever things, that lie within a window."""
    ordered = np.sort(seconds.to_numpy())
    after = np.searchsorted(ordered, ordered + window, side="right") - np.arange(len(ordered)) - 1
    return round(float(after.sum() / (len(ordered) * (len(ordered) - 1) / 2)), 9)


def _times(kind: _Kind, rows: pd.DataFrame) -> Table:
    return Table(
        name=kind.table,
        title=kind.title,
        description=(
            f"{kind.description}: the first share of each thing by each account, for things "
            f"shared by at least {_LEAST} accounts. Things and accounts bear numbers in an order "
            "of no meaning; the day and hour are left out, so that only the time since the first "
            "share of the same thing can be read."
        ),
        frame=rows[["thing", "account", "after"]],
        fields=(
            Field("thing", "integer", kind.thing, constraints={"minimum": 1}),
            Field("account", "integer", "Account, numbered anew", constraints={"minimum": 1}),
            Field(
                "after",
                "integer",
                "Time since the first share of the same thing",
                "seconds",
                {"minimum": 0},
            ),
        ),
        key=("thing", "account"),
        slugs=(_SLUG,),
        caveats=(_NOTICE,),
    )


_SET = Field(
    "set",
    "string",
    "russia: retweets of pro-government users; germany: links in the campaign of 2021",
    constraints={"enum": sorted(_KINDS)},
)


def _totals(found: dict[str, dict[str, int]]) -> Table:
    frame = pd.DataFrame(found).T.rename_axis("set").reset_index().sort_values("set")
    meanings = {
        "shares": "First shares of a thing by an account",
        "things": "Posts that were retweeted, or links that were shared",
        "accounts": "Accounts that shared",
        "kept_shares": f"Shares of things that at least {_LEAST} accounts shared",
        "kept_things": f"Things that at least {_LEAST} accounts shared",
        "kept_accounts": "Accounts that shared such things",
        "pairs": "Pairs of such shares of the same thing, at whatever distance in time",
    }
    return Table(
        name="sharing_sets",
        title="Two sets of shares, 2021: what they hold",
        description=(
            "Sizes of the two sets behind the tables russia_retweet_times and "
            "germany_link_times, before and after things shared by one or two accounts are left "
            "out."
        ),
        frame=frame.reset_index(drop=True),
        fields=(
            _SET,
            *(
                Field(name, "integer", meaning, name.split("_")[-1], {"minimum": 1})
                for name, meaning in meanings.items()
            ),
        ),
        key=("set",),
        slugs=(_SLUG,),
        caveats=(_NOTICE,),
    )


def _windows(found: dict[str, pd.DataFrame]) -> Table:
    frame = pd.concat([rows.assign(set=name) for name, rows in sorted(found.items())])
    often = tuple(
        Field(
            f"pairs_{n}",
            "integer",
            f"Pairs of accounts that coincide in at least {n} things",
            "pairs of accounts",
            {"minimum": 0},
        )
        for n in _OFTEN
    )
    columns = ["set", "window", "coincidences", "pairs", *(field.name for field in often), "chance"]
    return Table(
        name="sharing_windows",
        title="Coincidences in two sets of shares as the window widens, 2021",
        description=(
            "How often two accounts shared the same thing within so many seconds, in the shares "
            "of the tables russia_retweet_times and germany_link_times, and how often it would "
            "be so if the times of all shares of a set were dealt anew among them."
        ),
        frame=frame[columns].reset_index(drop=True),
        fields=(
            _SET,
            Field(
                "window",
                "integer",
                "Longest time between two shares that coincide",
                "seconds",
                {"enum": list(_WINDOWS)},
            ),
            Field("coincidences", "integer", "Pairs of shares", "pairs of shares", {"minimum": 0}),
            Field("pairs", "integer", "Pairs of accounts", "pairs of accounts", {"minimum": 0}),
            *often,
            Field(
                "chance",
                "number",
                "Share of all pairs of shares, of whatever things, that lie within the window: "
                "the probability of a coincidence if all times of the set were dealt anew",
                "probability",
                {"minimum": 0, "maximum": 1},
            ),
        ),
        key=("set", "window"),
        slugs=(_SLUG,),
        caveats=(_NOTICE,),
    )
