"""What the columns of a figure's data mean, where they are not fields of its tables.

Most columns of what is drawn come from the tables, and are explained in their descriptors. What a
chart computes has its meaning here: under the name of the column, for a single figure or for all.
"""

from __future__ import annotations

from functools import cache

from govsocial.language import language, translation

_ = translation(__name__)


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
    everywhere = {("", column): words for column, words in _everywhere().items()}
    single = {
        (f"fig-{figure}", column): words
        for column, figures in _of_figures().items()
        for words, names in figures.items()
        for figure in names.split()
    }
    return everywhere | single


def _everywhere() -> dict[str, str]:
    low, high = _("Lower end of the interval or band"), _("Upper end of the interval or band")
    curve = _("Which of the curves")
    half = _("Which part of the figure")
    pvalue = _("p-value of the test that the text describes")
    code = _("Removal requests by the public bodies of the country with this code")
    return {
        "accounts": _("Accounts counted"),
        "accounts_2012": _("Accounts in the list of April 2012"),
        "accounts_2017": _("Accounts in the list of June 2017"),
        "act_per_million": _("Orders to act against content, per million users"),
        "active": _("Countries seen by then"),
        "adopters": _("Countries of the region seen by then"),
        "apart": _(
            "How many places the two countries of a pair stand apart: end of a group of ten"
        ),
        "at_risk": _("Accounts that could still stop just before this time"),
        "back_high": _("Upper end of the interval of the chance of an answer"),
        "back_low": _("Lower end of the interval of the chance of an answer"),
        "back_value": _("Chance of a mention where the colleague mentions the member"),
        "backed": _("Pairs in which the colleague mentions the member"),
        "baseline": _("Posts per week in the year before"),
        "best": _("Best of the places that tied countries share"),
        "bits": _("Number of bits"),
        "bodies": _("Bodies in the list"),
        "both": _("Shutdowns of the network and of single services"),
        "calm": _("Whether the stretch lies outside the storm"),
        "came": _("Share that was observed in the end"),
        "cases": _("Number of cases behind the row"),
        "channel": _("Who opened an account, and where"),
        "closed": _("Bodies whose account is closed"),
        "congress": _("Year in which the Congress began"),
        "copies": _("Copies of the list that could be followed so long"),
        "countries": _("Number of countries"),
        "curve": curve,
        "cutoff": _("Share by a power law with an exponential cutoff"),
        "dense": _("Place if tied countries count as one"),
        "difference": _("The file of today less what was printed"),
        "dispersion": _("How many times more the months vary than chance alone"),
        "drawn": _("What was drawn at random: the weights, or errors of measurement"),
        "earlier": _("Countries of the panel that were seen before"),
        "ended": _("Accounts that stopped at this time"),
        "events": _("Events counted"),
        "evidence": _("What the date rests on"),
        "exact": _("Posts whose ID and stated time name the same second"),
        "expected": _("Number expected without the event, or by chance"),
        "exposure": _("What the events are divided by: hundreds of country-years"),
        "facebook_share": _("Share of members with an entry for Facebook"),
        "failed": _("Whether the collection failed on this day"),
        "firm": _("Share of the pairs in the same order in nearly all resamples"),
        "from": _("Lower border of the class"),
        "gain": _("Followers gained"),
        "gini": _("Gini coefficient"),
        "gini_high": _("Upper end of the interval of the Gini coefficient"),
        "gini_low": _("Lower end of the interval of the Gini coefficient"),
        "grade": _("Strength of the evidence"),
        "group": _("Group of accounts, posts or bodies"),
        "grouping": _("By what the countries are grouped"),
        "high": high,
        "hits": _("Tagged advertisers that are public bodies"),
        "hundredths": _("Share of replies, in hundredths: start of the class"),
        "index_place": _("Place by the whole index"),
        "interval": _("How the interval is computed"),
        "item": _("Finding"),
        "key": _("Key of the number, in the list of all numbers"),
        "known": _("Last month that the forecast knew"),
        "known_until": _("Last year that the forecast knew"),
        "leaders": _("Mean weekend share of the leaders’ accounts"),
        "leaders_high": _("Upper end of the interval for leaders"),
        "leaders_low": _("Lower end of the interval for leaders"),
        "left_out": _("Indicator or organisation that is left out"),
        "links": _("Pairs in which the member mentions the colleague"),
        "listed": _("How many of them are in the list, with an account"),
        "lognormal": _("Share by a log-normal law"),
        "low": low,
        "lower_quartile": _("Lower quartile of the places moved"),
        "members": _("Number of members"),
        "ministries": _("Mean weekend share of the ministries’ accounts"),
        "ministries_high": _("Upper end of the interval for ministries"),
        "ministries_low": _("Lower end of the interval for ministries"),
        "model": _("Which of the models"),
        "month": _("Month"),
        "more": _("Weekend share of leaders less that of ministries"),
        "multiple": _("What came, in multiples of what was expected"),
        "naming_share": _("Share of posts that name an account and are no replies"),
        "network": _("Shutdowns of the whole network"),
        "none": _("Members of these without a single reply"),
        "of": _("Countries that were counted"),
        "office": _("Which office the account’s holder had"),
        "office_high": _("Upper end of the interval of the share in office hours"),
        "office_low": _("Lower end of the interval of the share in office hours"),
        "only_english_account": _("Whether there was no second account in English yet"),
        "opened": _("When the accounts were opened"),
        "others": _("Foreign accounts that were counted"),
        "pages": _("Number of pages"),
        "pairs": _("Number of pairs"),
        "panel": half,
        "part": half,
        "per_day": _("Followers gained per day"),
        "places": _("Number of different places"),
        "portal": _("Place in the ranking of portals"),
        "post_high": _("Upper end of the interval if posts are resampled"),
        "post_low": _("Lower end of the interval if posts are resampled"),
        "posting": _("Bodies whose account posted in the last 90 days"),
        "posts": _("Number of posts"),
        "power_law": _("Share by a power law"),
        "precision_high": _("Upper end of the interval of the precision"),
        "precision_low": _("Lower end of the interval of the precision"),
        "precision_value": _("Precision: share of tagged advertisers that are public bodies"),
        "provide_per_million": _("Orders to provide information, per million users"),
        "pvalue": pvalue,
        "ranking": _("Which ranking"),
        "rate": _("Uses per thousand hashtags"),
        "ratio": _("In multiples of an even spread"),
        "recall": _("Recall: share of the public bodies’ money that the words found"),
        "recall_high": _("Upper end of the interval of the recall"),
        "recall_low": _("Lower end of the interval of the recall"),
        "removed": _("Items removed"),
        "removed_share": _("Share of the items that was removed"),
        "reply_share": _("Share of posts that are replies"),
        "returned": _("Pairs in which both mention each other"),
        "series": _("Which count or platform"),
        "services": _("Shutdowns of single services"),
        "set": _("Which collection of posts"),
        "shuffled": _("Mean number in shuffled crowds"),
        "shuffled_of_speed": _("The same, where the shuffle keeps each account’s speed"),
        "low_of_speed": _("Lower end of the band of that shuffle"),
        "high_of_speed": _("Upper end of the band of that shuffle"),
        "silent": _("Bodies whose account had no post in the last 90 days"),
        "start": _("First day of the stretch"),
        "end": _("Last day of the stretch"),
        "survival": _("Share that had not stopped by then, after Kaplan and Meier"),
        "tagged": _("Share by the list of words"),
        "then": _("Share when the forecast was made"),
        "to": _("Upper border of the class"),
        "tone": _("Tone that a program finds likeliest"),
        "top": _("Share of the largest tenth"),
        "top_high": _("Upper end of the interval of that share"),
        "top_low": _("Lower end of the interval of that share"),
        "topic": _("Topic of the tables"),
        "twitter_share": _("Share of members with an entry for Twitter"),
        "unknown": _("Bodies whose account could not be read"),
        "unlisted": _("Bodies without an account in the list"),
        "unseen": _("Countries not seen by then"),
        "upper_quartile": _("Upper quartile of the places moved"),
        "wave": _("Wave of the epidemic"),
        "weekend": _("Whether on Saturday or Sunday"),
        "weekend_high": _("Upper end of the interval of the weekend share"),
        "weekend_low": _("Lower end of the interval of the weekend share"),
        "weeks": _("Number of weeks"),
        "who": _("Whose posts"),
        "window": _("Longest time between the two, in seconds"),
        "works": _("Addresses that lead to a page"),
        "worst": _("Worst of the places that tied countries share"),
        "year": _("Year"),
        "years": _("Age of the copy in years"),
        "TR": code,
        "RU": code,
        "FR": code,
        "RUS": _("Places that Russia moves"),
    }


