"""Italian articles before a printed number, date or month: *il 12%*, but *l’11%* and *all’81%*.

Closes: Babel and CLDR know no articles, and a computed number may change the one before it. The
rule (L. Serianni, *Grammatica italiana*, Turin 1989, chapter IV) looks at the first sound of the
number read aloud: *uno, undici, otto, ottanta, ottocento* and their thousands begin with a vowel,
*zero* asks for *lo*, all others for *il*.
"""

from __future__ import annotations

import re

# Before a consonant, before s and a consonant or z, before a vowel.
_ARTICLES = {
    "il": ("il ", "lo ", "l’"),
    "un": ("un ", "uno ", "un "),
    "del": ("del ", "dello ", "dell’"),
    "al": ("al ", "allo ", "all’"),
    "dal": ("dal ", "dallo ", "dall’"),
    "nel": ("nel ", "nello ", "nell’"),
    "sul": ("sul ", "sullo ", "sull’"),
    "i": ("i ", "gli ", "gli "),
    "dei": ("dei ", "degli ", "degli "),
    "ai": ("ai ", "agli ", "agli "),
    "dai": ("dai ", "dagli ", "dagli "),
    "nei": ("nei ", "negli ", "negli "),
    "sui": ("sui ", "sugli ", "sugli "),
}
ARTICLES = tuple(_ARTICLES)
_VOWEL = re.compile(r"[aeiouàèéìòù]", re.IGNORECASE)
_LO = re.compile(r"s[^aeiou]|z|gn|ps|pn|x|y", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{1,3})((?:\.\d{3})*)(º?)")


def with_article(article: str, printed: str) -> str:
    """Return a printed number, date or month with its article.

    Parameters
    ----------
    article
        As it stands before a consonant, one of :data:`ARTICLES`; with a capital, so is the result.
    printed
        What follows, as it is printed in Italian.

    >>> [with_article("il", n) for n in ("12%", "11%", "81%", "8 luglio 2012", "1º luglio 2012")]
    ['il 12%', 'l’11%', 'l’81%', 'l’8 luglio 2012', 'il 1º luglio 2012']
    >>> [with_article("Del", n) for n in ("0,5%", "1,5%", "18%", "8.123", "1.000", "−8%")]
    ['Dello 0,5%', 'Dell’1,5%', 'Del 18%', 'Dell’8.123', 'Del 1.000', 'Del −8%']
    >>> [with_article("nel", n) for n in ("aprile 2012", "luglio 2012")]
    ['nell’aprile 2012', 'nel luglio 2012']
    >>> [with_article("dei", n) for n in ("195", "800", "80")], with_article("un", "0,1%")
    (['dei 195', 'degli 800', 'degli 80'], 'uno 0,1%')
    """
    consonant, impure, vowel = _ARTICLES[article.lower()]
    found = vowel if _elides(printed) else impure if _is_impure(printed) else consonant
    return f"{found.capitalize() if article[0].isupper() else found}{printed}"


def _elides(printed: str) -> bool:
    if digits := _DIGITS.match(printed):
        first, thousands, ordinal = digits.groups()
        if ordinal:  # primo
            return False
        return first == "11" or first[0] == "8" or (first == "1" and not thousands)
    return bool(_VOWEL.match(printed))


def _is_impure(printed: str) -> bool:
    return printed.startswith("0") or bool(_LO.match(printed))
