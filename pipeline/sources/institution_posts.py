"""How five public institutions write: length, ease, emoji and tone of their posts by week."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "eucomm-twitter"
_FILE = "prepared/post_measures.csv.gz"
# Ids before 4 November 2010 are serial numbers; the epoch of the later ones is 4 November 2010.
_FIRST_TIMED = 29_700_859_247
_EPOCH = 1_288_834_974_657
_ACCOUNTS = ("10DowningStreet", "EUCouncil", "OECD", "ecb", "scotgov")
_BAND = 10
_MEANS = {
    "characters": "n_characters",
    "words": "n_tokens",
    "sentences": "n_sentences",
    "sentence_words": "sentence_length_mean",
    "reading_ease": "flesch_reading_ease",
}
_SHARES = {
    "emoji": "n_emojis",
    "links": "is_link",
    "hashtags": "n_hashtag",
    "mentions": "n_mentions",
}


def build(run: Run) -> list[Table]:
    """Return the tables of posts by week, by reading ease and by length."""
    posts = _posts(run)
    return [_weeks(posts), _bands(posts, "reading_ease"), _bands(posts, "characters")]


def _posts(run: Run) -> pd.DataFrame:
    """Return the posts whose id tells the time, one row each."""
    raw = pd.read_csv(run.raw(_SLUG, _FILE), dtype={"id": "int64"})
    raw = raw[raw["id"] >= _FIRST_TIMED]
    time = pd.to_datetime((raw["id"].to_numpy("int64") >> 22) + _EPOCH, unit="ms")
    tones = raw[["negative_sentiment", "neutral_sentiment", "positive_sentiment"]]
    tone = tones.set_axis(["negative", "neutral", "positive"], axis=1).idxmax(axis=1)
    return raw.assign(
        year=time.year,
        week=(time - pd.to_timedelta(time.day_of_week, unit="D")).normalize(),
        **{name: raw[column] > 0 for name, column in _SHARES.items()},
        positive=tone == "positive",
        negative=tone == "negative",
    ).rename(columns={column: name for name, column in _MEANS.items()})


def _weeks(posts: pd.DataFrame) -> Table:
    groups = posts.groupby(["account", "week"])
    counts = groups[[*_SHARES, "positive", "negative"]].sum()
    means = groups[[*_MEANS]].mean().round(3)
    sizes = pd.DataFrame({"posts": groups.size(), "texts": groups["characters"].count()})
    frame = sizes.join(means).join(counts).reset_index()
    return Table(
        name="institution_posts",
        title="How five public institutions wrote on Twitter, by week, 2010–2022",
        description=(
            "The English posts of Downing Street (the British prime minister's office), the "
            "Scottish Government, the Council of the European Union, the OECD and the European "
            "Central Bank, by the week (UTC) that the post's id tells: how many, how long, how "
            "easy to read, and how many with an emoji, a link, a hashtag or a name. Measured by "
            "Roberta Rocca and co-authors on the text without links."
        ),
        frame=frame[[field.name for field in _WEEKS]],
        fields=_WEEKS,
        key=("account", "week"),
        slugs=(_SLUG,),
        caveats=(
            *_MEASURED,
            "Means are over the posts of the week that have a text once links are taken off; "
            "weight them by texts.",
        ),
    )


def _bands(posts: pd.DataFrame, measure: str) -> Table:
    read = posts.dropna(subset=[measure])
    low = (read[measure] // _BAND * _BAND).astype(int)
    counts = read.assign(low=low).groupby(["account", "year", "low"]).size()
    name, title, field = _BANDS[measure]
    return Table(
        name=name,
        title=title,
        description=(
            "The English posts of five public institutions with a text, counted by year and by "
            f"band of ten {field.unit}: the spread behind the means by week."
        ),
        frame=counts.reset_index(name="posts"),
        fields=(
            _ACCOUNT,
            _YEAR,
            field,
            Field("posts", "integer", "Number of posts", "posts", _COUNT),
        ),
        key=("account", "year", "low"),
        slugs=(_SLUG,),
        caveats=_MEASURED,
    )


_MEASURED = (
    "Posts before 4 November 2010 have no time in their id and are left out; the last are of June "
    "2022.",
    "Nobody gave the texts: the measures cannot be checked here.",
)
_COUNT = {"required": True, "minimum": 0}
_ACCOUNT = Field(
    "account",
    "string",
    "Account of the institution",
    constraints={"required": True, "enum": [*_ACCOUNTS]},
)
_YEAR = Field("year", "year", "Year of the post (UTC)", constraints={"minimum": 2010})
_BANDS = {
    "reading_ease": (
        "institution_reading_ease",
        "Reading ease of the posts of five public institutions, 2010–2022",
        Field("low", "integer", "Lower end of the band of ten points", "points of reading ease"),
    ),
    "characters": (
        "institution_post_lengths",
        "Length of the posts of five public institutions, 2010–2022",
        Field("low", "integer", "Lower end of the band of ten characters", "characters"),
    ),
}
_SHARE_FIELDS = {
    "emoji": "Posts with at least one emoji",
    "links": "Posts with a link",
    "hashtags": "Posts with a hashtag",
    "mentions": "Posts that name another account",
    "positive": "Posts whose likeliest tone is positive",
    "negative": "Posts whose likeliest tone is negative",
}
_WEEKS = (
    _ACCOUNT,
    Field("week", "date", "Monday of the week", constraints={"required": True}),
    Field("posts", "integer", "Posts of the week", "posts", {"required": True, "minimum": 1}),
    Field("texts", "integer", "Of these, posts with a text", "posts", _COUNT),
    Field("characters", "number", "Mean length without links", "characters"),
    Field("words", "number", "Mean number of words and signs", "words and signs"),
    Field("sentences", "number", "Mean number of sentences", "sentences"),
    Field("sentence_words", "number", "Mean length of sentences", "words and signs"),
    Field(
        "reading_ease",
        "number",
        "Mean reading ease by Flesch's formula of 1948; higher is easier",
        "points of reading ease",
    ),
    *(Field(name, "integer", text, "posts", _COUNT) for name, text in _SHARE_FIELDS.items()),
)
