"""What the columns of a figure's data mean, where they are not fields of its tables.

Most columns of what is drawn come from the tables, and are explained in their descriptors. What a
chart computes has its meaning here: under the name of the column, for a single figure or for all.
"""

from __future__ import annotations

from functools import cache

from govsocial.language import language, noted, translation

_ = translation(__name__)

_LOW, _HIGH = noted("Lower end of the interval or band"), noted("Upper end of the interval or band")
_HALF = noted("Which part of the figure")
_CODE = noted("Removal requests by the public bodies of the country with this code")
_EVERYWHERE = {
    "accounts": noted("Accounts counted"),
    "accounts_2012": noted("Accounts in the list of April 2012"),
    "accounts_2017": noted("Accounts in the list of June 2017"),
    "act_per_million": noted("Orders to act against content, per million users"),
    "active": noted("Countries seen by then"),
    "adopters": noted("Countries of the region seen by then"),
    "apart": noted(
        "How many places the two countries of a pair stand apart: end of a group of ten"
    ),
    "at_risk": noted("Accounts that could still stop just before this time"),
    "back_high": noted("Upper end of the interval of the chance of an answer"),
    "back_low": noted("Lower end of the interval of the chance of an answer"),
    "back_value": noted("Chance of a mention where the colleague mentions the member"),
    "backed": noted("Pairs in which the colleague mentions the member"),
    "baseline": noted("Posts per week in the year before"),
    "best": noted("Best of the places that tied countries share"),
    "bits": noted("Number of bits"),
    "bodies": noted("Bodies in the list"),
    "both": noted("Shutdowns of the network and of single services"),
    "calm": noted("Whether the stretch lies outside the storm"),
    "came": noted("Share that was observed in the end"),
    "cases": noted("Number of cases behind the row"),
    "channel": noted("Who opened an account, and where"),
    "closed": noted("Bodies whose account is closed"),
    "congress": noted("Year in which the Congress began"),
    "copies": noted("Copies of the list that could be followed so long"),
    "countries": noted("Number of countries"),
    "curve": noted("Which of the curves"),
    "cutoff": noted("Share by a power law with an exponential cutoff"),
    "dense": noted("Place if tied countries count as one"),
    "difference": noted("The file of today less what was printed"),
    "dispersion": noted("How many times more the months vary than chance alone"),
    "drawn": noted("What was drawn at random: the weights, or errors of measurement"),
    "earlier": noted("Countries of the panel that were seen before"),
    "ended": noted("Accounts that stopped at this time"),
    "events": noted("Events counted"),
    "evidence": noted("What the date rests on"),
    "exact": noted("Posts whose ID and stated time name the same second"),
    "expected": noted("Number expected without the event, or by chance"),
    "exposure": noted("What the events are divided by: hundreds of country-years"),
    "facebook_share": noted("Share of members with an entry for Facebook"),
    "failed": noted("Whether the collection failed on this day"),
    "firm": noted("Share of the pairs in the same order in nearly all resamples"),
    "from": noted("Lower border of the class"),
    "gain": noted("Followers gained"),
    "gini": noted("Gini coefficient"),
    "gini_high": noted("Upper end of the interval of the Gini coefficient"),
    "gini_low": noted("Lower end of the interval of the Gini coefficient"),
    "grade": noted("Strength of the evidence"),
    "group": noted("Group of accounts, posts or bodies"),
    "grouping": noted("By what the countries are grouped"),
    "high": _HIGH,
    "hits": noted("Tagged advertisers that are public bodies"),
    "hundredths": noted("Share of replies, in hundredths: start of the class"),
    "index_place": noted("Place by the whole index"),
    "interval": noted("How the interval is computed"),
    "item": noted("Finding"),
    "key": noted("Key of the number, in the list of all numbers"),
    "known": noted("Last month that the forecast knew"),
    "known_until": noted("Last year that the forecast knew"),
    "leaders": noted("Mean weekend share of the leaders’ accounts"),
    "leaders_high": noted("Upper end of the interval for leaders"),
    "leaders_low": noted("Lower end of the interval for leaders"),
    "left_out": noted("Indicator or organisation that is left out"),
    "links": noted("Pairs in which the member mentions the colleague"),
    "listed": noted("How many of them are in the list, with an account"),
    "lognormal": noted("Share by a log-normal law"),
    "low": _LOW,
    "lower_quartile": noted("Lower quartile of the places moved"),
    "members": noted("Number of members"),
    "ministries": noted("Mean weekend share of the ministries’ accounts"),
    "ministries_high": noted("Upper end of the interval for ministries"),
    "ministries_low": noted("Lower end of the interval for ministries"),
    "model": noted("Which of the models"),
    "month": noted("Month"),
    "more": noted("Weekend share of leaders less that of ministries"),
    "multiple": noted("What came, in multiples of what was expected"),
    "naming_share": noted("Share of posts that name an account and are no replies"),
    "network": noted("Shutdowns of the whole network"),
    "none": noted("Members of these without a single reply"),
    "of": noted("Countries that were counted"),
    "office": noted("Which office the account’s holder had"),
    "office_high": noted("Upper end of the interval of the share in office hours"),
    "office_low": noted("Lower end of the interval of the share in office hours"),
    "only_english_account": noted("Whether there was no second account in English yet"),
    "opened": noted("When the accounts were opened"),
    "others": noted("Foreign accounts that were counted"),
    "pages": noted("Number of pages"),
    "pairs": noted("Number of pairs"),
    "panel": _HALF,
    "part": _HALF,
    "per_day": noted("Followers gained per day"),
    "places": noted("Number of different places"),
    "portal": noted("Place in the ranking of portals"),
    "post_high": noted("Upper end of the interval if posts are resampled"),
    "post_low": noted("Lower end of the interval if posts are resampled"),
    "posting": noted("Bodies whose account posted in the last 90 days"),
    "posts": noted("Number of posts"),
    "power_law": noted("Share by a power law"),
    "precision_high": noted("Upper end of the interval of the precision"),
    "precision_low": noted("Lower end of the interval of the precision"),
    "precision_value": noted("Precision: share of tagged advertisers that are public bodies"),
    "provide_per_million": noted("Orders to provide information, per million users"),
    "pvalue": noted("p-value of the test that the text describes"),
    "ranking": noted("Which ranking"),
    "rate": noted("Uses per thousand hashtags"),
    "ratio": noted("In multiples of an even spread"),
    "recall": noted("Recall: share of the public bodies’ money that the words found"),
    "recall_high": noted("Upper end of the interval of the recall"),
    "recall_low": noted("Lower end of the interval of the recall"),
    "removed": noted("Items removed"),
    "removed_share": noted("Share of the items that was removed"),
    "reply_share": noted("Share of posts that are replies"),
    "returned": noted("Pairs in which both mention each other"),
    "series": noted("Which count or platform"),
    "services": noted("Shutdowns of single services"),
    "set": noted("Which collection of posts"),
    "shuffled": noted("Mean number in shuffled crowds"),
    "shuffled_of_speed": noted("The same, where the shuffle keeps each account’s speed"),
    "low_of_speed": noted("Lower end of the band of that shuffle"),
    "high_of_speed": noted("Upper end of the band of that shuffle"),
    "silent": noted("Bodies whose account had no post in the last 90 days"),
    "start": noted("First day of the stretch"),
    "end": noted("Last day of the stretch"),
    "survival": noted("Share that had not stopped by then, after Kaplan and Meier"),
    "tagged": noted("Share by the list of words"),
    "then": noted("Share when the forecast was made"),
    "to": noted("Upper border of the class"),
    "tone": noted("Tone that a program finds likeliest"),
    "top": noted("Share of the largest tenth"),
    "top_high": noted("Upper end of the interval of that share"),
    "top_low": noted("Lower end of the interval of that share"),
    "topic": noted("Topic of the tables"),
    "twitter_share": noted("Share of members with an entry for Twitter"),
    "unknown": noted("Bodies whose account could not be read"),
    "unlisted": noted("Bodies without an account in the list"),
    "unseen": noted("Countries not seen by then"),
    "upper_quartile": noted("Upper quartile of the places moved"),
    "wave": noted("Wave of the epidemic"),
    "weekend": noted("Whether on Saturday or Sunday"),
    "weekend_high": noted("Upper end of the interval of the weekend share"),
    "weekend_low": noted("Lower end of the interval of the weekend share"),
    "weeks": noted("Number of weeks"),
    "who": noted("Whose posts"),
    "window": noted("Longest time between the two, in seconds"),
    "works": noted("Addresses that lead to a page"),
    "worst": noted("Worst of the places that tied countries share"),
    "year": noted("Year"),
    "years": noted("Age of the copy in years"),
    "TR": _CODE,
    "RU": _CODE,
    "FR": _CODE,
    "RUS": noted("Places that Russia moves"),
}
"""Meanings by column, for all figures."""

