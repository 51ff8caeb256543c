"""On a report's page a cell, its place in the source and a finding mark each other, by mouse, keyboard and address."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pages import REPORT, settled
from tests.support.site_rows import AGENCY

CELL, PLACE = "#c-review_litigation-reconsideration-total", "#s-review_litigation-reconsideration-total"


@pytest.mark.parametrize("width", [1360, 390])
def test_a_cell_and_its_place_in_the_source_mark_each_other(browser: Any, portal_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator(CELL).click()
    assert "chosen" in page.locator(PLACE).get_attribute("class")
    assert "chosen" in page.locator(CELL).get_attribute("class")
    assert settled(page, PLACE)
    assert "原文印出“0”" in page.locator("#inspector").inner_text()
    focused = page.evaluate("document.activeElement.id")
    assert focused == (CELL if width > 1000 else PLACE)[1:]  # beside the form, where the arrow keys go on from it
    page.keyboard.press("ArrowLeft")
    assert width < 1000 or page.evaluate("document.activeElement.id") == CELL[1:].replace("total", "pending")

    page.locator("#s-applications-handled-total").click()
    assert page.locator(".chosen").count() == 2
    assert "chosen" in page.locator("#c-applications-handled-total").get_attribute("class")
    assert settled(page, "#c-applications-handled-total")
    box = page.locator("#inspector")
    assert len(box.inner_text()) > 120 and box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")  # whole, not cut in a line
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_back_undoes_one_choice_after_the_other(browser: Any, portal_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(portal_url + REPORT)
    label = page.locator(".finding-label").nth(1)
    label.click()
    page.locator(CELL).click()
    page.locator(CELL).click()  # the same choice is no step more
    assert settled(page, PLACE)
    page.go_back()
    assert page.url.endswith(label.get_attribute("href")) and settled(page, CELL)
    assert page.locator(".chosen").count() == 0 and page.locator(".involved").count() > 1 and page.locator(".banner").count() == 1
    page.go_back()
    assert page.url == portal_url + REPORT
    assert page.locator(".involved, .banner, .chosen").count() == 0 and page.locator("#inspector").inner_text() == ""
    page.go_forward()
    assert page.locator(".involved").count() > 1
    page.close()


def test_the_same_by_keyboard_and_by_address(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(f"{portal_url}{REPORT}#s-applications-handled-total")
    assert settled(page, "#s-applications-handled-total")
    page.locator("#c-applications-received-natural_person").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "c-applications-carried_in-business"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "s-applications-carried_in-business"
    assert settled(page, "#s-applications-carried_in-business")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "c-applications-carried_in-business"
    assert page.evaluate("location.hash") == "#c-applications-carried_in-business"
    page.close()


def test_a_cells_address_opens_with_the_cell_and_its_place_in_view(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{portal_url}{REPORT}{CELL}")
    assert settled(page, CELL) and settled(page, PLACE)
    box = page.locator(CELL).bounding_box()
    assert 200 < box["y"] < 600  # with the head of its table, not at the window's edge
    assert page.evaluate("document.querySelector('.source-text').scrollTop") > 0
    page.close()


def test_several_blank_cells_at_one_place_lead_there(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator("#c-applications-received-business").click()
    assert page.locator("a.place.chosen.empty").count() == 1
    assert "空白" in page.locator("#inspector").inner_text()
    page.close()


def test_a_finding_without_a_cell_leads_to_its_sentence(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator("a[href^='#s-finding-']").first.click()
    assert page.locator("a.place.chosen").first.inner_text().startswith("样例叙述")
    page.close()


def test_without_scripts_the_links_still_lead_there(browser: Any, portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1360, "height": 800})
    page = context.new_page()
    page.goto(portal_url + REPORT)
    page.locator(CELL).click()
    assert page.url.endswith(PLACE)
    context.close()


def test_a_finding_marks_every_cell_and_sentence_it_involves_and_unmarks_them(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(portal_url + REPORT)
    cell, place = page.locator("#c-applications-received-total"), page.locator("#s-applications-received-total")
    label = page.locator(".finding-label").nth(1)
    label.click()
    assert "involved" in cell.get_attribute("class")
    assert "involved" in place.get_attribute("class")
    assert settled(page, "#s-applications-received-total")
    assert "involved" in page.locator("#c-applications-withheld_process-total").get_attribute("class"), "the cell that is not there"
    assert label.get_attribute("aria-current") == "true"
    assert "印出 15，应为 16" in page.locator("#inspector").inner_text()
    label.press("Enter")
    assert page.locator(".involved").count() == 0

    page.locator(".finding-label").nth(2).press("Enter")
    assert "样例叙述" in page.locator(".source-text .involved").first.inner_text()
    assert "样例叙述" in page.locator(".narrative .involved").first.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".involved").count() == 0
    page.close()


def test_a_sentence_of_the_narrative_and_its_place_in_the_source_mark_each_other(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator(".narrative a.said").first.click()
    assert page.locator(".source-text .chosen").count() >= 1
    page.locator(".source-text a.place.chosen").first.click()
    assert "chosen" in page.locator(".narrative a.said").first.get_attribute("class")
    assert settled(page, ".narrative a.said:first-of-type")
    page.close()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_a_findings_address_opens_with_its_message_and_its_cells_in_view_together(
    browser: Any, portal_url: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{portal_url}{REPORT}#finding-{AGENCY}-2022-sample_check-reading")
    assert "样例发现" in page.locator(".banner").inner_text()
    assert settled(page, "#c-applications-handled-total.involved") and settled(page, ".banner .message")
    box, banner = (page.locator(part).bounding_box() for part in ("#c-applications-handled-total", ".banner"))
    assert box["y"] + box["height"] <= banner["y"]  # not under it
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    page.keyboard.press("Escape")
    assert page.locator(".banner").count() == 0 and page.locator(".involved").count() == 0
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_sum_higher_than_the_window_opens_with_its_total_and_its_message(browser: Any, portal_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{portal_url}/reports/350128-guanweihui-2020#finding-350128-guanweihui-2020-applications_handled_sum-total")
    total = "#c-applications-handled-total"
    assert settled(page, f"{total}.involved") and settled(page, ".banner .message")
    marked = [box for box in (cell.bounding_box() for cell in page.locator("#form .cell.involved").all()) if box]
    own, banner = (page.locator(part).bounding_box() for part in (total, ".banner"))
    assert max(box["y"] + box["height"] for box in marked) - min(box["y"] for box in marked) > banner["y"]  # not all have room
    assert own["y"] + own["height"] <= banner["y"] and own["x"] + own["width"] <= width
    assert sum(box["y"] >= 0 and box["y"] + box["height"] <= banner["y"] for box in marked) > len(marked) / 2
    page.close()
