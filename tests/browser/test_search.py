"""The search, asked what readers ask: the right page comes first, quickly and by few bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect

from tests.editions import ROOT_PATH

# What readers type, and the page that answers it.
QUESTIONS = {
    "Medvedev": "chapters/moscow-2012.html",
    "hub of digital diplomacy": "chapters/moscow-2012.html",
    "who is missing": "chapters/what-we-count.html",
    "never-adopters": "chapters/adoption.html",
    "when did governments join Twitter": "chapters/adoption.html",
    "official account register": "chapters/official.html",
    "tweet id timestamp": "chapters/tweet-clock.html",
    "snowflake": "chapters/tweet-clock.html",
    "weekend posts": "chapters/office-hours.html",
    "readability": "chapters/words.html",
    "emoji": "chapters/words.html",
    "hurricane Sandy": "chapters/emergency.html",
    "COVID-19 posts": "chapters/emergency.html",
    "replies to citizens": "chapters/conversation.html",
    "Gini": "chapters/conversation.html",
    "municipalities": "chapters/town-hall.html",
    "San Francisco requests": "chapters/town-hall.html",
    "mentions of members of Congress": "chapters/networks.html",
    "Chinese diplomats": "chapters/diplomats.html",
    "e-participation rank": "chapters/ranking.html",
    "weights of a ranking": "chapters/ranking.html",
    "political advertising": "chapters/amplification.html",
    "coordinated accounts": "chapters/amplification.html",
    "shutdown": "chapters/control.html",
    "removal requests Google": "chapters/control.html",
    "Bluesky": "chapters/exit.html",
    "checklist": "back/checklist.html",
    "Kenya": "countries/kenya.html",
}
ITALIAN = {
    "Medvedev": "chapters/moscow-2012.html",
    "diplomazia digitale": "chapters/moscow-2012.html",
    "chi manca": "chapters/what-we-count.html",
    "quando i governi sono arrivati su Twitter": "chapters/adoption.html",
    "elenco degli account ufficiali": "chapters/official.html",
    "id snowflake": "chapters/tweet-clock.html",
    "post nel fine settimana": "chapters/office-hours.html",
    "leggibilità": "chapters/words.html",
    "uragano Sandy": "chapters/emergency.html",
    "ministero della Salute": "chapters/emergency.html",
    "risposte ai cittadini": "chapters/conversation.html",
    "comuni": "chapters/town-hall.html",
    "ambasciate": "chapters/diplomats.html",
    "menzioni tra membri del Congresso": "chapters/networks.html",
    "pesi di una classifica": "chapters/ranking.html",
    "pubblicità politica": "chapters/amplification.html",
    "blocchi di internet": "chapters/control.html",
    "richieste di rimozione Google": "chapters/control.html",
    "lasciare X per Bluesky": "chapters/exit.html",
    "Italia": "countries/italy.html",
}
# By the folder of the edition: the questions, how many at least find their page first, and how many
# among the first three.
EDITIONS = {"": (QUESTIONS, 24, 27), "it/": (ITALIAN, 17, 18)}
# Names of places that are words of many pages, or the beginnings of other names; and some that a
# page has beside its title.
PLACES = {
    "": {
        "France": "france",
        "Guinea": "guinea",
        "Republic of the Congo": "republic-of-the-congo",
        "Russia": "russia",
        "Ukraine": "ukraine",
        "cote d'ivoire": "cote-d-ivoire",
        "UK": "united-kingdom",
        "Burma": "myanmar",
        "DRC": "democratic-republic-of-the-congo",
        "DPRK": "north-korea",
        "England": "united-kingdom",
    },
    "it/": {
        "Canada": "canada",
        "Cina": "china",
        "Francia": "france",
        "Germania": "germany",
        "Guinea": "guinea",
        "India": "india",
        "Italia": "italy",
        "Libia": "libya",
        "Nigeria": "nigeria",
        "Repubblica del Congo": "republic-of-the-congo",
        "Russia": "russia",
        "Svezia": "sweden",
        "Inghilterra": "united-kingdom",
        "San Tomé": "sao-tome-and-principe",
    },
}
BYTES = 250 * 1024
FOUND = "#search-results [role=status]"


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what it has loaded."""
    context = browser.new_context()
    yield context
    context.close()


def found(page: Page) -> list[str]:
    """Return the addresses of what is listed, best first."""
    links = page.locator(".search-found > li > .search-title a")
    expect(links.first).to_be_visible(timeout=30_000)
    addresses = links.evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    return [address.removeprefix(ROOT_PATH) for address in addresses]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_right_page_comes_first(reader: BrowserContext, address: str, edition: str) -> None:
    questions, goal, goal_of_three = EDITIONS[edition]
    places = {}
    for question, answer in questions.items():
        page = reader.new_page()
        page.goto(f"{address}/{edition}search.html?q={question}")
        results = [name.removeprefix(edition) for name in found(page)]
        places[question] = results.index(answer) + 1 if answer in results else None
        page.close()
    first = [question for question, place in places.items() if place == 1]
    near = [question for question, place in places.items() if place and place <= 3]
    others = {question: place for question, place in places.items() if place != 1}
    assert len(first) >= goal and len(near) >= goal_of_three, f"not first: {others}"


