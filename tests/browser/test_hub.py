"""The hub in a real Chromium: by mouse, keyboard and touch, on a desk and on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from govsocial import labels
from govsocial.uncertainty import share
from tests.browser.axe import findings
from tests.editions import soup

PAGE = "countries/hub.html"
KEEP = "governing-in-public:country"
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    block = soup(site / PAGE).select_one(".hub-data")
    assert block and block.string
    found: dict[str, Any] = json.loads(block.string)
    return found


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the page complains of: it must be nothing."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    yield found
    assert not found


@pytest.fixture
def hub(page: Page, address: str, faults: list[str]) -> Page:
    """The page of the hub."""
    page.goto(f"{address}/{PAGE}")
    expect(page.get_by_label("Measure")).to_be_visible()
    return page


def test_where_the_browser_refuses_to_copy_the_address_is_said(
    page: Page, address: str, faults: list[str]
) -> None:
    refuse = "() => Promise.reject(new DOMException('denied', 'NotAllowedError'))"
    page.add_init_script(f"navigator.clipboard.writeText = {refuse}")
    page.goto(f"{address}/{PAGE}")
    page.get_by_role("button", name="Copy a link to this view").click()
    said = page.get_by_text("The browser does not let us copy. The address is:")
    expect(said).to_contain_text(f"{address}/{PAGE}#")


def listed(page: Page, which: int) -> list[list[str]]:
    """Return the rows of whom they name (0), or of who names them (1)."""
    table = page.locator(".hub-view table").nth(which)
    found: list[list[str]] = table.evaluate(
        "table => [...table.tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))"
    )
    return found


def names_of(data: dict[str, Any]) -> dict[str, str]:
    return {code: name for code, name, _slug in data["places"]}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("home", ["RUS", "ESP", "EU"])
def test_a_home_names_and_is_named_as_in_the_data(
    hub: Page, data: dict[str, Any], home: str, width: int
) -> None:
    hub.set_viewport_size({"width": width, "height": 800})
    hub.get_by_label("Country", exact=True).select_option(home)
    called, found = names_of(data), data["homes"][home]
    for which, key in enumerate(("names", "named_by")):
        expected = [[called[c], labels.decimal(n), years] for c, n, years in found[key]]
        assert listed(hub, which) == expected
    text = hub.locator(".hub-view").inner_text()
    for account, posts, years in found["accounts"]:
        assert f"@{account}: {labels.decimal(posts)} posts ({years})" in text
    assert f"home={home}" in hub.url


def test_a_country_without_accounts_is_told_so(hub: Page) -> None:
    hub.get_by_label("Country", exact=True).select_option("KEN")
    expect(hub.locator(".hub-home [role=status]")).to_contain_text(
        "Kenya: none of the 63 accounts is from here"
    )
    expect(hub.locator(".hub-view table")).to_have_count(0)
    hub.get_by_role("link", name="The page of this country").click()
    hub.wait_for_url("**/countries/kenya.html")


def test_a_click_in_a_list_goes_there_and_back_returns(hub: Page) -> None:
    hub.get_by_label("Country", exact=True).select_option("ESP")
    hub.locator(".hub-view").get_by_role("link", name="Colombia").click()
    choice = hub.get_by_label("Country", exact=True)
    expect(choice).to_have_value("COL")
    expect(choice).to_be_focused()
    hub.go_back()
    expect(choice).to_have_value("ESP")


@pytest.mark.parametrize("width", WIDTHS)
def test_by_keyboard_alone(hub: Page, width: int) -> None:
    hub.set_viewport_size({"width": width, "height": 800})
    choice = hub.get_by_label("Country", exact=True)
    choice.focus()
    hub.keyboard.type("Ital")
    hub.keyboard.press("Tab")
    expect(choice).to_have_value("ITA")
    expect(hub.get_by_label("Remember it as my country")).to_be_focused()
    hub.keyboard.press("Space")
    assert hub.evaluate(f"localStorage.getItem('{KEEP}')") == "ITA"
    hub.get_by_label("Measure").focus()
    hub.keyboard.press("ArrowDown")
    hub.keyboard.press("ArrowDown")
    hub.keyboard.press("Tab")
    expect(hub.get_by_label("Measure")).to_have_value("google")
    expect(hub.get_by_label("Country 1")).to_be_focused()
    expect(hub.locator(".hub-lines caption")).to_contain_text("Requests to Google")


def test_by_touch(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{address}/{PAGE}#hub?home=FRA")
    page.get_by_label("Remember it as my country").tap()
    assert page.evaluate(f"localStorage.getItem('{KEEP}')") == "FRA"
    page.locator(".hub-view").get_by_role("link").first.tap()
    expect(page.get_by_label("Country", exact=True)).not_to_have_value("FRA")
    sizes = page.eval_on_selector_all(
        ".hub-form select, .hub-form input, .hub-form button, .hub-view th a",
        "all => all.map(e => e.getBoundingClientRect()).filter(b => b.width)"
        ".map(b => Math.min(b.width, b.height))",
    )
    assert len(sizes) > 6 and min(sizes) >= 24
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "measure", ["participation", "named", "google", "twitter", "shutdowns", "censorship"]
)
def test_lines_and_numbers_are_the_data(
    page: Page, address: str, data: dict[str, Any], faults: list[str], measure: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{PAGE}#hub?measure={measure}&countries=RUS.USA.ITA.VAT")
    made = next(each for each in data["measures"] if each["id"] == measure)
    there = [code for code in ("RUS", "USA", "ITA", "VAT") if code in made["values"]]
    rows = page.locator(".hub-lines table").evaluate(
        "table => [...table.tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))"
    )
    assert [row[0] for row in rows] == [str(year) for year in made["years"]]
    for n, row in enumerate(rows):
        assert row[1:] == [said(made["kind"], made["values"][code][n]) for code in there]
    drawn = page.locator(".hub-lines > svg .mark").evaluate_all(
        "all => all.map(e => (e.getAttribute('d').match(/M/g) ?? []).length)"
    )
    counted = [sum(v is not None for v in made["values"][code]) for code in there]
    assert drawn == [count for count in counted if count]
    missing = {"RUS": "Russia", "USA": "United States", "ITA": "Italy", "VAT": "Holy See"}
    for code, name in missing.items():
        if code not in there:
            expect(page.locator(".hub-missing")).to_contain_text(name)
    box = page.locator(".hub-lines > svg").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.locator(".hub-lines > svg text").evaluate_all(
        "all => all.filter(t => { const b = t.getBBox(), v = t.ownerSVGElement.viewBox.baseVal;"
        "return b.x < -1 || b.x + b.width > v.width + 1 || b.y < -1 || b.y + b.height > v.height;"
        "}).map(t => t.textContent)"
    )
    assert not outside
    assert not faults


def said(kind: str, value: Any) -> str:
    """Return what the table says of a value, by the library's route."""
    if value is None:
        return "–"
    if kind == "effort":
        return labels.decimal(value, "0.0")
    if kind != "share":
        return labels.decimal(value)
    n, of = value
    value, low, high = (labels.decimal(bound, "0%") for bound in share(n, of))
    return f"{value} ({n} of {of}; {low} to {high})"


