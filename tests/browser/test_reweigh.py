"""The ranking that readers weigh themselves, in a real Chromium, against the library's numbers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from govsocial import labels, ranking, tables
from govsocial.charts.ranking import indicators
from tests.editions import soup

PAGE = "chapters/ranking.html"
UNITED = ["e_participation", "online_services", "infrastructure", "human_capital"]
INPUTS = tables.load("country_index_inputs")
KEEP = "governing-in-public:country"


@pytest.fixture
def widget(page: Page, address: str) -> Page:
    """The page of the ranking, drawn."""
    page.goto(f"{address}/{PAGE}")
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Come near, and wait until the results of the latest change stand in the page."""
    page.locator(".reweigh").scroll_into_view_if_needed()
    expect(page.locator(".reweigh")).to_have_attribute("aria-busy", "false", timeout=20_000)


def test_where_the_browser_refuses_to_copy_the_address_is_said(page: Page, address: str) -> None:
    refuse = "() => Promise.reject(new DOMException('denied', 'NotAllowedError'))"
    page.add_init_script(f"navigator.clipboard.writeText = {refuse}")
    page.goto(f"{address}/{PAGE}")
    drawn(page)
    page.get_by_role("button", name="Copy a link to this view").click()
    said = page.get_by_text("The browser does not let us copy. The address is:")
    expect(said).to_contain_text(f"{address}/{PAGE}#")


def view(edition: int, weights: list[int], countries: str = "RUS") -> str:
    """Return the part of an address that names a view."""
    return f"#reweigh?edition={edition}&weights={'.'.join(map(str, weights))}&countries={countries}"


def scores(edition: int) -> pd.DataFrame:
    """Return the counted indicators of an edition on the scale of places."""
    frame = INPUTS[INPUTS["edition"] == edition].set_index("iso3")[list(indicators())]
    return ranking.normalise(-frame.dropna(axis=1).astype(float))


def shown(page: Page) -> pd.DataFrame:
    """Return the rows of the ranking: place, low and high by country."""
    rows = page.eval_on_selector_all(
        ".reweigh tr[data-country]", "rows => rows.map(r => [r.dataset.country, r.innerText])"
    )
    found = {
        code: re.findall(r"\d+", text.replace(labels.country(code), "")) for code, text in rows
    }
    return pd.DataFrame.from_dict(found, orient="index", columns=["place", "low", "high"]).astype(
        int
    )


@pytest.mark.parametrize(
    ("edition", "weights"),
    [
        (2022, [5, 5, 5, 5, 5, 5, 5]),
        (2022, [9, 0, 1, 3, 0, 7, 2]),
        (2012, [5, 5, 5, 5, 5, 5, 5]),
        (2003, [0, 8, 1, 8, 8, 2, 10]),
    ],
)
def test_the_browser_ranks_as_the_library_does(
    page: Page, address: str, edition: int, weights: list[int]
) -> None:
    page.goto(f"{address}/{PAGE}{view(edition, weights)}")
    drawn(page)
    page.get_by_role("button", name="All 193 countries").click()
    drawn(page)
    found = shown(page)
    counted = scores(edition)
    given = pd.Series(weights, index=list(indicators()), dtype=float)[counted.columns]
    place = ranking.places(ranking.composite(counted, given))
    assert found["place"].sort_index().tolist() == place.sort_index().tolist()
    # Other random numbers: the bounds agree up to the error of a few hundred draws.
    ranges = ranking.place_intervals(ranking.places_over_weights(counted, given)).loc[found.index]
    assert (found[["low", "high"]] - ranges).abs().max().max() <= 15
    assert (found[["low", "high"]] - ranges).abs().mean().max() <= 2.5