@pytest.mark.parametrize("edition", PLACES)
def test_a_place_comes_first_by_its_names(
    reader: BrowserContext, address: str, edition: str
) -> None:
    page = reader.new_page()
    others = {}
    for name, slug in PLACES[edition].items():
        page.goto(f"{address}/{edition}search.html?q={name}")
        first = found(page)[0].removeprefix(edition)
        if first != f"countries/{slug}.html":
            others[name] = first
    page.close()
    assert not others


def test_a_first_search_loads_little(context: BrowserContext, address: str) -> None:
    loaded: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: loaded.append(answer))
    page.goto(f"{address}/search.html?q=adoption")
    found(page)
    asked = [answer for answer in loaded if "/pagefind/" in answer.url]
    sizes = {answer.url: int(answer.headers["content-length"]) for answer in asked}
    assert sizes
    assert sum(sizes.values()) <= BYTES, sizes


def test_one_types_and_hears_how_many_pages_there_are(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html")
    page.get_by_label("Search the site").last.press_sequentially("adoption")
    expect(page.locator(FOUND)).to_contain_text("found", timeout=30_000)
    assert page.url.endswith("?q=adoption")


def test_what_is_typed_before_the_script_comes_is_searched(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/_static/search.js*", lambda route: held.append(route))
    page.goto(f"{address}/search.html", wait_until="commit")
    page.locator("#page-search-field").fill("adoption")  # of three fields, which come one by one
    page.wait_for_timeout(200)
    assert held, "the page loads no search.js any more: hold what it loads instead"
    held[0].continue_()
    expect(page.locator(FOUND)).to_contain_text("found", timeout=30_000)
    assert page.url.endswith("?q=adoption")


def test_an_older_answer_does_not_take_the_place_of_a_newer_one(page: Page, address: str) -> None:
    held: list[Route] = []
    slow = True
    page.route("**/*.pf_fragment", lambda route: held.append(route) if slow else route.continue_())
    page.goto(f"{address}/search.html")
    field = page.get_by_label("Search the site").last
    field.fill("shutdowns")
    page.wait_for_timeout(1500)
    slow = False
    field.fill("readability")
    before = found(page)
    said = page.locator(FOUND).inner_text()
    for route in held:
        route.continue_()
    page.wait_for_timeout(1500)
    assert held and (found(page), page.locator(FOUND).inner_text()) == (before, said)


def test_a_misspelt_word_gets_a_hint(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=twiter")
    hint = page.locator(f"{FOUND} a")
    expect(hint).to_have_text("twitter", timeout=30_000)
    hint.click()
    assert found(page)


@pytest.mark.parametrize("typed", ["Côte d'Ivoire", "Cote d'Ivoire"])
def test_who_types_no_accents_has_misspelt_nothing(page: Page, address: str, typed: str) -> None:
    page.goto(f"{address}/search.html?q={typed}")
    assert found(page)[0] == "countries/cote-d-ivoire.html"
    expect(page.locator(FOUND)).to_contain_text("found")
    page.wait_for_load_state("networkidle")
    expect(page.locator(f"{FOUND} a")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_found_is_seen_in_colours_of_ones_own(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(forced_colors="active", color_scheme=scheme)
    page.goto(f"{address}/search.html?q=russia")
    mark = page.locator(".search-found mark").first
    colours = "mark => ['color', 'backgroundColor'].map((name) => getComputedStyle(mark)[name])"
    ink, ground = mark.evaluate(colours)
    assert ink != ground and ground.startswith("rgb("), (ink, ground)
    page.close()


def test_code_is_found_by_those_who_ask_for_it(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=bootstrap")
    assert not any(name.startswith("back/library") for name in found(page))
    page.goto(f"{address}/search.html?q=govsocial.uncertainty&code=1")
    assert any(name.startswith("back/library") for name in found(page))


def test_no_excerpt_is_code(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=ranking")
    found(page)
    text = page.locator(".search-found").inner_text()
    assert "import " not in text and "numbers(" not in text


def test_a_page_from_a_disk_is_searched_by_sphinx(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    page.goto(f"{(site / 'search.html').resolve().as_uri()}?q=adoption")
    summary = page.locator("#search-results .search-summary", has_text="found")
    summary.wait_for(timeout=30_000)
    assert page.locator("#search-results li a").count() > 0


@pytest.mark.parametrize("width", [320, 360])
def test_results_do_not_scroll_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/search.html?q=russia")
    found(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_chapters_come_before_tables_and_numbers(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=shutdown")
    more = page.get_by_role("button", name="Show more")
    names = found(page)
    while more.is_visible():
        more.click()
        expect(page.locator(".search-found > li > .search-title a").nth(len(names))).to_be_visible()
        names = found(page)
    later = ("data/", "numbers/", "back/bibliography", "back/data", "back/numbers")
    lists = [name.startswith(later) for name in names]
    assert any(lists) and not any(lists[: lists.index(True)])
    assert all(lists[lists.index(True) :])
    assert lists.index(True) > 5


def test_who_clicks_twice_for_more_sees_no_page_twice(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=government")
    once = len(found(page))
    page.get_by_role("button", name="Show more").dblclick()
    expect(page.locator(".search-found > li")).to_have_count(2 * once)
    page.wait_for_load_state("networkidle")
    names = found(page)
    assert len(names) == len(set(names)) == 2 * once