_OF_FIGURES = {
    "share": {
        noted("Share of the followers"): "adoption-audiences",
        noted("Share of the countries seen by then"): "adoption-curves adoption-regions"
        " adoption-series",
        noted("Share of the countries by the model"): "adoption-fits lab-fits lab-forecasts",
        noted("Share of the posts for which both agree"): "clock-agreement lab-agreement",
        noted("Share of the posts in the first five seconds of a minute"): "clock-habits",
        noted("Share of the posts of this part"): "clock-minutes",
        noted("Share of the posts in this second of the minute"): "clock-programs clock-seconds"
        " lab-late lab-seconds post-seconds-faces",
        noted("Share of the accounts tested whose error is smaller"): "clock-dating",
        noted("Share of the country’s requests"): "control-bodies control-reasons",
        noted("Share of replies among all posts"): "conversation-groups",
        noted("Share of the notes that were shown"): "conversation-notes",
        noted("Share of the missions in the list"): "diplomats-coverage",
        noted("Share of the posts in this hour"): "hours-clocks hours-parliament hours-programs"
        " hours-week lab-week",
        noted("Share of the accounts that used it"): "networks-hashtags",
        noted("Share of the addresses that lead to no page"): "official-links",
        noted("Share of the members with an entry"): "official-newcomers",
        noted("Place as a share of the countries ranked"): "ranking-russia",
        noted("Share of the links within a label, lower edge of the bar"): "lab-shuffles",
    },
    "share_observed": {
        noted("Share of the countries observed"): "adoption-fits lab-fits lab-forecasts",
    },
    "value": {
        noted("Share foretold"): "adoption-forecasts",
        noted("Share not seen by then"): "adoption-never",
        noted("Share paid by public bodies"): "amplification-payers",
        noted("Share of the posts in the first five seconds of a minute"): "clock-accounts"
        " clock-hands",
        noted("What the part says: a number, or the time"): "clock-anatomy lab-anatomy",
        noted("Events per hundred country-years"): "control-shutdowns",
        noted("Interactions after, in multiples of those before"): "conversation-pages",
        noted("Number of retweets"): "conversation-tail",
        noted("Posts per week, in multiples of the year before"): "emergency-ratios",
        noted("Share of the members"): "exit-countries exit-groups",
        noted("Share of the accounts that still posted"): "exit-wave",
        noted("Share, ratio or place of the finding"): "lessons-evidence",
        noted("Share of the accounts that mention it"): "networks-countries networks-people",
        noted("Chance of a mention"): "networks-delegations networks-home lab-delegations",
        noted("Share with an entry, or number of revisions"): "official-panel",
        noted("Place, or number of requests"): "post-bet rome-since",
        noted("Rank correlation"): "ranking-criteria",
        noted("Share of the requests"): "town-hall-doors",
        noted("Share with an account"): "town-hall-editions town-hall-platforms town-hall-sizes"
        " lab-sizes",
        noted("Mean reading ease"): "words-ease",
        noted("Share of posts with an emoji"): "words-emoji",
        noted("Change of the mean"): "words-limit",
        noted("Median reading ease of the posts"): "words-spread",
        noted("Share of posts with this tone"): "words-tone",
    },
    "value_round": {
        noted("Share of the other posts on round minutes"): "clock-hands",
    },
    "low_round": {noted("Lower end of the interval of that share"): "clock-hands"},
    "high_round": {noted("Upper end of the interval of that share"): "clock-hands"},
    "low": {
        noted("A quarter of the countries lie below"): "control-censorship",
        noted("A quarter of the posts lie below"): "words-spread",
    },
    "high": {
        noted("A quarter of the countries lie above"): "control-censorship",
        noted("A quarter of the posts lie above"): "words-spread",
    },
    "cases": {
        noted("Share of the cases, from the smallest on"): "conversation-lorenz lab-lorenz"
        " diplomats-concentration",
        noted("Countries of this regime type"): "control-censorship",
    },
    "total": {
        noted("Share of the total that they hold"): "conversation-lorenz lab-lorenz"
        " diplomats-concentration",
        noted("Requests of citizens in the year, by all channels"): "town-hall-doors",
    },
    "expected": {noted("Number expected by chance"): "amplification-windows"},
    "first": {
        noted("First of the two criteria"): "ranking-criteria",
        noted("First day on which it may have been opened"): "moscow-arrivals",
    },
    "kind": {
        noted("Kind of colleague"): "networks-delegations lab-delegations",
        noted("Kind of advertiser"): "post-payers-kinds",
    },
    "platform": {noted("Platform"): "town-hall-editions town-hall-platforms"},
    "accounts": {
        noted("Accounts whose last post is of this year"): "post-town-farewells",
    },
    "countries": {noted("Countries seen by then"): "adoption-series"},
    "group": {noted("Group of countries"): "adoption-never"},
    "part": {
        noted("Share of what public bodies paid in this report"): "amplification-named",
    },
    "rows": {noted("Tagged advertisers"): "amplification-errors"},
    "least": {
        noted("Things in which a pair must coincide, at least"): "amplification-pairs",
        noted("Members of the smallest delegation in the group"): "networks-delegations"
        " lab-delegations",
    },
    "most": {
        noted("Members of the largest delegation in the group"): "networks-delegations"
        " lab-delegations",
    },
    "observed": {
        noted("Pairs of accounts that were counted"): "amplification-pairs",
        noted("Share of the posts with at least so many retweets"): "conversation-tail",
    },
    "posts": {
        noted("Posts of the source in the year"): "clock-agreement lab-agreement",
        noted("Posts in this second of the minute"): "lab-late",
    },
    "items_removed": {noted("Share of the items that was removed"): "control-outcomes"},
    "items_gone": {
        noted("Share of the items not found or already removed"): "control-outcomes",
    },
    "items_unclear": {
        noted("Share of the items without enough information to decide"): "control-outcomes",
    },
    "items_kept": {
        noted("Share of the items on which Google took no action"): "control-outcomes",
    },
    "any_size": {noted("Shutdowns of any size, sum of the years"): "control-places"},
    "nationwide": {noted("Nationwide shutdowns, sum of the years"): "control-places"},
    "median": {
        noted("Median of the countries’ estimates"): "control-censorship",
        noted("Median of the accounts, in multiples of the year before"): "emergency-course",
    },
    "notes": {noted("Notes written, sum of the months"): "conversation-notes"},
    "missions": {noted("Missions that there are"): "diplomats-coverage"},
    "days": {
        noted("Days since the last post"): "diplomats-silence",
        noted("Length of the stretch in days"): "emergency-followers lab-followers",
    },
    "time": {
        noted("Days since 1 December 2024"): "exit-deputies",
        noted("Years since 1 January 2018"): "exit-survival",
    },
    "weekend": {noted("Share of the posts on Saturday or Sunday"): "hours-weekends"},
    "office": {noted("Share of the posts in office hours"): "hours-weekends"},
    "country": {noted("Whose missions or ministry they are"): "moscow-missions"},
    "state": {noted("Whether the two are of one state"): "networks-home"},
    "party": {noted("Whether the two are of one party"): "networks-home"},
    "mentions": {noted("Foreign accounts that it mentions"): "networks-people"},
    "mentioned_by": {
        noted("Foreign accounts that mention it"): "networks-countries networks-people",
    },
    "same": {noted("Share of the entries: member sits, same name"): "official-ageing"},
    "changed": {noted("Share of the entries: member sits, other name"): "official-ageing"},
    "unlisted": {
        noted("Share of the entries: member sits, no name listed"): "official-ageing",
    },
    "left": {noted("Share of the entries: member no longer sits"): "official-ageing"},
    "dead": {noted("Other addresses that lead to no page"): "post-links-fates"},
    "twitter_name": {
        noted(
            "Addresses that lead to no page, with the name of a Twitter account of 2012"
        ): "post-links-fates",
    },
    "underscore": {
        noted("Addresses that lead to no page, with an underscore in the name"): "post-links-fates",
    },
    "followers": {noted("Followers expected, or gained"): "post-sandy-thousands"},
    "account": {noted("Account on Twitter; empty for all others together"): "adoption-audiences"},
    "day": {
        noted(
            "Day (UTC) on which the accounts were made, or the users posted"
        ): "amplification-births",
    },
    "code": {
        noted("ISO 3166-1 alpha-2 code of the country; empty for all together"): "control-google",
    },
    "reason": {noted("Reason as Google classed it; empty for all others"): "control-reasons"},
    "home": {noted("Country that is mentioned"): "networks-countries"},
    "source": {noted("Country or organisation whose accounts name the other"): "networks-matrix"},
    "target": {noted("Country or organisation that is named"): "networks-matrix"},
    "place": {
        noted("Place, with equal weights"): "lab-ranges ranking-accounts ranking-editions"
        " ranking-error ranking-weights",
        noted("Place by the index of electoral democracy"): "ranking-published",
        noted("Place in this ranking"): "ranking-russia",
    },
    "shuffles": {noted("Number of shuffles with such a share"): "lab-shuffles"},
    "second": {noted("Second of the two criteria"): "ranking-criteria"},
    "measure": {noted("What is measured of a post"): "words-limit"},
    "span": {noted("Which stretch of time"): "words-tone"},
    "known": {noted("False where the rate is only an upper bound"): "diplomats-hashtags"},
    "others": {
        noted("Removal requests by all other countries"): "control-twitter",
        noted("Removal requests by all other bodies"): "post-italy-halves",
    },
    "ratio": {
        noted("Replies received per retweet"): "conversation-ratio",
        noted("Posts in August, in multiples of an average month around it"): "post-august",
    },
    "communications": {
        noted("Removal requests by the communications authority"): "post-italy-halves"
    },
    "years": {noted("Augusts counted"): "post-august"},
    "10000": {noted("Euros of those who spent 10,000 or more"): "post-payers-kinds"},
    "5000": {noted("Euros of those who spent 5,000 to 9,999"): "post-payers-kinds"},
    "1000": {noted("Euros of those who spent 1,000 to 4,999"): "post-payers-kinds"},
    "less": {noted("Euros of those who spent 101 to 999"): "post-payers-kinds"},
    "before": {noted("Interactions per month before"): "conversation-pages"},
    "after": {noted("Interactions per month after"): "conversation-pages"},
    "last": {noted("Last day on which it may have been opened"): "moscow-arrivals"},
}
"""By column, meanings and the figures that have them."""


def meaning(figure: str, column: str) -> str:
    """Return what a column of the data of a figure means, or nothing.

    Parameters
    ----------
    figure
        Name of the figure, ``fig-…``.
    column
        Name of the column, in the CSV of the figure.
    """
    found = _meanings(language())
    return found.get((figure, column)) or found.get(("", column), "")


def own(figure: str, column: str) -> bool:
    """Return whether a column means something else in a figure than in its tables."""
    return (figure, column) in _meanings(language())


@cache
def _meanings(_language: str) -> dict[tuple[str, str], str]:
    everywhere = {("", column): _(words) for column, words in _EVERYWHERE.items()}
    single = {
        (f"fig-{figure}", column): _(words)
        for column, figures in _OF_FIGURES.items()
        for words, names in figures.items()
        for figure in names.split()
    }
    return everywhere | single
