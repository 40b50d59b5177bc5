# ruff: noqa: E501 - what students type
"""Answers to the exercises: right ones in another form, and wrong ones.

Beside a wrong answer stands a word that the check's message must hold. The wrong ones are what
students get wrong first; an instructor's note beside each exercise names them. In both, ``SOLUTION``
stands for the lab's own solution, which runs before what follows.
"""

ENGINES = "06-from-one-file-to-a-cluster"
"""The lab that measures engines; its answers depend on the machine."""

AT_HOME = """def deal_at_home(labels, home, rng):
    return labels.groupby(home).transform(lambda part: rng.permutation(part.to_numpy()))"""
"""A right function of lab 7, for answers that are wrong elsewhere."""

WRONG: dict[str, list[tuple[str, str]]] = {
    "share-by": [
        (
            "def share_by(month): return int(1000 * (first['first_twitter'] <= month).mean()) / 1000",
            "Do not round",
        ),
        (
            "def share_by(month): return round(100 * (first['first_twitter'] <= month).mean())",
            "percent",
        ),
        ("def share_by(month): return first['first_twitter'] <= month", "numbers are asked"),
        (
            "def share_by(month):\n    seen = first['first_twitter'].dropna()\n    return (seen <= month).mean()",
            "divide by all rows",
        ),
        ("def share_by(month): return float((first['first_twitter'] < month).mean())", "itself"),
        (
            "def share_by(month): return round((first['first_twitter'] <= month).mean(), 2)",
            "Do not round",
        ),
        ("def share_by(month): return 100 * (first['first_twitter'] <= month).mean()", "percent"),
        (
            "def share_by(month): return (first['first_twitter'] <= month).sum()",
            "number of countries",
        ),
        ("def share_by(month): (first['first_twitter'] <= month).mean()", "nothing yet"),
        (
            "def share_by(month): return (frist['first_twitter'] <= month).mean()",
            "`share_by` uses `frist`",
        ),
        ("def share_by(month): return 'half'", "numbers are asked for"),
    ],
    "observed": [
        ("observed = pd.DataFrame({'month': months, 'share': 0.5})", "exercise 1"),
        (
            "observed = pd.DataFrame({'month': pd.date_range('2007-01-01', '2015-08-31', freq='ME'), 'share': [share_by(m) for m in months]})",
            "months are not those",
        ),
        (
            "SOLUTION\nobserved = observed.assign(share=observed['share'].diff().fillna(0))",
            "new countries",
        ),
        ("SOLUTION\nobserved = observed.assign(share=observed['share'] * 100)", "percent"),
        ("SOLUTION\nobserved = observed.assign(share=observed['share'].round(3))", "Do not round"),
        ("SOLUTION\nobserved = observed.iloc[1:]", "rows"),
        ("SOLUTION\nobserved = observed.rename(columns={'share': 'shares'})", "columns are"),
        ("observed = [share_by(month) for month in months]", "a table is asked for"),
        ("SOLUTION\nobserved = observed[['share']]", "month and share are asked for"),
        ("SOLUTION\nobserved['share'] = observed['share'].replace(0, float('nan'))", "holds NaN"),
    ],
    "s-curve": [
        (
            "def s_curve(years, ceiling, rate, midpoint):\n    return ceiling / (1 + np.exp(rate * (years - midpoint)))",
            "minus",
        ),
        (
            "def s_curve(years, ceiling, rate, midpoint):\n    return ceiling / (1 + np.exp(-rate * years - midpoint))",
            "half of the ceiling",
        ),
        (
            "def s_curve(y, c, r, m): return 0.8 / (1 + np.exp(-1.2 * (y - 4.0)))",
            "half of the ceiling",
        ),
        ("def s_curve(y, c, r, m): return c / (1 + np.exp(-1.2 * (y - m)))", "rate 0.7"),
        (
            "import math\ndef s_curve(y, c, r, m): return c / (1 + math.exp(-r * (y - m)))",
            "`s_curve` stops|rate 1.2",
        ),
        ("def s_curve(y, c, r, m): print(c)", "nothing yet"),
    ],
    "best": [
        ("best = (0.9, 1.0, 5.0)", "sum of squares"),
        ("best = 0.74", "three numbers"),
        ("best = (0.74, -0.9, 5.0)", "rate is negative"),
        ("best = {'ceiling': 0.74}", "numbers are asked for"),
        ("best = (0.74, 0, 5.0)", "sum of squares"),
        ("best = (0.74, float('nan'), 5.0)", "no number"),
        ("SOLUTION\nbest = best[2], best[1], best[0]", "another order"),
        ("SOLUTION\nbest = best[1], best[0], best[2]", "another order"),
    ],
    "models": [
        (
            "models = {n: adoption.fit(first['first_twitter'], months, n, resamples=20) for n in ('logistic', 'bass')}\nbetter = 'logistic'",
            "smaller is better",
        ),
        (
            "known = first['first_twitter'].dropna()\nmodels = {n: adoption.fit(known, months, n, resamples=20) for n in ('logistic', 'bass')}\nbetter = min(models, key=lambda n: models[n].aic)",
            "other countries or months",
        ),
        (
            "models = {n: adoption.fit(first['first_twitter'], months, n, until='2012-12-01', resamples=20) for n in ('logistic', 'bass')}\nbetter = min(models, key=lambda n: models[n].aic)",
            "other countries or months",
        ),
        ("SOLUTION\nbetter = models['bass']", "name of a model"),
        ("SOLUTION\ndel models['bass']", "has the keys"),
        ("SOLUTION\nmodels['bass'] = models['logistic']", "holds a fit"),
    ],
    "forecast": [
        (
            "known = adoption.fit(first['first_twitter'], months, 'bass', resamples=20)\nforetold, low, high = known.curve.iloc[-1][['share', 'low', 'high']]\nheld = True",
            "until=",
        ),
        ("foretold, low, high, held = 0.327, 0.245, 0.448, True", "interval"),
        (
            "SOLUTION\nknown = adoption.fit(first['first_twitter'], months, 'logistic', until='2010-12-01', resamples=20)\nforetold, low, high = known.curve.iloc[-1][['share', 'low', 'high']]",
            "logistic",
        ),
        (
            "SOLUTION\nforetold, low, high = known.curve.iloc[47][['share', 'low', 'high']]",
            "December 2010",
        ),
        ("SOLUTION\nheld = 'no'", "True or False"),
        ("SOLUTION\nheld = not held", "interval"),
        ("SOLUTION\nforetold, low, high = 100 * foretold, 100 * low, 100 * high", "percent"),
        ("SOLUTION\nlow, high = high, low", "does not lie between"),
        ("SOLUTION\nlow, high, held = 0.1, 0.9, True", "not the bounds of this forecast"),
        (
            "SOLUTION\nlow, high = known.curve.iloc[47][['low', 'high']]",
            "not the bounds of this forecast",
        ),
        (
            "SOLUTION\nlow, high = foretold - 0.01, foretold + 0.01",
            "not the bounds of this forecast",
        ),
        (
            "SOLUTION\nlow, high = known.curve['low'].min(), known.curve['high'].max()",
            "not the bounds of this forecast",
        ),
    ],
    "moment": [
        (
            "def moment(number):\n    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number >> 22)",
            "zero",
        ),
        (
            "def moment(number):\n    return datetime(1970, 1, 1) + timedelta(milliseconds=(number >> 22) + 1288834974657)",
            "zone",
        ),
        ("def moment(number): return made_up_time", "uses `made_up_time`"),
        (
            "def moment(number):\n    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=(number + 1288834974657) >> 22)",
            "after the shift",
        ),
        (
            "def moment(number): return datetime.fromtimestamp(((number >> 22) + 1288834974657) / 1000)",
            "zone",
        ),
        ("def moment(number): return (number >> 22) + 1288834974657", "not a datetime"),
        (
            "def moment(number): return datetime(2012, 7, 9, 9, 30, 0, 417_000, tzinfo=UTC)",
            "argument",
        ),
    ],
    "bounds": [
        ("first, end = 1212092628029698048.0, 1344825971232571392.0", "whole number"),
        ("first, end = 1577836800 << 22, 1609459200 << 22", "decodes to"),
        ("SOLUTION\nfirst += 1\nend += 1", "last 22 places"),
        ("SOLUTION\nfirst = str(first)", "whole number"),
        ("SOLUTION\nfirst, end = end, first", "decodes to"),
    ],
    "truth": [
        ("SOLUTION\nexact = int(exact * 1000) / 1000", "Do not round"),
        ("SOLUTION\nexact = [exact, since_2015]", "one number"),
        ("exact = (agreed['difference'] == 0).mean()\nsince_2015 = 1.0", "sum the posts"),
        (
            "exact = 1 - agreed.query('difference != 0')['posts'].sum() / agreed['posts'].sum()\nsince_2015 = 0.4",
            "above and below",
        ),
        ("SOLUTION\nexact = round(exact, 4)", "Do not round"),
        ("SOLUTION\nexact *= 100", "percent"),
        ("SOLUTION\nexact = 1 - exact", "differ"),
        ("SOLUTION\nsince_2015 = 100", "percent"),
        ("SOLUTION\nexact = '99%'", "numbers"),
        ("SOLUTION\nexact = agreed[agreed['difference'] == '0']['posts'].mean()", "holds NaN"),
    ],
    "first-five": [
        (
            "def first_five(account):\n    rows = seconds[seconds['account'] == account]\n    return rows.loc[rows['second'] <= 5, 'posts'].sum(), rows['posts'].sum()",
            "six seconds",
        ),
        (
            "def first_five(account):\n    rows = seconds[seconds['account'] == account]\n    return 5, len(rows)",
            "sum the column",
        ),
        (
            "SOLUTION\npair = first_five\ndef first_five(account): return pair(account)[::-1]",
            "wrong way round",
        ),
        (
            "SOLUTION\npair = first_five\ndef first_five(account): return pair(account)[0]",
            "two numbers",
        ),
        ("def first_five(account): seconds[seconds['account'] == account]", "nothing yet"),
    ],
    "luck": [
        (
            "count, total = first_five('SwedishPM')\nluck = (np.random.default_rng(2012).binomial(total, 5 / 60, 10_000) > count).mean()",
            "or more",
        ),
        ("luck = 15", "samples"),
        ("SOLUTION\nluck = 1 - luck", "fall short"),
        ("SOLUTION\nluck *= 100", "percent"),
        ("SOLUTION\nluck = draws", "one number"),
        ("SOLUTION\nluck = pd.Series(draws)[draws < 0].mean()", "holds NaN"),
    ],
    "nearest": [
        ("nearest = 'SwedishPM'", "shares"),
        ("nearest = 'Hootsuite'", "no account"),
        ("SOLUTION\nnearest = distance.idxmax()", "most distant"),
    ],
    "local-hour": [
        ("def local_hour(moment, zone): return (moment.hour + 1) % 24", "let the zone"),
        (
            "def local_hour(moment, zone): return moment.replace(tzinfo=ZoneInfo(zone)).hour",
            "label of a time",
        ),
        ("def local_hour(moment, zone): moment.astimezone(ZoneInfo(zone)).hour", "nothing yet"),
        (
            "def local_hour(moment, zone):\n    offset = moment.astimezone(ZoneInfo(zone)).utcoffset().total_seconds()\n    return (moment.hour + int(offset // 3600)) % 24",
            "five and a half hours ahead",
        ),
        (
            "def local_hour(moment, zone):\n    there = moment.astimezone(ZoneInfo(zone))\n    return there.hour + there.minute / 60",
            "whole number",
        ),
        (
            "def local_hour(moment, zone): return str(moment.astimezone(ZoneInfo(zone)).hour)",
            "whole number",
        ),
        (
            "def local_hour(moment, zone): return moment.astimezone(ZoneInfo(zon)).hour",
            "uses `zon`",
        ),
    ],
    "office-share": [
        (
            "SOLUTION\ninner = office_share\ndef office_share(account): return round(100 * inner(account))",
            "percent",
        ),
        (
            "SOLUTION\ninner = office_share\ndef office_share(account): return int(1000 * inner(account)) / 1000",
            "Do not round",
        ),
        (
            "SOLUTION\ninner = office_share\ndef office_share(account): return [inner(account), 1]",
            "one number",
        ),
        (
            "def office_share(account):\n    rows = hours[hours['account'] == account]\n    inside = (rows['weekday'] <= 5) & rows['hour'].between(9, 17)\n    return rows.loc[inside, 'posts'].sum() / rows['posts'].sum()",
            "hours 9 to 16",
        ),
        (
            "def office_share(account):\n    rows = hours[hours['account'] == account]\n    inside = (rows['weekday'] <= 4) & rows['hour'].between(9, 16)\n    return rows.loc[inside, 'posts'].sum() / rows['posts'].sum()",
            "Monday is 1",
        ),
        (
            "def office_share(account):\n    rows = hours[hours['account'] == account]\n    inside = (rows['weekday'] <= 5) & rows['hour'].between(9, 16)\n    return len(rows[inside]) / len(rows)",
            "sum the posts",
        ),
        (
            "def office_share(account):\n    rows = hours[(hours['account'] == account) & (hours['weekday'] <= 5)]\n    return rows.loc[rows['hour'].between(9, 16), 'posts'].sum() / rows['posts'].sum()",
            "divided by all posts of the account",
        ),
        (
            "def office_share(account):\n    rows = hours[hours['account'] == account]\n    inside = rows['hour'].between(9, 16)\n    return rows.loc[inside, 'posts'].sum() / rows['posts'].sum()",
            "weekends",
        ),
        (
            "SOLUTION\ninner = office_share\ndef office_share(account): return round(inner(account), 3)",
            "Do not round",
        ),
        (
            "SOLUTION\ninner = office_share\ndef office_share(account): return 100 * inner(account)",
            "percent",
        ),
    ],
    "week-map": [
        (
            "def week_map(account):\n    rows = hours[hours['account'] == account]\n    return rows.pivot_table(index='weekday', columns='hour', values='posts', aggfunc='sum').to_numpy(float)",
            "shape|gaps",
        ),
        ("def week_map(account): return np.full((7, 24), 1.0)", "sums to 168"),
        (
            "SOLUTION\ninner = week_map\ndef week_map(account): return inner(account).ravel()",
            "seven rows",
        ),
        (
            "def week_map(account):\n    rows = hours[hours['account'] == account]\n    wide = rows.pivot_table(index='weekday', columns='hour', values='posts', aggfunc='sum')\n    return wide.reindex(index=range(1, 8), columns=range(24)) / rows['posts'].sum()",
            "gaps",
        ),
        (
            "SOLUTION\ninner = week_map\ndef week_map(account): return inner(account).T",
            "on its side",
        ),
        (
            "SOLUTION\ninner = week_map\ndef week_map(account): return np.roll(inner(account), 1, axis=0)",
            "Monday first",
        ),
        (
            "SOLUTION\ninner = week_map\ndef week_map(account): return inner(account) * hours.loc[hours['account'] == account, 'posts'].sum()",
            "holds posts",
        ),
        (
            "SOLUTION\ninner = week_map\ndef week_map(account): return 100 * inner(account)",
            "percent",
        ),
    ],
    "averages": [
        ("SOLUTION\nmean = leaders['weekend'] / leaders['posts']", "one number"),
        ("SOLUTION\npooled = int(1000 * pooled) / 1000", "Do not round"),
        ("pooled, mean = 0.2228, 0.2396", "share of each leader, then the average of the 9 shares"),
        ("SOLUTION\npooled, mean = mean, pooled", "mixed up"),
        ("SOLUTION\nmean = round(mean, 3)", "Do not round"),
        ("SOLUTION\npooled *= 100\nmean *= 100", "percent"),
        (
            "SOLUTION\nmore = sums[sums.index.map(kinds).isin(['leader', 'leader_office'])]\npooled = more['weekend'].sum() / more['posts'].sum()",
            "office is in it",
        ),
        (
            "SOLUTION\npooled = sums[sums.index.map(kinds) == 'Leader']['weekend'].mean()",
            "holds NaN",
        ),
    ],
    "weeks": [
        ("low, high = naive.low, naive.high", "resample weeks"),
        ("low, high = naive.value - 0.2, naive.value + 0.2", "too wide"),
        ("SOLUTION\nlow, high = np.quantile(results, [0.05, 0.95])", "middle 95%"),
        ("SOLUTION\nlow = high = naive.value", "putting back"),
        (
            "SOLUTION\nlow, high = np.percentile(results, [0.025, 0.975])",
            "np.percentile 2.5 and 97.5",
        ),
        ("SOLUTION\nlow, high = high, low", "wrong way"),
        ("SOLUTION\nlow, high = 100 * low, 100 * high", "percent"),
        (
            "ratio = (rows['weekend'] / rows['posts']).to_numpy(float)\nlow, high = np.quantile([ratio[rng.integers(len(rows), size=len(rows))].mean() for _ in range(1000)], [0.025, 0.975])",
            "mean of the weekly shares, in which a week with few posts counts like one with many",
        ),
        (
            "p, w = rows['posts'].to_numpy(float), rows['weekend'].to_numpy(float)\nn = len(rows)\nlow, high = np.quantile([w[rng.integers(n, size=n)].sum() / p[rng.integers(n, size=n)].sum() for _ in range(1000)], [0.025, 0.975])",
            "same weeks",
        ),
        ("SOLUTION\nlow = float('nan')", "holds NaN"),
        ("SOLUTION\nlow, high = low - 0.02, high - 0.02", "too low or too high"),
    ],
    "turn": [
        ("turn = 7.5", "whole number"),
        ("turn = range(24)", "whole number"),
        ("turn = ...", "nothing yet"),
        ("turn = 17", "not back"),
        ("turn = 3", "try all 24"),
        ("turn = 31", "0 to 23"),
        ("turn = '7'", "whole number"),
        ("turn = True", "whole number"),
    ],
    "held-by-top": [
        (
            "def held_by_top(values, number): return np.sort(values)[-number:] / values.sum()",
            "sort|half|one number",
        ),
        ("def held_by_top(values, number): return values[-number:].sum() / values.sum()", "sort"),
        (
            "def held_by_top(values, number): return np.sort(values)[-number:].sum()",
            "divide by the total",
        ),
        (
            "def held_by_top(values, number):\n    values.sort()\n    return values[-number:].sum() / values.sum()",
            "changes the order",
        ),
        ("def held_by_top(values, number): np.sort(values)", "nothing yet"),
        (
            "def held_by_top(values, number): return 100 * np.sort(values)[-number:].sum() / values.sum()",
            "percent",
        ),
        (
            "def held_by_top(values, number): return np.sort(values)[-number:].sum() / totl",
            "uses `totl`",
        ),
    ],
    "lorenz": [
        (
            "def lorenz(values):\n    ordered = np.sort(values)[::-1]\n    cases = np.arange(len(ordered) + 1) / len(ordered)\n    return cases, np.concatenate([[0], np.cumsum(ordered) / ordered.sum()])",
            "least retweeted",
        ),
        (
            "def lorenz(values):\n    ordered = np.sort(values)\n    return np.arange(len(ordered)) / len(ordered), np.cumsum(ordered)",
            "for the zero",
        ),
        ("SOLUTION\npair = lorenz\ndef lorenz(values): return pair(values)[0]", "two arrays"),
        (
            "SOLUTION\npair = lorenz\ndef lorenz(values): return tuple(100 * x for x in pair(values))",
            "both end at 1",
        ),
        (
            "SOLUTION\npair = lorenz\ndef lorenz(values): return pair(values)[0] ** 1.01, pair(values)[1]",
            "equal steps",
        ),
        ("def lorenz(values): np.sort(values)", "nothing yet"),
        (
            "SOLUTION\npair = lorenz\ndef lorenz(values):\n    cases, total = pair(values)\n    return cases, np.where(total < 0.5, total, np.nan)",
            "holds NaN",
        ),
    ],
    "gini": [
        ("SOLUTION\ninner = gini\ndef gini(values): return [inner(values), 0]", "one number"),
        ("def gini(values):\n    c, t = lorenz(values)\n    return np.trapezoid(t, c)", "same"),
        (
            "def gini(values):\n    c, t = lorenz(values)\n    return 0.5 - np.trapezoid(t, c)",
            "0.99",
        ),
        (
            "def gini(values):\n    c, t = lorenz(values)\n    return 0.5 - np.trapezoid(t, c)",
            "times two",
        ),
        (
            "SOLUTION\ninner = gini\ndef gini(values): return round(inner(values), 2)",
            "Do not round",
        ),
        ("SOLUTION\ninner = gini\ndef gini(values): return 100 * inner(values)", "percent"),
        ("def gini(values): lorenz(values)", "nothing yet"),
        ("def gini(values): return float('nan')", "holds NaN"),
    ],
    "own": [
        ("SOLUTION\nown_only = round(100 * own_only)", "percent"),
        ("SOLUTION\nwith_all = None", "nothing yet"),
        (
            "everything = counts.groupby('retweets')['posts'].sum()\nwith_all = own_only = inequality.top_share(everything.index, everything)",
            "own_only",
        ),
        ("SOLUTION\nwith_all = inequality.top_share(everything.index)", "one post"),
        ("SOLUTION\nown_only = with_all", "passed on"),
        ("SOLUTION\nwith_all = round(with_all, 2)", "Do not round"),
        ("SOLUTION\nown_only *= 100", "percent"),
        ("SOLUTION\nown_only = float('nan')", "holds NaN"),
    ],
    "one-account": [
        ("SOLUTION\nwithout = samples", "one number"),
        ("SOLUTION\nlow = None", "nothing yet"),
        (
            "without = np.sort(retweets)[-6:-1].sum() / retweets.sum()\nlow, high = 0.2, 0.75",
            "out of the total",
        ),
        (
            "without = held_by_top(np.delete(retweets, retweets.argmax()), 5)\nlow = high = 0.58",
            "putting back",
        ),
        ("SOLUTION\nwithout = held_by_top(retweets, 5)", "top five of all"),
        ("SOLUTION\nwithout = round(without, 3)", "Do not round"),
        ("SOLUTION\nlow, high = high, low", "wrong way"),
        ("SOLUTION\nlow = high = held_by_top(retweets, 5)", "putting back"),
        (
            "SOLUTION\nlow, high = np.quantile([held_by_top(rng.choice(retweets, size=100), 5) for _ in range(1000)], [0.025, 0.975])",
            "as many members",
        ),
        ("SOLUTION\nwithout = float('nan')", "holds NaN"),
        ("SOLUTION\nhigh = float('nan')", "holds NaN"),
        ("SOLUTION\nlow, high = 0.1, 0.2", "is 0.10 to 0.20: resample as many"),
    ],
    "tail": [
        (
            "free = inequality.tail(own.index, own)\nlater = inequality.tail(own.index, own, start=100)\ndecided_free = decided_later = True",
            "not decide",
        ),
        ("SOLUTION\nfree = inequality.tail(own.index, own, start=1)", "no start"),
        ("SOLUTION\nlater = free", "starts at"),
        ("SOLUTION\nlater = inequality.tail(everything.index, everything, start=100)", "passed on"),
        ("SOLUTION\ndecided_free = 'yes'", "True or False"),
    ],
    "score": [
        (
            "SOLUTION\ninner = score\ndef score(places): return (100 * inner(places)).round()",
            "percent",
        ),
        ("def score(places): return places / len(places)", "scores 1, 0.5 and 0"),
        ("def score(places): return (len(places) - places) / len(places)", "scores 1, 0.5 and 0"),
        ("def score(places): return (places - 1) / (len(places) - 1)", "lowest score"),
        ("def score(places): (len(places) - places) / 2", "nothing yet"),
        ("SOLUTION\ninner = score\ndef score(places): return 100 * inner(places)", "percent"),
        (
            "SOLUTION\ninner = score\ndef score(places): return inner(places).round(2)",
            "Do not round",
        ),
        ("def score(places): return places.where(places > places.max())", "holds NaN"),
    ],
    "rank": [
        (
            "def rank(weights):\n    given = pd.Series(weights)\n    return (scores[list(weights)] * given).sum(axis=1).rank(method='min').astype(int)",
            "not the last",
        ),
        (
            "def rank(weights):\n    given = pd.Series(weights)\n    index = (scores[list(weights)] * given).sum(axis=1)\n    return index.round(10).rank(ascending=False)",
            "best place",
        ),
        (
            "def rank(weights):\n    w = pd.Series(weights, dtype=float)\n    return (scores[list(weights)] * w).sum(axis=1).round(10).rank(ascending=False)",
            "best place",
        ),
        (
            "SOLUTION\ninner = rank\ndef rank(weights): return inner(weights).tolist()",
            "not a series",
        ),
        ("SOLUTION\ninner = rank\ndef rank(weights): return inner(equal)", "you say"),
        ("def rank(weights): pd.Series(weights)", "nothing yet"),
    ],
    "mine": [
        ("mine = ...", "nothing yet"),
        ("mine = {'service_portals': 1.0}", "three indicators"),
        ("mine = {'engagement': 1, 'openness': 1, 'infrastructure': 1}", "not yet"),
        ("mine = {'service_portals': 2, 'online_services': 2, 'openness': -1}", "negative"),
        (
            "mine = {'service_portals': 1, 'online_services': 1, 'nonsense': 1}",
            "no indicator nonsense",
        ),
        ("mine = {'service_portals': 0, 'online_services': 0, 'openness': 0}", "all weights are 0"),
        ("mine = None", "nothing yet"),
        ("SOLUTION\nmine['openness'] = float('nan')", "a weight is NaN"),
    ],
    "range": [
        (
            "SOLUTION\ndef place_with(w):\n    i = (scores.to_numpy() @ w).round(10)\n    return (i >= i[scores.index.get_loc(fourteenth)]).sum() + 1",
            "counted as higher",
        ),
        (
            "SOLUTION\nr = rng.random((1000, 7))\nlow, high = np.quantile([place_with(w / w.sum()) for w in r], [0.025, 0.975])",
            "Dirichlet",
        ),
        ("SOLUTION\nlow, high = np.quantile(found, [0.1, 0.9])", "too narrow, either"),
        ("SOLUTION\nlow, high = np.percentile(found, [0.025, 0.975])", "middle 95%"),
        ("SOLUTION\nlow, high = high, low", "wrong way"),
        ("SOLUTION\nlow = high = 14", "the same"),
        ("SOLUTION\ndef place_with(w): return 50", "you say"),
        ("SOLUTION\ndef place_with(w): scores @ w", "nothing yet"),
        ("SOLUTION\nlow = float('nan')", "holds NaN"),
        ("SOLUTION\nlow, high = 1, 190", "is 1 to 190: other weights each time"),
    ],
    "heaviest": [
        ("heaviest, moved = 'human_capital', 0", "another one"),
        ("heaviest, moved = 'engagement', 7", "a rise"),
        ("heaviest, moved = 'nonsense', 3", "name of an indicator"),
        ("SOLUTION\nheaviest = max(gains, key=gains.get)", "largest rise|another one"),
        ("SOLUTION\nheaviest = [heaviest]", "name of an indicator"),
        ("SOLUTION\nmoved = -moved", "less the place without"),
    ],
    "ahead": [
        (
            "SOLUTION\nsure = [other for other in drawn.index if ahead('ITA', other) >= 0.95]",
            "numbers",
        ),
        (
            "def ahead(one, other): return float((drawn.loc[one] > drawn.loc[other]).mean())\nsure = 122",
            "smaller place",
        ),
        (
            "def ahead(one, other): return float((drawn.loc[one] <= drawn.loc[other]).mean())\nsure = 122",
            "ties",
        ),
        ("SOLUTION\nsure += 1", "count the countries"),
        (
            "SOLUTION\ninner = ahead\ndef ahead(one, other): return 100 * inner(one, other)",
            "percent",
        ),
        ("def ahead(one, other): drawn.loc[one]\nsure = 1", "nothing yet"),
        ("SOLUTION\nsure = float('nan')", "holds NaN"),
    ],
    "by-pandas": [
        (
            "def by_pandas(path):\n    rows = pd.read_parquet(path)\n    rows['office'] = rows['posts'].where((rows['weekday'] <= 5) & rows['hour'].between(9, 17), 0)\n    return rows.groupby('account', as_index=False)[['posts', 'office']].sum()",
            "office is",
        ),
        (
            "SOLUTION\ninner = by_pandas\ndef by_pandas(path): return inner(path).drop(columns='office')",
            "account, posts and office are asked for",
        ),
    ],
    "summary": [
        ("def summary(table): return by_pandas(small)", "not its result"),
        (
            "def summary(table):\n    return table.group_by('account').aggregate(posts=table['posts'].sum(), office=table['posts'].sum())",
            "office is|not sorted",
        ),
    ],
    "run": [
        ("def run(engine, path): return summary(table).to_pyarrow().to_pandas()", "should be"),
        ("def run(engine, path): return summary(engine.read_parquet(str(path)))", "pandas table"),
        (
            "def run(engine, path): return summary(duckdb.read_parquet(str(path))).to_pyarrow().to_pandas()",
            "does not use the engine",
        ),
        ("def run(engine, path): return by_pandas(path)", "does not use the engine"),
    ],
    "multiply": [
        ("def multiply(frame, times, path): frame.to_parquet(path, index=False)", "copies have"),
        (
            "def multiply(frame, times, path):\n    pd.concat([frame] * times).to_parquet(path, index=False)",
            "no column copy",
        ),
    ],
    "costs": [("costs['pandas'] = measure(lambda: by_pandas(large))[1:]", "no entry|There is no")],
    "race": [
        ("def race(sizes): return pd.DataFrame({'rows': sizes})", "seconds and megabytes are asked")
    ],
    "cities": [
        ("cities = bodies['kind'] == 'city'", "column of true and false"),
        ("cities = bodies", "all rows"),
        ("cities = bodies[bodies['kind'] == 'City']", "has a name been taken"),
        ("cities = bodies[bodies['kind'] != 'county']", "not of the kind city"),
        ("SOLUTION\ncities = cities[['body', 'kind']]", "keep all of them"),
        ("SOLUTION\ncities = cities['body']", "a table is asked for"),
        ("SOLUTION\ncities = cities.head(10)", "there are 109 cities: keep each row once"),
        ("cities = bodies[bodies['body'] == 'city']", "has a name been taken"),
        ("SOLUTION\ncities = pd.concat([cities, cities.head(1)])", "keep each row once"),
    ],
    "city-share": [
        ("city_share = cities['x'].sum()", "number of cities"),
        ("city_share = cities['x'].sum() / len(bodies)", "all rows"),
        ("city_share = bodies['x'].mean()", "all bodies"),
        ("city_share = 1 - cities['x'].mean()", "without an account"),
        ("city_share = 100 * cities['x'].mean()", "percent"),
        ("city_share = round(cities['x'].mean(), 2)", "Do not round"),
        ("city_share = f\"{cities['x'].mean():.0%}\"", "numbers are asked"),
        ("city_share = cities['x']", "one number|numbers are asked"),
        ("city_share = cities['tiktok'].mean()", "count the cities with True"),
        ("city_share = bodies[bodies['kind'] == 'City']['x'].mean()", "holds NaN"),
    ],
    "by-kind": [
        ("SOLUTION\nby_kind['share'] = groups.sum()", "number of bodies"),
        ("SOLUTION\nby_kind['bodies'] = groups.sum()", "counts those with"),
        ("SOLUTION\nby_kind['share'] = groups.sum() / len(bodies)", "all bodies"),
        ("SOLUTION\nby_kind['share'] = groups.sum() / bodies['tiktok'].sum()", "add up to 1"),
        ("SOLUTION\nby_kind['share'] = 100 * by_kind['share']", "percent"),
        ("SOLUTION\nby_kind['share'] = by_kind['share'].round(2)", "Do not round"),
        ("by_kind = bodies.groupby('kind')['tiktok'].mean()", "a table is asked for"),
        ("SOLUTION\nby_kind = by_kind.rename(columns={'share': 'tiktok'})", "columns are"),
        ("SOLUTION\nby_kind = by_kind.T", "columns are"),
        ("SOLUTION\nby_kind = by_kind.drop('federation')", "one per kind"),
        ("SOLUTION\nby_kind['share'] = bodies.groupby('kind')['x'].mean()", "not that of"),
        ("SOLUTION\nby_kind['bodies'] = len(bodies)", "number of rows of each kind"),
        ("SOLUTION\nby_kind['share'] = by_kind['share'].where(by_kind['bodies'] > 1)", "holds NaN"),
        ("SOLUTION\nby_kind = pd.concat([by_kind, by_kind])", "stand there twice"),
    ],
    "interval": [
        ("def interval(kind): return 0.3, 0.5", "bounds are not right"),
        (
            "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return share(chosen['tiktok'].sum(), len(bodies))[1:]",
            "total is all bodies",
        ),
        (
            "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return share(chosen['tiktok'].sum(), len(chosen))",
            "three numbers",
        ),
        (
            "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return share(chosen['tiktok'].sum(), len(chosen)).low",
            "two numbers",
        ),
        (
            "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    found = share(chosen['tiktok'].sum(), len(chosen))\n    return found.high, found.low",
            "upper bound stands first",
        ),
        (
            "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return np.round(share(chosen['tiktok'].sum(), len(chosen))[1:], 2)",
            "Do not round",
        ),
        (
            "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return 100 * np.array(share(chosen['tiktok'].sum(), len(chosen))[1:])",
            "percent",
        ),
        ("def interval(kind): print(kind)", "nothing yet"),
        ("def interval(kind): return share(chosen['x'].sum(), len(chosen))", "uses `chosen`"),
        ("SOLUTION\ncounties_below = False", "at the counties"),
        ("SOLUTION\nstates_below = True", "at the states"),
        ("SOLUTION\nstates_below = 'no'", "True or False"),
        ("SOLUTION\ndel states_below", "There is no `states_below`"),
        ("def interval(kind): return float('nan'), float('nan')", "holds NaN"),
    ],
    "same": [
        (
            "same = (links['source'].map(party) == links['target'].map(party)).sum()",
            "number of links",
        ),
        ("SOLUTION\nsame = 1 - same", "between parties"),
        (
            "alike = links['source'].map(party) == links['target'].map(party)\nsame = links['mentions'][alike].sum() / links['mentions'].sum()",
            "each link once",
        ),
        (
            "ends = pd.DataFrame({end: links[end].map(party) for end in ('source', 'target')})\nends = ends[ends.isin(['D', 'R']).all(axis=1)]\nsame = (ends['source'] == ends['target']).mean()",
            "independents",
        ),
        ("SOLUTION\nsame = 100 * same", "percent"),
        ("SOLUTION\nsame = round(same, 3)", "Do not round"),
        (
            "same = links['source'].map(party) == links['target'].map(party)",
            "numbers are asked for",
        ),
        ("same = 0.5", "count the links whose two ends"),
        ("same = links[links['source'] == 'nobody']['mentions'].mean()", "holds NaN"),
    ],
    "deal": [
        ("def deal(labels, rng): return labels", "kept its label"),
        ("def deal(labels, rng): return labels.sample(frac=1, random_state=rng)", "kept its label"),
        (
            "def deal(labels, rng): return pd.Series(rng.choice(labels, len(labels)), labels.index)",
            "do not choose each by lot",
        ),
        (
            "def deal(labels, rng):\n    values = labels.values\n    values.flags.writeable = True\n    rng.shuffle(values)\n    return labels",
            "changes the labels|read-only|WRITEABLE",
        ),
        (
            "def deal(labels, rng):\n    order = np.random.default_rng(7).permutation(len(labels))\n    return pd.Series(labels.to_numpy()[order], labels.index)",
            "same order",
        ),
        (
            "def deal(labels, rng): return pd.Series(np.random.default_rng().permutation(labels.to_numpy()), labels.index)",
            "with the same rng",
        ),
        ("def deal(labels, rng): return rng.permutation(labels.to_numpy())[:5]", "5 labels"),
        ("def deal(labels, rng): rng.permutation(labels)", "nothing yet"),
        ("def deal(labels, rng): return 'RD'", "a series is asked for"),
        ("def deal(labels, rng): return pd.Series(rng.permutation(lables))", "uses `lables`"),
        (
            "def deal(labels, rng): return pd.Series(rng.permutation(labels.to_numpy()))",
            "beside no member",
        ),
        (
            "def deal(labels, rng): return pd.Series(labels.to_numpy(), rng.permutation(labels.index))",
            "in another order",
        ),
    ],
    "chance": [
        ("SOLUTION\np = (chance >= same).mean()", "p is 0"),
        ("SOLUTION\np = (1 + (chance <= same).sum()) / 1001", "near 1"),
        ("SOLUTION\np = 1 / 1000", "1 plus the number of deals"),
        ("SOLUTION\nchance = chance.mean()", "one number"),
        ("SOLUTION\nchance = chance[:100]", "1,000 are asked for"),
        ("SOLUTION\nchance = 100 * chance", "percent"),
        ("SOLUTION\nchance = len(links) * chance", "numbers of links"),
        (
            "dealt = deal(party, rng).to_numpy()\nchance = np.full(1000, (dealt[at_source] == dealt[at_target]).mean())\np = 1 / 1001",
            "anew in each round",
        ),
        (
            "def deal(labels, rng): return pd.Series(rng.permutation(labels.to_numpy()))\nchance = []\nfor _ in range(1000):\n    dealt = deal(party, rng)\n    chance.append((links['source'].map(dealt) == links['target'].map(dealt)).mean())\np = 1 / 1001",
            "all shares are 0",
        ),
        ("SOLUTION\nchance = 1 - chance", "between labels"),
        (
            "chance = np.empty(1000)\nfor step in range(1000):\n    dealt = deal(party, rng).to_numpy()\n    chance[step] = (dealt == party.to_numpy()).mean()\np = 1 / 1001",
            "scatter",
        ),
        (
            "chance = np.empty(1000)\nfor step in range(1000):\n    dealt = deal(party, rng).to_numpy()\n    chance[step] = (dealt[at_source[:100]] == dealt[at_target[:100]]).mean()\np = 1 / 1001",
            "scatter",
        ),
        ("SOLUTION\np = 0.05", "as large as the data"),
        ("SOLUTION\np = round(p, 4)", "do not round"),
        ("SOLUTION\np = float('nan')", "holds NaN"),
        ("SOLUTION\nchance[3] = float('nan')", "holds NaN"),
        ("SOLUTION\np = 1 / 1002", "add 1 above and below"),
    ],
    "at-home": [
        (
            "SOLUTION\ninner = deal_at_home\ndef deal_at_home(*given): return inner(*given).reset_index(drop=True)",
            "beside no member",
        ),
        (
            "def deal_at_home(labels, home, rng): return pd.Series(rng.permutation(labels.to_numpy()), labels.index)\nchance_home = 0.549",
            "deal within each home",
        ),
        ("def deal_at_home(labels, home, rng): return labels\nchance_home = 0.8", "kept its label"),
        (
            "def deal_at_home(labels, home, rng):\n    return labels.groupby(home).transform(lambda part: rng.choice(part.to_numpy(), len(part)))\nchance_home = 0.549",
            "without replacement",
        ),
        (
            "def deal_at_home(labels, home, rng):\n    return labels.groupby(home).transform(lambda part: part.sample(frac=1, random_state=rng))\nchance_home = 0.8",
            "kept its label",
        ),
        (
            f"{AT_HOME}\ndealt = [deal(party, rng).to_numpy() for _ in range(200)]\nchance_home = np.mean([(d[at_source] == d[at_target]).mean() for d in dealt])",
            "among all members",
        ),
        (
            f"{AT_HOME}\ndealt = [deal_at_home(party, members['state'].astype(object), rng).to_numpy() for _ in range(60)]\nchance_home = np.mean([(d[at_source] == d[at_target]).mean() for d in dealt])",
            "within states",
        ),
        (f"{AT_HOME}\nchance_home = 54.9", "percent"),
        (f"{AT_HOME}\nchance_home = same", "too small or too large"),
        (f"{AT_HOME}\nchance_home = [0.549] * 200", "one number"),
        (AT_HOME, "There is no `chance_home`"),
        (
            "def deal_at_home(labels, home, rng):\n    parts = [part for _, part in labels.groupby(home)]\n    return pd.concat([pd.Series(rng.permutation(part.to_numpy()), part.index) for part in parts])\nchance_home = 0.549",
            "in another order",
        ),
        ("SOLUTION\nchance_home = float('nan')", "holds NaN"),
    ],
    "per-pair": [
        (
            "SOLUTION\npartisans = pairs[~pairs['same_state'] & pairs['same_party']]['named'].sum()",
            "number of links",
        ),
        (
            "SOLUTION\npartisans = pairs[~pairs['same_state'] & pairs['same_party']]['named'].sum() / len(links)",
            "share of all links",
        ),
        (
            "SOLUTION\nneighbours = pairs[pairs['same_state'] & ~pairs['same_party']]['named'].sum() / len(pairs)",
            "share of all pairs",
        ),
        ("SOLUTION\nneighbours = pairs[pairs['same_state']]['named'].mean()", "second condition"),
        ("SOLUTION\npartisans = pairs[pairs['same_party']]['named'].mean()", "second condition"),
        ("SOLUTION\nneighbours, partisans = partisans, neighbours", "exchanged"),
        ("SOLUTION\nneighbours = 100 * neighbours", "percent"),
        ("SOLUTION\npartisans = round(partisans, 3)", "Do not round"),
        ("SOLUTION\npartisans = 0.5", "that are named"),
        (
            "SOLUTION\nneighbours = pairs[pairs['same_state'] == 'True']['named'].mean()",
            "holds NaN",
        ),
    ],
    "by-size": [
        ("SOLUTION\nsmall_times = 1 / small_times", "wrong way round"),
        ("SOLUTION\nsmall_times = times(pairs)", "of all members"),
        ("SOLUTION\nsmall_times, large_times = large_times, small_times", "exchanged"),
        ("SOLUTION\nlarge_times = times(pairs[pairs['delegation'] < 31])", "31 or more"),
        ("SOLUTION\nsmall_times = times(pairs[pairs['delegation'] < 7])", "2 to 7"),
        ("SOLUTION\nsmall_times = times(pairs[pairs['delegation'] <= 7])", "2 to 7"),
        (
            "SOLUTION\nchosen = pairs[pairs['delegation'].between(2, 7)]\nsmall_times = chosen[chosen['same_state'] & ~chosen['same_party']]['named'].mean() - chosen[~chosen['same_state'] & chosen['same_party']]['named'].mean()",
            "difference",
        ),
        ("SOLUTION\nsmall_times = round(small_times, 1)", "Do not round"),
        ("SOLUTION\nlarge_times = [large_times, 1]", "one number"),
        ("SOLUTION\nlarge_times = times(pairs[pairs['delegation'] > 99])", "holds NaN"),
    ],
    "steps": [
        (
            "steps = pd.DataFrame({'start': samples['date'].shift(), 'end': samples['date'], 'days': samples['date'].diff().dt.days, 'gain': samples['followers'].diff()})\nsteps['per_day'] = steps['gain'] / steps['days']",
            "as many rows as samples",
        ),
        ("SOLUTION\nsteps['days'] = steps['end'] - steps['start']", "length of time"),
        ("SOLUTION\nsteps['gain'] = -steps['gain']", "wrong sign"),
        ("SOLUTION\nsteps['per_day'] = steps['gain'] * steps['days']", "divided by the days"),
        ("SOLUTION\nsteps['per_day'] = steps['per_day'].round(1)", "Do not round"),
        ("SOLUTION\nsteps = steps.drop(columns='per_day')", "columns are"),
        ("SOLUTION\nsteps = steps.iloc[1:]", "15 rows"),
        ("SOLUTION\nsteps = steps[::-1]", "in order of time"),
        ("steps = samples['followers'].diff()", "a table is asked for"),
        (
            "SOLUTION\nsteps['gain'] = samples['followers'].to_numpy(float)[1:]",
            "less the earlier one",
        ),
        ("SOLUTION\nsteps = steps[['start', 'end']]", "gain and per_day are asked for"),
    ],
    "calm": [
        ("SOLUTION\ncalm = steps[steps['end'] <= last_day]", "Irene"),
        ("SOLUTION\ncalm = steps[steps['start'] >= first_day]", "after the last day"),
        (
            "SOLUTION\ncalm = steps[(steps['start'] > first_day) & (steps['end'] <= last_day)]",
            "hold the bounds",
        ),
        (
            "SOLUTION\ncalm = steps[(steps['start'] >= first_day) & (steps['end'] < last_day)]",
            "hold the bounds",
        ),
        ("SOLUTION\nusual = calm['per_day'].mean()", "mean of the stretches"),
        ("SOLUTION\nusual = calm['gain'].sum()", "divide by the days"),
        ("SOLUTION\nusual = calm['gain'].mean()", "per stretch"),
        ("SOLUTION\nusual = round(usual, 1)", "Do not round"),
        ("SOLUTION\nusual = steps['gain'].sum() / steps['days'].sum()", "calm stretches"),
        ("calm = steps['start'] >= first_day\nusual = 600", "a table is asked for"),
        ("SOLUTION\nusual = calm[calm['days'] < 0]['per_day'].mean()", "holds NaN"),
    ],
    "foretold": [
        (
            "def foretold(before, one):\n    slope, level = np.polyfit(before['middle'], before['per_day'], 1, w=np.sqrt(before['days']))\n    return level + slope * one['middle']",
            "gain of one day",
        ),
        (
            "def foretold(before, one):\n    slope, level = np.polyfit(before['middle'], before['per_day'], 1)\n    return (level + slope * one['middle']) * one['days']",
            "counts alike",
        ),
        (
            "def foretold(before, one):\n    slope, level = np.polyfit(before['middle'], before['per_day'], 1, w=before['days'])\n    return (level + slope * one['middle']) * one['days']",
            "square root",
        ),
        (
            "def foretold(before, one): return before['gain'].sum() / before['days'].sum() * one['days']",
            "without a trend",
        ),
        (
            "def foretold(before, one):\n    slope, level = np.polyfit(calm['middle'], calm['per_day'], 1, w=np.sqrt(calm['days']))\n    return (level + slope * one['middle']) * one['days']",
            "rows of before",
        ),
        (
            "def foretold(before, one):\n    slope, level = np.polyfit(before['middle'], before['per_day'], 1, w=np.sqrt(before['days']))\n    return (level + slope * sandy['middle']) * sandy['days']",
            "middle and the days of one",
        ),
        ("def foretold(before, one): return 5000", "the line foretells"),
        ("def foretold(before, one): print(one)", "nothing yet"),
        ("def foretold(before, one): return befroe['gain'].mean()", "uses `befroe`"),
        ("SOLUTION\nmultiple = 1 / multiple", "wrong way round"),
        ("SOLUTION\nmultiple = sandy['gain'] - foretold(calm, sandy)", "difference"),
        ("SOLUTION\nmultiple = round(multiple, 1)", "Do not round"),
        ("SOLUTION\nmultiple = sandy['gain'] / foretold(steps, sandy)", "what calm foretells"),
        ("def foretold(before, one): return float('nan')", "holds NaN"),
        ("SOLUTION\nmultiple = float('nan')", "holds NaN"),
    ],
    "placebos": [
        (
            "placebos = [one['gain'] / foretold(calm, one) for _, one in calm.iterrows()]",
            "itself included",
        ),
        ("SOLUTION\nplacebos = [1 / one for one in placebos]", "wrong way round"),
        ("SOLUTION\nplacebos = sorted(placebos)", "in order of time"),
        ("SOLUTION\nplacebos = max(placebos)", "holds 1 multiples"),
        ("SOLUTION\nplacebos = np.round(placebos, 2)", "Do not round"),
        (
            "placebos = [one['gain'] / foretold(steps.drop(index), one) for index, one in calm.iterrows()]",
            "what the others foretell",
        ),
        (
            "placebos = [foretold(calm.drop(index), one) for index, one in calm.iterrows()]",
            "what the others foretell",
        ),
        ("SOLUTION\nplacebos[0] = float('nan')", "holds NaN"),
    ],
    "bounds-of-multiple": [
        ("SOLUTION\nlow, high = high, low", "wrong way round"),
        ("SOLUTION\nlow, high = expected.low, expected.high", "bounds of the expected gain"),
        ("SOLUTION\nlow, high = 1 / high, 1 / low", "expected, divided by what came"),
        ("SOLUTION\nlow, high = round(low, 1), round(high, 1)", "Do not round"),
        ("SOLUTION\noutside = len(calm) - outside", "inside their interval"),
        ("SOLUTION\noutside = 0", "outside is not the number"),
        ("SOLUTION\ndel outside", "There is no `outside`"),
        ("SOLUTION\nlow = expected", "one number"),
        ("SOLUTION\nlow = float('nan')", "holds NaN"),
        ("SOLUTION\noutside = float('nan')", "holds NaN"),
    ],
    "who-gained": [
        ("SOLUTION\nfour_share = gains['sandy'].nlargest(4).sum()", "divide by those of all"),
        (
            "SOLUTION\nfour_share = gains['before'].nlargest(4).sum() / gains['before'].sum()",
            "calm year",
        ),
        ("SOLUTION\nfour_share = 4 / len(gains)", "share of the accounts"),
        ("SOLUTION\nfour_share = 100 * four_share", "percent"),
        ("SOLUTION\nfour_share = round(four_share, 2)", "Do not round"),
        ("SOLUTION\npace_others = gains['sandy'].sum() / gains['before'].sum()", "leave it out"),
        ("SOLUTION\npace_others = (others['sandy'] / others['before']).mean()", "divide the sums"),
        ("SOLUTION\npace_others = 1 / pace_others", "wrong way round"),
        (
            "SOLUTION\npace_others = others['sandy'].sum() - others['before'].sum()",
            "difference",
        ),
        ("SOLUTION\npace_others = others['sandy'] / others['before']", "one number"),
        ("SOLUTION\nfour_share = float('nan')", "holds NaN"),
        ("SOLUTION\npace_others = float('nan')", "holds NaN"),
    ],
}