def _of_figures() -> dict[str, dict[str, str]]:
    """Return, by column, meanings and the figures that have them."""
    return {
        "share": {
            _("Share of the followers"): "adoption-audiences",
            _("Share of the countries seen by then"): "adoption-curves adoption-regions"
            " adoption-series",
            _("Share of the countries by the model"): "adoption-fits lab-fits lab-forecasts",
            _("Share of the posts for which both agree"): "clock-agreement lab-agreement",
            _("Share of the posts in the first five seconds of a minute"): "clock-habits",
            _("Share of the posts of this part"): "clock-minutes",
            _("Share of the posts in this second of the minute"): "clock-programs clock-seconds"
            " lab-late lab-seconds post-seconds-faces",
            _("Share of the accounts tested whose error is smaller"): "clock-dating",
            _("Share of the country’s requests"): "control-bodies control-reasons",
            _("Share of replies among all posts"): "conversation-groups",
            _("Share of the notes that were shown"): "conversation-notes",
            _("Share of the missions in the list"): "diplomats-coverage",
            _("Share of the posts in this hour"): "hours-clocks hours-parliament hours-programs"
            " hours-week lab-week",
            _("Share of the accounts that used it"): "networks-hashtags",
            _("Share of the addresses that lead to no page"): "official-links",
            _("Share of the members with an entry"): "official-newcomers",
            _("Place as a share of the countries ranked"): "ranking-russia",
            _("Share of the links within a label, lower edge of the bar"): "lab-shuffles",
        },
        "share_observed": {
            _("Share of the countries observed"): "adoption-fits lab-fits lab-forecasts",
        },
        "value": {
            _("Share foretold"): "adoption-forecasts",
            _("Share not seen by then"): "adoption-never",
            _("Share paid by public bodies"): "amplification-payers",
            _("Share of the posts in the first five seconds of a minute"): "clock-accounts"
            " clock-hands",
            _("What the part says: a number, or the time"): "clock-anatomy lab-anatomy",
            _("Events per hundred country-years"): "control-shutdowns",
            _("Interactions after, in multiples of those before"): "conversation-pages",
            _("Number of retweets"): "conversation-tail",
            _("Posts per week, in multiples of the year before"): "emergency-ratios",
            _("Share of the members"): "exit-countries exit-groups",
            _("Share of the accounts that still posted"): "exit-wave",
            _("Share, ratio or place of the finding"): "lessons-evidence",
            _("Share of the accounts that mention it"): "networks-countries networks-people",
            _("Chance of a mention"): "networks-delegations networks-home lab-delegations",
            _("Share with an entry, or number of revisions"): "official-panel",
            _("Place, or number of requests"): "post-bet rome-since",
            _("Rank correlation"): "ranking-criteria",
            _("Share of the requests"): "town-hall-doors",
            _("Share with an account"): "town-hall-editions town-hall-platforms town-hall-sizes"
            " lab-sizes",
            _("Mean reading ease"): "words-ease",
            _("Share of posts with an emoji"): "words-emoji",
            _("Change of the mean"): "words-limit",
            _("Median reading ease of the posts"): "words-spread",
            _("Share of posts with this tone"): "words-tone",
        },
        "value_round": {
            _("Share of the other posts on round minutes"): "clock-hands",
        },
        "low_round": {_("Lower end of the interval of that share"): "clock-hands"},
        "high_round": {_("Upper end of the interval of that share"): "clock-hands"},
        "low": {
            _("A quarter of the countries lie below"): "control-censorship",
            _("A quarter of the posts lie below"): "words-spread",
        },
        "high": {
            _("A quarter of the countries lie above"): "control-censorship",
            _("A quarter of the posts lie above"): "words-spread",
        },
        "cases": {
            _("Share of the cases, from the smallest on"): "conversation-lorenz lab-lorenz"
            " diplomats-concentration",
            _("Countries of this regime type"): "control-censorship",
        },
        "total": {
            _("Share of the total that they hold"): "conversation-lorenz lab-lorenz"
            " diplomats-concentration",
            _("Requests of citizens in the year, by all channels"): "town-hall-doors",
        },
        "expected": {_("Number expected by chance"): "amplification-windows"},
        "first": {
            _("First of the two criteria"): "ranking-criteria",
            _("First day on which it may have been opened"): "moscow-arrivals",
        },
        "kind": {
            _("Kind of colleague"): "networks-delegations lab-delegations",
            _("Kind of advertiser"): "post-payers-kinds",
        },
        "platform": {_("Platform"): "town-hall-editions town-hall-platforms"},
        "accounts": {
            _("Accounts whose last post is of this year"): "post-town-farewells",
        },
        "countries": {_("Countries seen by then"): "adoption-series"},
        "group": {_("Group of countries"): "adoption-never"},
        "part": {
            _("Share of what public bodies paid in this report"): "amplification-named",
        },
        "rows": {_("Tagged advertisers"): "amplification-errors"},
        "least": {
            _("Things in which a pair must coincide, at least"): "amplification-pairs",
            _("Members of the smallest delegation in the group"): "networks-delegations"
            " lab-delegations",
        },
        "most": {
            _("Members of the largest delegation in the group"): "networks-delegations"
            " lab-delegations",
        },
        "observed": {
            _("Pairs of accounts that were counted"): "amplification-pairs",
            _("Share of the posts with at least so many retweets"): "conversation-tail",
        },
        "posts": {
            _("Posts of the source in the year"): "clock-agreement lab-agreement",
            _("Posts in this second of the minute"): "lab-late",
        },
        "items_removed": {_("Share of the items that was removed"): "control-outcomes"},
        "items_gone": {
            _("Share of the items not found or already removed"): "control-outcomes",
        },
        "items_unclear": {
            _("Share of the items without enough information to decide"): "control-outcomes",
        },
        "items_kept": {
            _("Share of the items on which Google took no action"): "control-outcomes",
        },
        "any_size": {_("Shutdowns of any size, sum of the years"): "control-places"},
        "nationwide": {_("Nationwide shutdowns, sum of the years"): "control-places"},
        "median": {
            _("Median of the countries’ estimates"): "control-censorship",
            _("Median of the accounts, in multiples of the year before"): "emergency-course",
        },
        "notes": {_("Notes written, sum of the months"): "conversation-notes"},
        "missions": {_("Missions that there are"): "diplomats-coverage"},
        "days": {
            _("Days since the last post"): "diplomats-silence",
            _("Length of the stretch in days"): "emergency-followers lab-followers",
        },
        "time": {
            _("Days since 1 December 2024"): "exit-deputies",
            _("Years since 1 January 2018"): "exit-survival",
        },
        "weekend": {_("Share of the posts on Saturday or Sunday"): "hours-weekends"},
        "office": {_("Share of the posts in office hours"): "hours-weekends"},
        "country": {_("Whose missions or ministry they are"): "moscow-missions"},
        "state": {_("Whether the two are of one state"): "networks-home"},
        "party": {_("Whether the two are of one party"): "networks-home"},
        "mentions": {_("Foreign accounts that it mentions"): "networks-people"},
        "mentioned_by": {
            _("Foreign accounts that mention it"): "networks-countries networks-people",
        },
        "same": {_("Share of the entries: member sits, same name"): "official-ageing"},
        "changed": {_("Share of the entries: member sits, other name"): "official-ageing"},
        "unlisted": {
            _("Share of the entries: member sits, no name listed"): "official-ageing",
        },
        "left": {_("Share of the entries: member no longer sits"): "official-ageing"},
        "dead": {_("Other addresses that lead to no page"): "post-links-fates"},
        "twitter_name": {
            _(
                "Addresses that lead to no page, with the name of a Twitter account of 2012"
            ): "post-links-fates",
        },
        "underscore": {
            _("Addresses that lead to no page, with an underscore in the name"): "post-links-fates",
        },
        "followers": {_("Followers expected, or gained"): "post-sandy-thousands"},
        "account": {_("Account on Twitter; empty for all others together"): "adoption-audiences"},
        "day": {
            _(
                "Day (UTC) on which the accounts were made, or the users posted"
            ): "amplification-births",
        },
        "code": {
            _("ISO 3166-1 alpha-2 code of the country; empty for all together"): "control-google",
        },
        "reason": {_("Reason as Google classed it; empty for all others"): "control-reasons"},
        "home": {_("Country that is mentioned"): "networks-countries"},
        "place": {
            _("Place, with equal weights"): "lab-ranges ranking-accounts ranking-editions"
            " ranking-error ranking-weights",
            _("Place by the index of electoral democracy"): "ranking-published",
            _("Place in this ranking"): "ranking-russia",
        },
        "shuffles": {_("Number of shuffles with such a share"): "lab-shuffles"},
        "second": {_("Second of the two criteria"): "ranking-criteria"},
        "measure": {_("What is measured of a post"): "words-limit"},
        "span": {_("Which stretch of time"): "words-tone"},
        "known": {_("False where the rate is only an upper bound"): "diplomats-hashtags"},
        "others": {
            _("Removal requests by all other countries"): "control-twitter",
            _("Removal requests by all other bodies"): "post-italy-halves",
        },
        "ratio": {
            _("Replies received per retweet"): "conversation-ratio",
            _("Posts in August, in multiples of an average month around it"): "post-august",
        },
        "communications": {
            _("Removal requests by the communications authority"): "post-italy-halves"
        },
        "years": {_("Augusts counted"): "post-august"},
        "10000": {_("Euros of those who spent 10,000 or more"): "post-payers-kinds"},
        "5000": {_("Euros of those who spent 5,000 to 9,999"): "post-payers-kinds"},
        "1000": {_("Euros of those who spent 1,000 to 4,999"): "post-payers-kinds"},
        "less": {_("Euros of those who spent 101 to 999"): "post-payers-kinds"},
        "before": {_("Interactions per month before"): "conversation-pages"},
        "after": {_("Interactions per month after"): "conversation-pages"},
        "last": {_("Last day on which it may have been opened"): "moscow-arrivals"},
    }
