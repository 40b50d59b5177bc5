"""How easy a text is to read, by the formula that was made for its language."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Language = Literal["en", "de", "it"]

_LINKS = re.compile(r"https?://\S+|www\.\S+")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?…]+(?=\s|$)")
_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "de": re.compile(r"äu|eu|ei|ai|au|ie|aa|ee|oo|[aeiouyäöü]"),
    "it": re.compile(r"[aeiouàèéìíòóùú]+"),
}
# Ends of English words with a vowel that is not spoken: home, rule, lives, rules, closed, ruled.
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e[sd]?$|(?<=[^aeiouylszxcgh])es$|(?<=[^aeiouyltd])ed$"
)


class Counts(NamedTuple):
    """What the formulas of reading ease count in a text."""

    sentences: int
    words: int
    letters: int
    syllables: int


def count(text: str, language: Language) -> Counts:
    """Return the sentences, words, letters and syllables of a text, without its links.

    Syllables are counted by their vowels, as machines do: a word in ten or so is off by one.

    Parameters
    ----------
    text
        At least one word.
    language
        ``en``, ``de`` or ``it``.

    Raises
    ------
    ValueError
        If the text has no word, or the language is none of the three.
    """
    if language not in _VOWELS:
        known = ", ".join(_VOWELS)
        raise ValueError(f"reading ease is known for {known}, not for '{language}'")
    plain = _LINKS.sub(" ", text).strip()
    words = _WORDS.findall(plain)
    if not words:
        raise ValueError("reading ease needs a text with at least one word")
    ends = [end.end() for end in _SENTENCE_ENDS.finditer(plain)]
    unfinished = bool(_WORDS.search(plain[ends[-1] if ends else 0 :]))
    finished = sum(
        bool(_WORDS.search(plain[start:end])) for start, end in zip([0, *ends], ends, strict=False)
    )
    return Counts(
        sentences=finished + unfinished,
        words=len(words),
        letters=sum(character.isalnum() for word in words for character in word),
        syllables=sum(_syllables(word.casefold(), language) for word in words),
    )


def _syllables(word: str, language: Language) -> int:
    if language == "en":
        word = _SILENT.sub("", word)
    return max(1, len(_VOWELS[language].findall(word)))


def flesch(counts: Counts) -> float:
    """Return the reading ease of an English text: 100 is very easy, 0 very hard.

    References
    ----------
    Flesch, R. (1948). A new readability yardstick. *Journal of Applied Psychology* 32(3).
    """
    sentence, word = _means(counts)
    return 206.835 - 1.015 * sentence - 84.6 * word


def amstad(counts: Counts) -> float:
    """Return the reading ease of a German text: 100 is very easy, 0 very hard.

    References
    ----------
    Amstad, T. (1978). *Wie verständlich sind unsere Zeitungen?* Universität Zürich.
    """
    sentence, word = _means(counts)
    return 180 - sentence - 58.5 * word


def gulpease(counts: Counts) -> float:
    """Return the reading ease of an Italian text by letters, which a machine counts surely.

    References
    ----------
    Lucisano, P. and Piemontese, M. E. (1988). GULPEASE: una formula per la predizione della
    difficoltà dei testi in lingua italiana. *Scuola e città* 39(3).
    """
    return 89 + (300 * counts.sentences - 10 * counts.letters) / counts.words


def reading_ease(text: str, language: Language) -> float:
    """Return the reading ease of a text by the formula of its language.

    The numbers of two languages do not compare: each formula has its own scale.

    Parameters
    ----------
    text
        At least one word.
    language
        ``en`` (:func:`flesch`), ``de`` (:func:`amstad`) or ``it`` (:func:`gulpease`).

    Raises
    ------
    ValueError
        If the text has no word, or the language is none of the three.
    """
    formulas = {"en": flesch, "de": amstad, "it": gulpease}
    return formulas[language](count(text, language))


def _means(counts: Counts) -> tuple[float, float]:
    """Return words per sentence and syllables per word."""
    return counts.words / counts.sentences, counts.syllables / counts.words
