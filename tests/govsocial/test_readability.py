"""Reading ease against published examples, and counts against a count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from govsocial import readability
from govsocial.readability import Counts


def counts(sentences: int, words: int, syllables: int, letters: int = 0) -> Counts:
    return Counts(sentences, words, letters, syllables)


@pytest.mark.parametrize(
    ("given", "published"),
    [
        # leichtlesbar.ch on a book review of 29 sentences, 249 words, 406 syllables.
        (counts(29, 249, 406), 60),
        # The highest value there is: sentences of one word of one syllable.
        (counts(1, 1, 1), 121.22),
        # bit1024.com, two examples: 15 words to a sentence and 1.5 syllables, 20 and 1.2.
        (counts(10, 150, 225), 64.71),
        (counts(5, 100, 120), 85.02),
    ],
)
def test_flesch_gives_the_published_values(given: Counts, published: float) -> None:
    assert readability.flesch(given) == pytest.approx(published, abs=0.2)


def test_amstad_is_kinder_to_long_words_than_flesch() -> None:
    review = counts(29, 249, 406)
    assert readability.amstad(review) == pytest.approx(180 - 249 / 29 - 58.5 * 406 / 249)
    assert round(readability.amstad(review)) == 76


def test_gulpease_gives_the_published_value_of_a_sentence() -> None:
    # Lingua::IT::Readability: 1 sentence, 12 words, GULPEASE 59 (59.83 cut off).
    text = "Testo campione da analizzare con Gulpease e Flesch tarati su lingua Italiana."
    found = readability.count(text, "it")
    assert (found.sentences, found.words, found.letters) == (1, 12, 65)
    assert int(readability.gulpease(found)) == 59
    assert readability.reading_ease(text, "it") == readability.gulpease(found)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Stay at home. Save lives!", (2, 5, 19, 5)),
        ("en", "The council's little table is at www.gov.uk today", (1, 7, 31, 11)),
        ("de", "Bitte bleibt jetzt zu Hause! Danke für eure Geduld", (2, 9, 41, 14)),
        ("it", "Restate a casa… Salvate vite", (2, 5, 23, 11)),
        ("en", "No full stop", (1, 3, 10, 3)),
        ("en", "Roads closed: https://x.org/a.b?c . . Avoid travel.", (2, 4, 22, 6)),
    ],
)
def test_counts_are_those_of_a_count_by_hand(
    language: Any, text: str, expected: tuple[int, ...]
) -> None:
    assert tuple(readability.count(text, language)) == expected


def test_a_short_text_is_easier_than_a_long_one_in_every_language() -> None:
    pairs = {
        "en": ("Stay at home.", "Residents are encouraged to minimise unnecessary travel."),
        "de": ("Bleibt zu Hause.", "Vermeidbare Ortsveränderungen sind einzuschränken."),
        "it": ("Restate a casa.", "Limitare spostamenti extradomiciliari ingiustificati."),
    }
    for language, (easy, hard) in pairs.items():
        kind: Any = language
        assert readability.reading_ease(easy, kind) > 60 > readability.reading_ease(hard, kind)


def test_no_word_and_no_formula_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        readability.count("https://example.org 🎉", "en")
    language: Any = "fr"
    with pytest.raises(ValueError, match="known for en, de, it, not for 'fr'"):
        readability.count("Bonjour", language)