def test_the_table_over_the_editions_is_the_librarys(page: Page, address: str) -> None:
    page.goto(f"{address}/{PAGE}{view(2022, [5] * 7, 'RUS.ITA')}")
    drawn(page)
    page.locator(".reweigh-lines summary").click()
    cells = page.locator(".reweigh-lines td").all_inner_texts()
    found = ranking.over_editions(INPUTS, UNITED, ["RUS", "ITA"], 10)
    lines = found.set_index(["iso3", "edition"])["place"]
    editions = sorted(INPUTS["edition"].unique())
    expected = [lines[code, year] for year in editions for code in ("RUS", "ITA")]
    assert [int(cell.split(" ")[0]) for cell in cells] == expected


def test_the_lines_over_the_editions_are_as_wide_after_a_print(widget: Page) -> None:
    lines = widget.locator(".reweigh-lines > svg").first
    wide = lines.evaluate("svg => svg.getBoundingClientRect().width")
    for media in ("print", "screen"):
        widget.emulate_media(media=media)
        widget.wait_for_timeout(200)  # the observer looks
    drawn(widget)
    assert lines.evaluate("svg => svg.getBoundingClientRect().width") == wide > 400


def test_both_tables_give_one_range_for_an_edition(page: Page, address: str) -> None:
    weights = [5 * (name in UNITED[1:]) for name in indicators()]
    compared = ["USA", "RUS", "ITA", "KEN"]
    page.goto(f"{address}/{PAGE}{view(2022, weights, '.'.join(compared))}")
    drawn(page)
    page.locator(".reweigh-lines summary").click()
    row = page.locator(".reweigh-lines tr", has=page.locator("th", has_text="2022"))
    over = [re.findall(r"\d+", cell) for cell in row.locator("td").all_inner_texts()]
    assert [[*map(int, cell)] for cell in over] == shown(page).loc[compared].to_numpy().tolist()


def test_a_weight_moves_by_keyboard_and_the_address_follows(widget: Page) -> None:
    slider = widget.get_by_label("E-participation (UN)")
    slider.focus()
    for _ in range(5):
        widget.keyboard.press("ArrowRight")
    expect(slider).to_have_value("10")
    assert "weights=10.5.5.5.5.5.5" in widget.url
    expect(widget.locator("output[for=reweigh-w0]")).to_have_text("25%")
    drawn(widget)
    given = pd.Series([10, 5, 5, 5, 5, 5, 5], index=list(indicators()), dtype=float)
    place = ranking.places(ranking.composite(scores(2022), given))
    found = shown(widget)["place"]
    assert found.to_dict() == place[found.index].to_dict()


def test_ready_made_weights_and_editions_without_the_world_bank(widget: Page) -> None:
    widget.get_by_role("button", name="World Bank only").click()
    expect(widget.get_by_role("button", name="World Bank only")).to_have_attribute(
        "aria-pressed", "true"
    )
    widget.get_by_label("Edition", exact=True).select_option("2012")
    drawn(widget)
    expect(widget.get_by_label("Openness (World Bank)")).to_be_disabled()
    expect(widget.locator(".reweigh-status")).to_contain_text("at least one indicator")
    expect(widget.locator(".reweigh tr[data-country]")).to_have_count(0)


def test_a_link_shows_the_same_view_to_somebody_else(
    widget: Page, browser: Browser, address: str
) -> None:
    widget.get_by_label("Edition", exact=True).select_option("2016")
    widget.get_by_label("Country 2").select_option("FRA")
    widget.get_by_label("My country").select_option("MLT")
    drawn(widget)
    other = browser.new_page()
    other.goto(widget.url)
    drawn(other)
    expect(other.get_by_label("Edition", exact=True)).to_have_value("2016")
    expect(other.get_by_label("Country 2")).to_have_value("FRA")
    expect(other.get_by_label("My country")).to_have_value("")
    mine = shown(widget).drop("MLT")
    assert shown(other).equals(mine)
    other.close()


def test_a_country_is_compared_once(widget: Page) -> None:
    widget.get_by_label("Country 3").select_option("RUS")
    expect(widget.get_by_label("Country 1")).to_have_value("")
    expect(widget.get_by_label("Country 3")).to_have_value("RUS")