def test_a_link_shows_the_same_view_to_somebody_else(
    hub: Page, browser: Browser, address: str
) -> None:
    hub.get_by_label("Country", exact=True).select_option("IND")
    hub.get_by_label("Measure").select_option("shutdowns")
    hub.get_by_label("Country 2").select_option("IND")
    hub.get_by_label("Country 4").select_option("")
    other = browser.new_page()
    other.goto(hub.url)
    expect(other.get_by_label("Country", exact=True)).to_have_value("IND")
    expect(other.get_by_label("Measure")).to_have_value("shutdowns")
    for slot, code in enumerate(["RUS", "IND", "ITA", ""], start=1):
        expect(other.get_by_label(f"Country {slot}")).to_have_value(code)
    assert (
        other.locator(".hub-lines table").inner_text()
        == hub.locator(".hub-lines table").inner_text()
    )
    other.close()
    assert address in hub.url


def test_a_country_is_compared_once_and_none_is_told(hub: Page) -> None:
    hub.get_by_label("Country 3").select_option("RUS")
    expect(hub.get_by_label("Country 1")).to_have_value("")
    for slot in (2, 3, 4):
        hub.get_by_label(f"Country {slot}").select_option("")
    expect(hub.locator(".hub-lines")).to_have_text("Choose at least one country.")