# Right answers that look otherwise than the lab's own.
RIGHT: dict[str, list[str]] = {
    # Lab 1
    "share-by": [
        "def share_by(month): return first[['first_twitter']].le(month).mean()",
        "def share_by(month): return np.float32((first['first_twitter'] <= month).mean())",
        "def share_by(month): return (first['first_twitter'] <= month).mean()",
        "def share_by(month): return np.float32((first['first_twitter'] <= month).mean()).astype(float)"
        " * 0 + (first['first_twitter'] <= month).sum() / len(first)",
        "def share_by(month): return sum(first['first_twitter'] <= month) / 195",
        "share_by = lambda month: np.array((first['first_twitter'] <= month).mean())",
    ],
    "observed": [
        "SOLUTION\nobserved = observed[['share', 'month']]",
        "SOLUTION\nobserved = observed.assign(country='all')",
        "SOLUTION\nobserved['share'] = observed['share'].astype('Float64')",
        "SOLUTION\nobserved['month'] = observed['month'].astype(str)",
        "SOLUTION\nobserved.index = observed.index + 7",
        "SOLUTION\nobserved['month'] = months.to_period('M')",
    ],
    "s-curve": [
        "def s_curve(y, c, r, m): return (c / (1 + np.exp(-r * (x - m))) for x in y)",
        "def s_curve(y, c, r, m): return [c / (1 + np.exp(-r * (x - m))) for x in y]",
        "def s_curve(y, c, r, m): return pd.Series(c / (1 + np.exp(r * (m - y))))",
        "def s_curve(y, c, r, m): return c * np.exp(r * (y - m)) / (1 + np.exp(r * (y - m)))",
    ],
    "best": [
        "SOLUTION\nbest = dict(zip('crm', best)).values()",
        "SOLUTION\nbest = list(best)",
        "SOLUTION\nbest = np.array(best)",
        "SOLUTION\nbest = pd.Series(best)",
        "SOLUTION\nbest = tuple(round(float(x), 2) for x in best)",
    ],
    "models": [
        "SOLUTION\nmodels = dict(reversed(models.items()))",
        "SOLUTION\nbetter = str(better)",
    ],
    "forecast": [
        "SOLUTION\nheld = bool(held)",
        "SOLUTION\nheld = np.bool_(held)",
        "SOLUTION\nheld = pd.Series([held])",
        "SOLUTION\nforetold, low, high = map(float, (foretold, low, high))",
        "SOLUTION\nforetold = known.curve['share'].tail(1).to_numpy()[0]",
        "SOLUTION\nend = adoption.fit(first['first_twitter'], months, 'bass', until='2010-12-01').curve.iloc[-1]\nlow, high = end[['low', 'high']]",
    ],
    # Lab 2
    "moment": [
        "def moment(number): return pd.Timestamp((number >> 22) + 1288834974657, unit='ms', tz='UTC')",
        "def moment(number): return snowflake.decode(number).time",
        "from zoneinfo import ZoneInfo\nSOLUTION\nutc = moment\n"
        "def moment(number): return utc(number).astimezone(ZoneInfo('Europe/Rome'))",
        "def moment(number): return datetime(1970, 1, 1, tzinfo=UTC) + "
        "timedelta(milliseconds=number // 4194304 + 1288834974657)",
    ],
    "bounds": [
        "SOLUTION\nfirst, end = np.int64(first), np.int64(end)",
        "SOLUTION\nfirst, end = np.array([first, end])",
        "SOLUTION\nfirst, end = np.uint64(first), pd.Series([end])",
        "first, end = (snowflake.encode(datetime(y, 1, 1, tzinfo=UTC)) for y in (2020, 2021))",
    ],
    "truth": [
        "SOLUTION\nexact = pd.Series([exact])",
        "SOLUTION\nexact, since_2015 = [exact], [since_2015]",
        "SOLUTION\nexact, since_2015 = float(exact), 1",
        "SOLUTION\nexact = np.array(exact)",
        "exact = 1 - agreed.query('difference != 0')['posts'].sum() / agreed['posts'].sum()\n"
        "since_2015 = np.float64(1)",
    ],
    "first-five": [
        "SOLUTION\npair = first_five\ndef first_five(account): return list(pair(account))",
        "SOLUTION\npair = first_five\ndef first_five(account): return np.array(pair(account))",
        "SOLUTION\npair = first_five\ndef first_five(account): return pd.Series(pair(account))",
        "SOLUTION\npair = first_five\ndef first_five(account): return [float(x) for x in pair(account)]",
    ],
    "luck": [
        "SOLUTION\nluck = np.array([luck])",
        "SOLUTION\nluck = float(luck)",
        "SOLUTION\nluck = np.mean(draws > count - 1)",
        "SOLUTION\nluck = (np.random.default_rng(5).binomial(total, 5 / 60, 100_000) >= count).mean()",
    ],
    "nearest": ["SOLUTION\nnearest = [nearest]", "SOLUTION\nnearest = distance.nsmallest(1).index"],
    # Lab 3
    "local-hour": [
        "def local_hour(moment, zone): return float(moment.astimezone(ZoneInfo(zone)).hour)",
        "def local_hour(moment, zone): return pd.DatetimeIndex([moment]).tz_convert(zone).hour",
        "def local_hour(moment, zone): return np.int64(moment.astimezone(ZoneInfo(zone)).hour)",
        "def local_hour(moment, zone): return pd.Timestamp(moment).tz_convert(zone).hour",
        "def local_hour(moment, zone): return int(f'{moment.astimezone(ZoneInfo(zone)):%H}')",
    ],
    "office-share": [
        "SOLUTION\ninner = office_share\ndef office_share(account): return np.array([inner(account)])",
        "SOLUTION\ninner = office_share\ndef office_share(account): return pd.Series([inner(account)])",
        "SOLUTION\ninner = office_share\ndef office_share(account): return float(inner(account))",
        "SOLUTION\ninner = office_share\ndef office_share(account): return np.array(inner(account))",
        "def office_share(account):\n    return hours.query('account == @account and weekday < 6 and "
        "9 <= hour <= 16')['posts'].sum() / hours.query('account == @account')['posts'].sum()",
    ],
    "week-map": [
        "SOLUTION\ninner = week_map\ndef week_map(account): return inner(account).tolist()",
        "SOLUTION\ninner = week_map\ndef week_map(account): return pd.DataFrame(inner(account))",
        "SOLUTION\ninner = week_map\n"
        "def week_map(account): return pd.DataFrame(inner(account)).astype('Float64')",
        "share = 1\nSOLUTION",
    ],
    "averages": [
        "SOLUTION\nmean = pd.Series([mean])",
        "SOLUTION\npooled, mean = float(pooled), np.array(mean)",
        "SOLUTION\nmean = np.average(leaders['weekend'].astype(float) / leaders['posts'].astype(float))",
        "share = 0.5\nSOLUTION",
    ],
    "weeks": [
        "SOLUTION\nlow, high = sorted(results)[25], sorted(results)[974]",
        "SOLUTION\nlow, high = np.percentile(results, [2.5, 97.5]).tolist()",
        "n = len(rows)\nresults = [(lambda s: s['weekend'].sum() / s['posts'].sum())"
        "(rows.sample(n, replace=True, random_state=i)) for i in range(1000)]\n"
        "low, high = pd.Series(results).quantile([0.025, 0.975])",
    ],
    "turn": [
        "turn = 7.0",
        "turn = pd.Index([7])",
        "SOLUTION\nturn = np.argmax([in_office(n) for n in range(24)])",
        "turn = np.int64(7)",
        "turn = pd.Series([7])",
        "turn = 7",
    ],
    # Lab 4
    "held-by-top": [
        "def held_by_top(values, number): return np.array([np.sort(values)[-number:].sum() / values.sum()])",
        "def held_by_top(values, number): return sum(sorted(values)[-number:]) / sum(values)",
        "def held_by_top(values, number): return pd.Series(values).nlargest(number).sum() / values.sum()",
        "def held_by_top(values, number): return np.array(np.sort(values)[::-1][:number].sum() / values.sum())",
    ],
    "lorenz": [
        "SOLUTION\npair = lorenz\ndef lorenz(values): return [list(x) for x in pair(values)]",
        "SOLUTION\npair = lorenz\ndef lorenz(values): return tuple(pd.Series(x) for x in pair(values))",
        "SOLUTION\npair = lorenz\ndef lorenz(values): return np.array(pair(values))",
        "def lorenz(values):\n    o = sorted(values)\n    n = len(o)\n"
        "    return np.linspace(0, 1, n + 1), np.cumsum([0, *o]) / sum(o)",
    ],
    "gini": [
        "SOLUTION\ninner = gini\ndef gini(values): return np.array([inner(values)])",
        "SOLUTION\ninner = gini\ndef gini(values): return np.array(inner(values))",
        "def gini(values):\n    c, t = lorenz(values)\n    return np.trapezoid(c - t, c) / 0.5",
        "def gini(values):\n    o = np.sort(values)\n    n = len(o)\n"
        "    return ((2 * np.arange(1, n + 1) - n - 1) * o).sum() / (n * o.sum())",
    ],
    "own": [
        "SOLUTION\nwith_all, own_only = [with_all], np.array([own_only])",
        "SOLUTION\nwith_all, own_only = np.array(with_all), pd.Series([own_only])[0]",
        "SOLUTION\nown_only = inequality.top_share(own.index.to_numpy(), own.to_numpy())",
    ],
    "one-account": [
        "SOLUTION\nwithout = np.array([without])",
        "SOLUTION\nlow, high = sorted(samples)[25], sorted(samples)[974]",
        "SOLUTION\nwithout = np.float64(without)",
        "r = np.sort(retweets)[:-1]\nwithout = r[-5:].sum() / r.sum()\ng = np.random.default_rng(122)\n"
        "low, high = pd.Series([held_by_top(g.choice(retweets, len(retweets)), 5) "
        "for _ in range(1000)]).quantile([0.025, 0.975])",
    ],
    "tail": [
        "SOLUTION\ndecided_free, decided_later = bool(decided_free), np.bool_(decided_later)",
        "SOLUTION\ndecided_free = pd.Series([decided_free])",
    ],
    # Lab 5
    "score": [
        "def score(places): return [(len(places) - p) / (len(places) - 1) for p in places]",
        "def score(places): return ((len(places) - places) / (len(places) - 1)).to_numpy()",
        "def score(places): return 1 - (places - 1) / (len(places) - 1)",
    ],
    "rank": [
        "SOLUTION\ninner = rank\ndef rank(weights): return inner(weights).astype(float)",
        "SOLUTION\ninner = rank\ndef rank(weights): return inner(weights).sort_values()",
        "SOLUTION\ninner = rank\ndef rank(weights): return inner(weights).astype('Int64')",
    ],
    "mine": [
        "SOLUTION\nmine = pd.Series(mine)",
        "mine = {'service_portals': 40, 'online_services': 40, 'e_participation': 20}",
        "SOLUTION\nmine = {name: np.float64(weight) for name, weight in mine.items()}",
        "SOLUTION\nmine |= {'openness': 0}",
        "weights = 3\nSOLUTION",
    ],
    "range": [
        "SOLUTION\nlow, high = sorted(found)[25], sorted(found)[974]",
        "SOLUTION\nlow, high = int(low), int(high)",
        "SOLUTION\ninner = place_with\ndef place_with(w): return np.array(float(inner(w)))",
        "SOLUTION\nplace, weights = 1, rng.dirichlet(np.ones(7))",
    ],
    "heaviest": [
        "SOLUTION\nmoved = pd.Series([moved])",
        "SOLUTION\nmoved = np.int64(moved)",
        "heaviest, moved = 'engagement', -7",
        "heaviest, moved = 'service_portals', -7.0",
    ],
    "ahead": [
        "SOLUTION\nsure = np.array([sure])",
        "SOLUTION\ninner = ahead\ndef ahead(one, other): return [inner(one, other)]",
        "SOLUTION\nsure = np.int64(sure)",
        "SOLUTION\nsure = float(sure)",
        "SOLUTION\ninner = ahead\ndef ahead(one, other): return np.array(inner(one, other))",
        "SOLUTION\ndef ahead(one, other): return (drawn.loc[other] > drawn.loc[one]).mean()",
    ],
    # Lab 0
    "cities": [
        "cities = bodies.query('kind == \"city\"')",
        "cities = bodies[bodies.kind.eq('city')].reset_index(drop=True)",
        "cities = bodies.loc[bodies['kind'] == 'city'].sort_values('body')",
        "cities = bodies[bodies['kind'] == 'city'][list(bodies.columns[::-1])]",
    ],
    "city-share": [
        "city_share = cities['x'].sum() / len(cities)",
        "city_share = float(np.mean(cities['x'].to_numpy(bool)))",
        "city_share = cities[['x']].mean()",
        "city_share = [cities['x'].mean()]",
        "city_share = cities['x'].value_counts(normalize=True)[True]",
    ],
    "by-kind": [
        "SOLUTION\nby_kind = by_kind[['share', 'bodies']].sort_values('share')",
        "by_kind = bodies.groupby('kind', as_index=False).agg(bodies=('tiktok', 'size'), share=('tiktok', 'mean'))",
        "SOLUTION\nby_kind = by_kind.reset_index()",
        "by_kind = bodies.groupby('kind')['tiktok'].agg(bodies='count', accounts='sum', share='mean')",
    ],
    "interval": [
        "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return list(share(chosen['tiktok'].sum(), len(chosen))[1:])\ncounties_below, states_below = np.True_, np.False_",
        "def interval(kind):\n    chosen = bodies.query('kind == @kind')['tiktok']\n    return pd.Series(share(int(chosen.sum()), chosen.size)).iloc[1:]\ncounties_below, states_below = True, False",
        "def interval(kind):\n    chosen = bodies[bodies['kind'] == kind]\n    return np.array(share(chosen['tiktok'].sum(), len(chosen)))[1:]\ncounties_below, states_below = True, False",
    ],
    # Lab 7
    "same": [
        "same = sum(links['source'].map(party) == links['target'].map(party)) / len(links)",
        "same = float(np.mean(party[links['source']].to_numpy() == party[links['target']].to_numpy()))",
        "same = [links.assign(same=links['source'].map(party) == links['target'].map(party))['same'].mean()]",
        "both = links.merge(members, left_on='source', right_on='member').merge(members, left_on='target', right_on='member')\nsame = (both['party_x'] == both['party_y']).mean()",
    ],
    "deal": [
        "def deal(labels, rng): return rng.permutation(labels.to_numpy())",
        "def deal(labels, rng): return labels.sample(frac=1, random_state=rng).set_axis(labels.index)",
        "def deal(labels, rng):\n    dealt = list(labels)\n    rng.shuffle(dealt)\n    return dealt",
        "def deal(labels, rng):\n    order = np.argsort(rng.random(len(labels)))\n    return pd.Series(labels.to_numpy()[order], labels.index)",
    ],
    "chance": [
        "SOLUTION\nchance = list(chance)",
        "SOLUTION\nchance = pd.Series(chance)",
        "SOLUTION\np = np.mean(np.append(chance, same) >= same)",
        "chance = []\nfor _ in range(1000):\n    dealt = deal(party, rng)\n    chance.append((dealt.to_numpy()[at_source] == dealt.to_numpy()[at_target]).mean())\np = [(1 + sum(share >= same for share in chance)) / (1 + len(chance))]",
    ],
    "at-home": [
        "def deal_at_home(labels, home, rng):\n    dealt = labels.to_numpy().copy()\n    for name in home.unique():\n        places = np.flatnonzero(home == name)\n        dealt[places] = rng.permutation(dealt[places])\n    return dealt\nall_dealt = [deal_at_home(party, home, rng) for _ in range(200)]\nchance_home = np.mean([(d[at_source] == d[at_target]).mean() for d in all_dealt])",
        "SOLUTION\nchance_home = np.float64(chance_home)",
        "SOLUTION\nchance_home = pd.Series([(d[at_source] == d[at_target]).mean() for d in dealt_at_home]).mean()",
    ],
    "per-pair": [
        "rates = pairs.groupby(['same_state', 'same_party'])['named'].mean()\nneighbours, partisans = rates[(True, False)], rates[(False, True)]",
        "neighbours = pairs.query('same_state and not same_party')[['named']].mean()\npartisans = [pairs.query('same_party and not same_state')['named'].mean()]",
    ],
    "by-size": [
        "def rate(chosen, state, party):\n    return chosen[(chosen.same_state == state) & (chosen.same_party == party)].named.mean()\nsmall, large = pairs[pairs.delegation.between(2, 7)], pairs[pairs.delegation > 30]\nsmall_times = rate(small, True, False) / rate(small, False, True)\nlarge_times = rate(large, True, False) / rate(large, False, True)",
        "SOLUTION\nsmall_times, large_times = np.array([small_times]), [large_times]",
    ],
    # Lab 8
    "steps": [
        "SOLUTION\nsteps = steps[['per_day', 'gain', 'days', 'end', 'start']].astype({'gain': 'Int64'})",
        "steps = samples.assign(start=samples['date'].shift(), gain=samples['followers'].diff(), days=samples['date'].diff().dt.days).rename(columns={'date': 'end'}).dropna()\nsteps['per_day'] = steps['gain'] / steps['days']",
        "SOLUTION\nsteps[['start', 'end']] = steps[['start', 'end']].astype(str)",
    ],
    "calm": [
        "calm = steps.query('start >= @first_day and end <= @last_day').reset_index(drop=True)\nusual = [float(calm['gain'].sum() / calm['days'].sum())]",
        "calm = steps.iloc[1:-2]\nusual = np.average(calm['per_day'], weights=calm['days'])",
    ],
    "foretold": [
        "import statsmodels.api as sm\ndef foretold(before, one):\n    line = sm.WLS(before['per_day'], sm.add_constant(before['middle']), weights=before['days']).fit().params\n    return (line['const'] + line['middle'] * one['middle']) * one['days']\nmultiple = [sandy['gain'] / foretold(calm, sandy)]",
        "def foretold(before, one):\n    line = np.polynomial.Polynomial.fit(before['middle'], before['per_day'], 1, w=before['days'] ** 0.5)\n    return np.array([line(one['middle']) * one['days']])\nmultiple = sandy['gain'] / foretold(calm, sandy)",
        "def foretold(before, one): return emergency.expected_gain(before, one['start'], one['end']).value\nmultiple = np.float64(sandy['gain'] / foretold(calm, sandy))",
    ],
    "placebos": [
        "SOLUTION\nplacebos = np.array(placebos)",
        "SOLUTION\nplacebos = pd.Series(placebos, index=calm.index)",
        "placebos = emergency.multiples(steps, steps.index.isin(calm.index)).loc[calm.index, ['multiple']]",
    ],
    "bounds-of-multiple": [
        "found = emergency.multiples(steps, steps.index.isin(calm.index))\nstorm, quiet = found.loc[sandy.name], found.loc[calm.index]\nlow, high = storm['gain'] / storm[['high', 'low']]\noutside = (~quiet['gain'].between(quiet['low'], quiet['high'])).sum()",
        "SOLUTION\nlow, high, outside = [low], np.array([high]), float(outside)",
    ],
    "who-gained": [
        "four_share = gains.head(4)['sandy'].sum() / gains['sandy'].sum()\nsums = gains.set_index('account').drop(index=mayor)[['sandy', 'before']].sum()\npace_others = sums['sandy'] / sums['before']",
        "four_share = np.array(gains['sandy'].nlargest(4).sum() / gains['sandy'].sum())\nothers = gains.query('account != @mayor')\npace_others = [np.average(others['sandy'] / others['before'], weights=others['before'])]",
    ],
}