@pytest.mark.parametrize("address_part", ["#reweigh?edition=1066&weights=99&countries=XXX", "#a"])
def test_an_address_that_makes_no_sense_shows_the_usual_view(
    page: Page, address: str, address_part: str
) -> None:
    page.goto(f"{address}/{PAGE}{address_part}")
    drawn(page)
    expect(page.get_by_label("Edition", exact=True)).to_have_value("2022")
    assert shown(page)["place"].min() == 1


def test_the_readers_country_is_kept_and_marked_in_the_figures(widget: Page) -> None:
    expect(widget.locator(".my-country a")).to_have_count(3)
    widget.get_by_label("My country").select_option("MLT")
    drawn(widget)
    assert widget.evaluate(f"localStorage.getItem('{KEEP}')") == "MLT"
    assert "MLT" not in widget.url
    widget.reload()
    drawn(widget)
    place = ranking.places(ranking.composite(scores(2022), ranking.equal_weights(scores(2022))))[
        "MLT"
    ]
    sentences = widget.locator(".my-country p").all_inner_texts()
    assert sentences[0].startswith(f"Your country: Malta takes place {place} with equal weights")
    assert not any("{" in sentence for sentence in sentences)
    marks = widget.locator(".figure-mark:visible")
    expect(marks).to_have_count(3)
    for mark, figure in zip(marks.all(), widget.locator(".figure-marks").all(), strict=True):
        inner, outer = mark.bounding_box(), figure.bounding_box()
        assert inner and outer
        assert outer["x"] < inner["x"] < outer["x"] + outer["width"]
        assert outer["y"] < inner["y"] < outer["y"] + outer["height"]


def test_the_marks_stand_where_the_figure_draws_the_country(site: Path) -> None:
    found = soup(site / PAGE)
    columns: dict[str, tuple[str | None, str]]
    columns = {"fig-ranking-houses": ("online_services", "service_portals")}
    columns |= {f"fig-ranking-{name}": (None, "place") for name in ("weights", "error")}
    for block in found.select(".my-country"):
        marks = json.loads(block.select("script")[0].get_text())
        assert len(marks) == 193
        at = np.array([mark["at"] for mark in marks.values()])
        # Across and down, in the wide drawing and in the narrow one.
        for axis, column in enumerate(2 * columns[str(block["data-figure"])]):
            if column:
                drawn = np.array([float(mark["row"][column]) for mark in marks.values()])
                line = np.polynomial.Polynomial.fit(drawn, at[:, axis], 1)
                assert np.abs(line(drawn) - at[:, axis]).max() < 0.02


def test_it_works_from_a_folder_without_a_server(page: Page, site: Path) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / PAGE).as_uri() + view(2024, [5] * 7, "ITA"))
    drawn(page)
    expect(page.get_by_label("Edition", exact=True)).to_have_value("2024")
    page.get_by_label("Infrastructure (UN)").press("ArrowLeft")
    assert "weights=5.5.5.5.5.4.5" in page.url
    assert not errors


def test_readers_without_scripts_are_told_where_the_figures_are(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/{PAGE}")
    expect(page.locator(".reweigh-still")).to_be_visible()
    expect(page.locator(".my-country").first).to_be_hidden()
    page.close()


def test_on_a_phone_all_of_it_fits(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/{PAGE}")
    drawn(page)
    wide = page.eval_on_selector_all(
        ".reweigh *", "all => all.filter(e => e.getBoundingClientRect().right > 360).length"
    )
    assert wide == 0


def test_every_control_has_a_name_and_every_word_is_there(widget: Page) -> None:
    unnamed = widget.eval_on_selector_all(
        ".reweigh input, .reweigh select",
        "all => all.filter(e => !e.labels.length || !e.labels[0].textContent.trim()).length",
    )
    assert unnamed == 0
    text = widget.locator(".reweigh").inner_text()
    assert "undefined" not in text and "{" not in text
    expect(widget.locator(".reweigh-still")).to_be_hidden()