HOSTILE = [
    "#hub?home=ZZZ&measure=none&countries=XXX.YYY",
    "#hub?home=toString&measure=constructor&countries=__proto__.toString.hasOwnProperty",
    "#hub?home=<img src=x onerror=alert(1)>&countries=<b>",
    "#hub?home=%3Cscript%3E&measure=%00&countries=" + "RUS." * 500,
    "#hub?",
    "#hub?home=&countries=",
    "#%E0%A4%A",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_an_address_that_makes_no_sense_does_no_harm(
    page: Page, address: str, faults: list[str], part: str
) -> None:
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(f"{address}/{PAGE}{part}")
    expect(page.get_by_label("Country", exact=True)).to_have_value("")
    expect(page.get_by_label("Measure")).to_have_value("participation")
    assert page.locator(".hub-home img, .hub-home b, .hub-compare script").count() == 0
    page.get_by_label("Country", exact=True).select_option("RUS")
    assert len(listed(page, 0)) > 3


def test_a_hostile_memory_does_no_harm(page: Page, address: str, faults: list[str]) -> None:
    page.goto(f"{address}/{PAGE}")
    page.evaluate(f"localStorage.setItem('{KEEP}', '<b>__proto__')")
    page.reload()
    expect(page.get_by_label("Country", exact=True)).to_have_value("")
    assert not faults


def test_my_country_is_one_setting_with_the_ranking(hub: Page, address: str) -> None:
    hub.get_by_label("Country", exact=True).select_option("MLT")
    assert hub.evaluate(f"localStorage.getItem('{KEEP}')") is None  # only if one wishes
    hub.get_by_label("Remember it as my country").check()
    hub.goto(f"{address}/chapters/ranking.html")
    expect(hub.get_by_label("My country")).to_have_value("MLT")
    hub.get_by_label("My country").select_option("ISL")
    hub.goto(f"{address}/{PAGE}")
    expect(hub.get_by_label("Country", exact=True)).to_have_value("ISL")
    expect(hub.get_by_label("Country 1")).to_have_value("ISL")
    expect(hub.get_by_label("Remember it as my country")).to_be_checked()
    hub.get_by_label("Remember it as my country").uncheck()
    hub.goto(f"{address}/chapters/ranking.html")
    expect(hub.get_by_label("My country")).to_have_value("")


def test_an_empty_place_stays_empty_in_a_link(hub: Page) -> None:
    """Marks and colours go by the place: the third country keeps its own."""
    hub.get_by_label("Country 2").select_option("")
    assert hub.url.endswith("countries=RUS..ITA.KEN")
    hub.reload()
    for slot, code in enumerate(["RUS", "", "ITA", "KEN"], start=1):
        expect(hub.get_by_label(f"Country {slot}")).to_have_value(code)


def test_lines_keep_to_the_picture(hub: Page) -> None:
    hub.goto(f"{hub.url.partition('#')[0]}#hub?measure=censorship&countries=PRK.TKM.LBY.ISL")
    hub.reload()
    expect(hub.get_by_label("Measure")).to_have_value("censorship")
    paths = hub.locator(".hub-lines > svg path.line")
    lowest = [
        max(ys(path)) for path in paths.evaluate_all("all => all.map(p => p.getAttribute('d'))")
    ]
    assert 290 > lowest[0] > lowest[1] > lowest[2] > lowest[3] >= 12


def ys(path: str) -> list[float]:
    """Return the heights of the points of a line, downwards."""
    return [float(point.split()[1]) for point in path[1:].replace("M", "L").split("L")]


def test_an_organisation_is_nobodys_country(hub: Page) -> None:
    hub.get_by_label("Country", exact=True).select_option("NATO")
    expect(hub.get_by_label("Remember it as my country")).to_be_hidden()
    expect(hub.get_by_role("link", name="The page of this country")).to_have_count(0)


def test_the_page_of_a_country_leads_to_its_view(page: Page, address: str) -> None:
    page.goto(f"{address}/countries/italy.html")
    page.get_by_role("link", name="Seen from here").click()
    expect(page.get_by_label("Country", exact=True)).to_have_value("ITA")


def test_without_a_script_all_homes_are_there(
    browser: Browser, address: str, data: dict[str, Any]
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/{PAGE}")
    rows = page.locator(".hub-home .hub-still table tbody tr")
    expect(rows).to_have_count(len(data["homes"]))
    expect(rows.first).to_be_visible()
    expect(page.locator(".hub-compare .hub-still table")).to_be_visible()
    expect(page.locator(".hub-form")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("folder", ["", "it/"])
def test_without_a_script_no_list_is_beside_a_phone(
    browser: Browser, address: str, folder: str
) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{address}/{folder}{PAGE}")
    table = page.locator(".hub-home .hub-still table")
    lists = table.locator("tbody tr").first.locator("td")
    for cell in lists.all():
        box = cell.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.close()


def test_thousands_are_written_as_in_the_text(
    page: Page, address: str, data: dict[str, Any]
) -> None:
    page.goto(f"{address}/it/{PAGE}#hub?home=FRA")
    said = page.locator(".hub-view").inner_text()
    thousands = [n for _name, n, _years in data["homes"]["FRA"]["accounts"] if 1000 <= n < 10_000]
    assert thousands
    assert all(f"{n // 1000}.{n % 1000:03}" in said for n in thousands), said


def test_on_paper_the_controls_are_gone_and_the_table_is_there(hub: Page) -> None:
    hub.get_by_label("Country", exact=True).select_option("FRA")
    hub.emulate_media(media="print")
    expect(hub.locator(".hub-form").first).to_be_hidden()
    expect(hub.locator(".hub-home .hub-still table")).to_be_visible()
    expect(hub.locator(".hub-view table").first).to_be_visible()
    expect(hub.locator(".hub-lines > svg")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_hub(hub: Page, width: int, theme: str) -> None:
    hub.set_viewport_size({"width": width, "height": 800})
    hub.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    hub.get_by_label("Country", exact=True).select_option("FRA")
    assert not findings(hub)
    assert hub.evaluate("document.documentElement.scrollWidth") <= width


def test_the_hub_says_its_terms(site: Path) -> None:
    found = soup(site / PAGE)
    said = [part.get_text() for part in found.select("article .country-source")]
    # V-Dem's estimates are shared alike.
    assert any("Terms of this page: CC BY-SA 4.0." in text for text in said)
