"""Wrong answers to the exercises, and a word that the check's message must hold.

Those are what students get wrong first; an instructor's note beside each exercise names them.
"""

MISTAKES: dict[str, list[tuple[str, str]]] = {
    # Lab 1
    "share-by": [
        (
            "def share_by(month):\n    seen = first['first_twitter'].dropna()\n"
            "    return (seen <= month).mean()",
            "divide by all rows",
        ),
        ("def share_by(month): return float((first['first_twitter'] < month).mean())", "itself"),
    ],
    "observed": [
        ("observed = pd.DataFrame({'month': months, 'share': 0.5})", "exercise 1"),
        (
            "observed = pd.DataFrame({'month': pd.date_range('2007-01-01', '2015-08-31', "
            "freq='ME'), 'share': [share_by(m) for m in months]})",
            "months are not those",
        ),
    ],
    "s-curve": [
        (
            "def s_curve(years, ceiling, rate, midpoint):\n"
            "    return ceiling / (1 + np.exp(rate * (years - midpoint)))",
            "minus",
        ),
        (
            "def s_curve(years, ceiling, rate, midpoint):\n"
            "    return ceiling / (1 + np.exp(-rate * years - midpoint))",
            "half of the ceiling",
        ),
    ],
    "best": [("best = (0.9, 1.0, 5.0)", "sum of squares"), ("best = 0.74", "cannot|kind")],
    "models": [
        (
            "models = {n: adoption.fit(first['first_twitter'], months, n, resamples=20) "
            "for n in ('logistic', 'bass')}\nbetter = 'logistic'",
            "smaller is better",
        )
    ],
    "forecast": [
        (
            "known = adoption.fit(first['first_twitter'], months, 'bass', resamples=20)\n"
            "foretold, low, high = known.curve.iloc[-1][['share', 'low', 'high']]\nheld = True",
            "until=",
        ),
        ("foretold, low, high, held = 0.327, 0.245, 0.448, True", "interval"),
    ],
    # Lab 2
    "moment": [
        (
            "def moment(number):\n"
            "    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number >> 22)",
            "zero",
        ),
        (
            "def moment(number):\n    return datetime(1970, 1, 1) + "
            "timedelta(milliseconds=(number >> 22) + 1288834974657)",
            "zone",
        ),
        ("def moment(number): return made_up_time", "made_up_time"),
    ],
    "bounds": [
        ("first, end = 1212092628029698048.0, 1344825971232571392.0", "whole number"),
        ("first, end = 1577836800 << 22, 1609459200 << 22", "decodes to"),
    ],
    "truth": [
        (
            "exact = (agreed['difference'] == 0).mean()\nsince_2015 = 1.0",
            "sum the posts",
        ),
        (
            "exact = 1 - agreed.query('difference != 0')['posts'].sum() / agreed['posts'].sum()\n"
            "since_2015 = 0.4",
            "above and below",
        ),
    ],
    "first-five": [
        (
            "def first_five(account):\n    rows = seconds[seconds['account'] == account]\n"
            "    return rows.loc[rows['second'] <= 5, 'posts'].sum(), rows['posts'].sum()",
            "0, 1, 2, 3 and 4",
        ),
        (
            "def first_five(account):\n    rows = seconds[seconds['account'] == account]\n"
            "    return 5, len(rows)",
            "sum the column",
        ),
    ],
    "luck": [
        (
            "count, total = first_five('SwedishPM')\n"
            "luck = (np.random.default_rng(2012).binomial(total, 5 / 60, 10_000) > count).mean()",
            "or more",
        ),
        ("luck = 15", "share"),
    ],
    "nearest": [("nearest = 'SwedishPM'", "shares"), ("nearest = 'Hootsuite'", "no account")],
    # Lab 3
    "local-hour": [
        ("def local_hour(moment, zone): return (moment.hour + 1) % 24", "let the zone"),
        (
            "def local_hour(moment, zone): return moment.replace(tzinfo=ZoneInfo(zone)).hour",
            "let the zone",
        ),
    ],
    "office-share": [
        (
            "def office_share(account):\n    rows = hours[hours['account'] == account]\n"
            "    inside = (rows['weekday'] <= 5) & rows['hour'].between(9, 17)\n"
            "    return rows.loc[inside, 'posts'].sum() / rows['posts'].sum()",
            "hours 9 to 16",
        ),
    ],
    "week-map": [
        (
            "def week_map(account):\n    rows = hours[hours['account'] == account]\n"
            "    return rows.pivot_table(index='weekday', columns='hour', values='posts', "
            "aggfunc='sum').to_numpy(float)",
            "shape|gaps",
        ),
        ("def week_map(account): return np.full((7, 24), 1.0)", "sum to"),
    ],
    "averages": [("pooled, mean = 0.2228, 0.2396", "first the share of each")],
    "weeks": [
        ("low, high = naive.low, naive.high", "draw weeks"),
        ("low, high = naive.value - 0.2, naive.value + 0.2", "library"),
    ],
    "turn": [("turn = 17", "not back"), ("turn = 3", "try all 24")],
    # Lab 4
    "held-by-top": [
        ("def held_by_top(values, number): return values[-number:].sum() / values.sum()", "sort"),
        ("def held_by_top(values, number): return np.sort(values)[-number:].sum()", "half"),
    ],
    "lorenz": [
        (
            "def lorenz(values):\n    ordered = np.sort(values)[::-1]\n"
            "    cases = np.arange(len(ordered) + 1) / len(ordered)\n"
            "    return cases, np.concatenate([[0], np.cumsum(ordered) / ordered.sum()])",
            "least retweeted",
        ),
        (
            "def lorenz(values):\n    ordered = np.sort(values)\n"
            "    return np.arange(len(ordered)) / len(ordered), np.cumsum(ordered)",
            "for the zero",
        ),
    ],
    "gini": [
        ("def gini(values):\n    c, t = lorenz(values)\n    return np.trapezoid(t, c)", "same"),
        (
            "def gini(values):\n    c, t = lorenz(values)\n    return 0.5 - np.trapezoid(t, c)",
            "0.99",
        ),
    ],
    "own": [
        (
            "everything = counts.groupby('retweets')['posts'].sum()\n"
            "with_all = own_only = attention.top_share(everything.index, everything)",
            "own_only",
        ),
    ],
    "one-account": [
        (
            "without = np.sort(retweets)[-6:-1].sum() / retweets.sum()\nlow, high = 0.2, 0.75",
            "out of the total",
        ),
        (
            "without = held_by_top(np.delete(retweets, retweets.argmax()), 5)\nlow = high = 0.58",
            "wrong way round",
        ),
    ],
    "tail": [
        (
            "free = attention.tail(own.index, own)\n"
            "later = attention.tail(own.index, own, start=100)\n"
            "decided_free = decided_later = True",
            "not decide",
        ),
    ],
    # Lab 5
    "score": [
        ("def score(places): return places / len(places)", "scores 1, 0.5 and 0"),
        ("def score(places): return (len(places) - places) / len(places)", "scores 1, 0.5 and 0"),
    ],
    "rank": [
        (
            "def rank(weights):\n    given = pd.Series(weights)\n"
            "    return (scores[list(weights)] * given).sum(axis=1).rank(method='min').astype(int)",
            "not the last",
        ),
        (
            "def rank(weights):\n    given = pd.Series(weights)\n"
            "    index = (scores[list(weights)] * given).sum(axis=1)\n"
            "    return index.round(10).rank(ascending=False)",
            "you say",
        ),
    ],
    "mine": [
        ("mine = {'service_portals': 1.0}", "three indicators"),
        ("mine = {'engagement': 1, 'openness': 1, 'infrastructure': 1}", "not yet"),
        ("mine = {'service_portals': 2, 'online_services': 2, 'openness': -1}", "negative"),
    ],
    "range": [
        ("low, high = 13, 13", "low is"),
        (
            "row = scores.index.get_loc(fourteenth)\nfound = []\nfor _ in range(1000):\n"
            "    w = rng.random(7)\n    index = scores.to_numpy() @ w\n"
            "    found.append(1 + (index > index[row]).sum())\n"
            "low, high = np.quantile(found, [0.025, 0.975])",
            "drawn anew",
        ),
    ],
    "heaviest": [
        ("heaviest, moved = 'human_capital', 0", "another one"),
        ("heaviest, moved = 'engagement', 7", "a rise"),
    ],
    "ahead": [
        (
            "def ahead(one, other): return float((drawn.loc[one] > drawn.loc[other]).mean())\n"
            "sure = 122",
            "smaller place",
        ),
        (
            "def ahead(one, other): return float((drawn.loc[one] <= drawn.loc[other]).mean())\n"
            "sure = 122",
            "ties",
        ),
    ],
    # Lab 6
    "by-pandas": [
        (
            "def by_pandas(path):\n    rows = pd.read_parquet(path)\n"
            "    rows['office'] = rows['posts'].where("
            "(rows['weekday'] <= 5) & rows['hour'].between(9, 17), 0)\n"
            "    return rows.groupby('account', as_index=False)[['posts', 'office']].sum()",
            "office is",
        ),
    ],
    "summary": [
        ("def summary(table): return by_pandas(small)", "not its result"),
        (
            "def summary(table):\n    return table.group_by('account').aggregate("
            "posts=table['posts'].sum(), office=table['posts'].sum())",
            "office is|not sorted",
        ),
    ],
    "run": [
        ("def run(engine, path): return summary(table).to_pyarrow().to_pandas()", "should be"),
        ("def run(engine, path): return summary(engine.read_parquet(str(path)))", "pandas table"),
    ],
    "multiply": [
        ("def multiply(frame, times, path): frame.to_parquet(path, index=False)", "copies have"),
        (
            "def multiply(frame, times, path):\n"
            "    pd.concat([frame] * times).to_parquet(path, index=False)",
            "no column copy",
        ),
    ],
    "costs": [("costs['pandas'] = measure(lambda: by_pandas(large))[1:]", "no entry|there is no")],
    "race": [("def race(sizes): return pd.DataFrame({'rows': sizes})", "columns are")],
}
