"""EveryPolitician, November 2015: how many members of each legislature have which contact."""

from __future__ import annotations

import pandas as pd
import pycountry

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "everypolitician-2015"


def build(run: Run) -> list[Table]:
    """Return the table ``legislature_handles_2015``."""
    members = pd.read_csv(
        run.raw(_SLUG, "prepared/latest_terms_2015-11-30.csv.gz"), dtype=str, keep_default_na=False
    )
    summary = pd.read_csv(
        run.raw(_SLUG, "prepared/legislatures_summary.csv"), keep_default_na=False
    ).rename(columns={"code": "iso2", "leg": "legislature", "img": "image"})
    keys = ["iso2", "legislature"]
    filled = members[keys].assign(
        twitter=members["twitter"] != "", facebook=members["facebook"] != ""
    )
    frame = filled.groupby(keys, as_index=False).agg(
        members=("twitter", "size"), twitter=("twitter", "sum"), facebook=("facebook", "sum")
    )
    frame = frame.merge(summary[[*keys, "country", "email", "image"]], on=keys, validate="1:1")
    frame = frame.assign(iso3=frame["iso2"].map(_alpha3())).sort_values(keys)
    return [
        Table(
            name="legislature_handles_2015",
            title="Contacts of politicians that EveryPolitician had collected, November 2015",
            description=(
                "Members of the latest term of 239 legislatures, as mySociety's project "
                "EveryPolitician had them on 30 November 2015, and how many of them had an entry "
                "for Twitter, Facebook, e-mail and a portrait. Volunteers' scripts took them from "
                "parliaments' sites and other lists."
            ),
            frame=frame[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=("iso2", "legislature"),
            slugs=(_SLUG,),
            caveats=(
                "Members who left within the term stand beside their successors, so members can "
                "exceed seats.",
            ),
        )
    ]


def _alpha3() -> dict[str, str]:
    """Return alpha-3 by alpha-2 codes; ISO has none for Kosovo, which is XK and XKX by custom."""
    return {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}


_COUNT = {"minimum": 0}
_FIELDS = (
    Field("iso2", "string", "Code of the country or territory", "", {"required": True}),
    Field("iso3", "string", "ISO 3166-1 alpha-3 code; XKX is Kosovo; empty where there is none"),
    Field("country", "string", "Country or territory, as the project names it"),
    Field("legislature", "string", "Legislature", constraints={"required": True}),
    Field("members", "integer", "Members of the latest term", "members", {"minimum": 1}),
    Field("twitter", "integer", "Members with a Twitter name", "members", _COUNT),
    Field("facebook", "integer", "Members with a Facebook address", "members", _COUNT),
    Field("email", "integer", "Members with an e-mail address", "members", _COUNT),
    Field("image", "integer", "Members with a portrait", "members", _COUNT),
)
