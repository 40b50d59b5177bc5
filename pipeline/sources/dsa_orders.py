"""What the authorities of the European Union's members asked of large platforms in 2025."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "dsa-reports-2025h2"
_SPELLINGS = {"EL": "GR", "SP": "ES", "SEE": "SE"}
_STATES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
_COUNTS = {
    "to_act": "orders_to_act",
    "items": "items_in_orders",
    "to_provide": "orders_to_provide_information",
}
# What these services state by country is the rest of a garbled list, or a handful of many.
_NO_STATES = ("Amazon", "Booking.com", "Facebook", "Instagram")
_SUBJECT = "STATEMENT_CATEGORY_"


def build(run: Run) -> list[Table]:
    """Return the tables of orders by service, by country and by subject."""
    orders = _read(run, "member_state_orders.csv.gz").rename(
        columns={column: name for name, column in _COUNTS.items()}
    )
    users = _read(run, "active_recipients.csv").set_index(["service", "scope"])
    recipients = users["average_monthly_active_recipients"].rename("recipients")
    totals = orders[orders["category_code"] == "TOTAL"].set_index(["service", "scope"])
    counted = totals[[*_COUNTS]].join(recipients).reset_index()
    return [_services(counted), _states(counted), _subjects(orders)]


def _read(run: Run, name: str) -> pd.DataFrame:
    frame = pd.read_csv(run.raw(_SLUG, f"prepared/{name}"))
    return frame.assign(scope=frame["scope"].str.upper().replace(_SPELLINGS))


def _services(counted: pd.DataFrame) -> Table:
    whole = counted[counted["scope"] == "TOTAL"].set_index("service")
    states = counted[counted["scope"].isin(_STATES) & ~counted["service"].isin(_NO_STATES)]
    sums = states.groupby("service")[["to_act", "to_provide"]].sum(min_count=1)
    frame = whole.drop(columns="scope").join(sums.add_suffix("_states")).reset_index()
    return Table(
        name="dsa_services",
        title="Orders of European authorities to very large platforms, July to December 2025",
        description=(
            "Orders of authorities of the 27 members of the European Union that 20 very large "
            "platforms and search engines count in their transparency reports under the Digital "
            "Services Act for the second half of 2025: orders to act against illegal content "
            "(Article 9) and orders to provide information on a user (Article 10), with the "
            "monthly active users in the Union that the service states."
        ),
        frame=frame[[field.name for field in _SERVICES]],
        fields=_SERVICES,
        key=("service",),
        slugs=(_SLUG,),
        caveats=(
            "Multi-Services is a row of its own: orders to Google that name no single service.",
            "Missing means that the report states no number, not that there was no order.",
        ),
    )


def _states(counted: pd.DataFrame) -> Table:
    frame = counted[counted["scope"].isin(_STATES) & ~counted["service"].isin(_NO_STATES)]
    frame = frame.rename(columns={"scope": "state"}).sort_values(["service", "state"])
    return Table(
        name="dsa_orders",
        title="Orders of European authorities to very large platforms by country, 2025",
        description=(
            "Orders to act and orders to provide information that 16 services count for the "
            "second half of 2025, by the member of the European Union whose authority gave them, "
            "with the service's monthly active users in that country. Countries that a service "
            "does not name are no rows."
        ),
        frame=frame[[field.name for field in _ORDERS]],
        fields=_ORDERS,
        key=("service", "state"),
        slugs=(_SLUG,),
        caveats=(
            "A country that is missing for a service gave no order, or the service did not name "
            "it: the reports do not say which.",
            "App Store, XNXX and XVideos lump countries together and have no rows here.",
            "TikTok rounds its users to 100,000.",
        ),
    )


def _subjects(orders: pd.DataFrame) -> Table:
    rows = orders[orders["category_code"].str.startswith(_SUBJECT)]
    rows = rows[rows["scope"].isin([*_STATES, "TOTAL"])]
    rows = rows[(rows["scope"] == "TOTAL") | ~rows["service"].isin(_NO_STATES)]
    frame = rows.assign(state=rows["scope"].replace("TOTAL", "EU"), subject=rows["category"])
    some = frame[[*_COUNTS]].fillna(0).sum(axis=1) > 0
    return Table(
        name="dsa_order_subjects",
        title="Subjects of European authorities' orders to very large platforms, 2025",
        description=(
            "Orders that very large platforms count for the second half of 2025, by the kind of "
            "illegal content and by member of the European Union (EU for all members)."
        ),
        frame=frame[some][[field.name for field in _SUBJECTS]].sort_values(
            ["service", "state", "subject"]
        ),
        fields=_SUBJECTS,
        key=("service", "state", "subject"),
        slugs=(_SLUG,),
        caveats=(
            "The platform chooses the kind, and may choose none: TikTok calls all its orders not "
            "specified.",
            "An order can stand under several kinds: the kinds need not add up to the orders.",
        ),
    )


_SERVICE = Field(
    "service",
    "string",
    "Platform or search engine; Multi-Services: none named",
    constraints={"required": True},
)
_COUNT = {"minimum": 0}
_MEASURES = (
    Field("to_act", "integer", "Orders to act against illegal content", "orders", _COUNT),
    Field("items", "integer", "Items (posts, accounts, links) named in them", "items", _COUNT),
    Field("to_provide", "integer", "Orders to provide information on users", "orders", _COUNT),
)
_RECIPIENTS = Field(
    "recipients", "integer", "Monthly active users that the service states", "people", _COUNT
)
_SERVICES = (
    _SERVICE,
    *_MEASURES,
    _RECIPIENTS,
    Field("to_act_states", "integer", "Orders to act, added up over countries", "orders", _COUNT),
    Field(
        "to_provide_states",
        "integer",
        "Orders to provide information, added up over countries",
        "orders",
        _COUNT,
    ),
)
_ORDERS = (
    _SERVICE,
    Field(
        "state",
        "string",
        "ISO 3166-1 alpha-2 code of the member of the European Union",
        constraints={"required": True, "enum": [*_STATES]},
    ),
    *_MEASURES,
    _RECIPIENTS,
)
_SUBJECTS = (
    _SERVICE,
    Field(
        "state",
        "string",
        "ISO 3166-1 alpha-2 code of the member; EU for all members",
        constraints={"required": True, "enum": [*_STATES, "EU"]},
    ),
    Field("subject", "string", "Kind of illegal content", constraints={"required": True}),
    *_MEASURES,
)
