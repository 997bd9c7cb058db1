"""The page in a real browser: what a reader sees and does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kg.view import page

if TYPE_CHECKING:
    Show = Callable[..., Any]

ARROW_RIGHT, ENTER, ESCAPE, TAB, SHIFT, DOWN = "\ue014", "\ue007", "\ue00c", "\ue004", "\ue008", "\ue015"
HOSTILE = "</script><script>window.__pwned=1</script><img src=x onerror='window.__pwned=1'> \u202eevil\u2028 \"'"


def test_it_opens_without_errors_or_requests(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    assert screen.messages() == []
    assert [address for address in screen.addresses() if not address.startswith(("file:", "about:"))] == []
    assert screen.text("#summary") == "Showing 8 of 9 actors · 7 events · 1 tie · The Daily Example, 8 March 2019"
    assert len(screen.shown()) == 8
    assert screen.run("return document.title") == "Envoys leave, talks go on"


def test_a_node_opens_what_is_known(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.click_node("Lucía Vargas")
    assert screen.text("#panel h2") == "Lucía Vargas"
    panel = screen.text("#panel")
    assert "the minister" in panel and "government" in panel
    assert "Lucía Vargas is foreign minister of Peru" in panel
    screen.run("document.querySelector('#panel .row-button').click()")
    assert screen.text("#panel mark.trigger") != ""
    screen.run("[...document.querySelectorAll('#panel button')].find((b) => b.innerText.includes('Back')).click()")
    assert screen.text("#panel h2") == "Lucía Vargas"


def test_an_edge_opens_its_sentences(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.click_edge("Peru", "Bolivia")
    panel = screen.text("#panel")
    assert "Peru recalled its envoy from Bolivia." in panel
    assert "In the author’s words" in panel
    assert "Vargas denied that Peru had shelled Bolivia." in panel
    assert "Denied by Vargas" in panel and "said not to be so" in panel
    marks = screen.run("return [...document.querySelectorAll('#panel mark.trigger')].map((m) => m.innerText)")
    assert sorted(marks) == ["recalled", "shelled"]
    screen.run("document.querySelector('#panel mark.argument button').click()")
    assert screen.text("#panel h2") in ("Peru", "Bolivia")


def test_the_document_is_a_link_that_gives_nothing_away(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.click_edge("Bolivia", "Red Summit")
    link = screen.run(
        "const a = document.querySelector('#panel .from a'); return [a.href, a.rel, a.target, a.innerText]"
    )
    assert link == ["https://example.org/andes", "noopener noreferrer", "_blank", "Envoys leave, talks go on"]


def test_the_legend_filters(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.click("[data-filter='type'][data-value='ArmedGroup']")
    assert "Red Summit" not in screen.shown()
    screen.click("[data-filter='type'][data-value='ArmedGroup']")
    assert "Red Summit" in screen.shown()
    for status in ("asserted", "denied"):
        screen.click(f"[data-filter='status'][data-value='{status}']")
    assert "Peru" not in screen.shown()
    assert "foreign minister of Peru" not in screen.shown()
    for quad in ("1", "2", "3", "4", "other", "relation"):
        screen.click(f"[data-filter='quad'][data-value='{quad}']")
    assert screen.shown() == []
    assert screen.text("#empty") == "Nothing passes the filters."


def test_search_finds_by_other_names_and_by_keyboard(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.keys("/")
    assert screen.run("return document.activeElement.id") == "search"
    screen.keys("lucia")
    assert screen.run("return document.getElementById('search').getAttribute('aria-expanded')") == "true"
    assert screen.text("#suggestions li bdi") == "Lucía Vargas"
    screen.keys(ENTER)
    assert screen.text("#panel h2") == "Lucía Vargas"
    screen.keys("/")
    screen.keys("the minister", DOWN)
    assert screen.run("return document.querySelectorAll('#suggestions li').length") >= 1
    screen.keys(ESCAPE)
    assert screen.run("return document.getElementById('suggestions').hidden")


def test_search_finds_an_actor_that_stands_in_no_event(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.keys("/")
    screen.keys("titicaca", ENTER)
    assert screen.text("#panel h2") == "Lake Titicaca"


def test_the_time_filter(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.run("const f = document.getElementById('to'); f.value = 0; f.dispatchEvent(new Event('input'))")
    screen.pause("kg.view.visibleNodes.size < 9")
    assert "without a date" in screen.text("#time")
    screen.click("#undated")
    screen.pause("kg.view.visibleNodes.size === 2")
    assert screen.shown() == ["Bolivia", "Red Summit"]
    assert screen.text("#range") == "1 February 2019"


def test_keyboard_alone(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.run("document.getElementById('graph').focus()")
    assert screen.run("return getComputedStyle(document.getElementById('graph')).outlineStyle") == "solid"
    screen.keys(ARROW_RIGHT)
    first = screen.text("#announce")
    assert first.startswith("Bolivia, Country, ")
    screen.keys("\ue012")
    assert screen.text("#announce") != first
    screen.keys(ENTER)
    assert screen.run("return document.activeElement.id") == "panel"
    heading = screen.text("#panel h2")
    assert screen.text("#announce") == heading
    screen.keys(ESCAPE)
    assert screen.run("return document.activeElement.id") == "graph"
    assert "What stands out".upper() in screen.text("#panel").upper()
    screen.keys(ARROW_RIGHT, ".", ENTER)
    assert screen.run("return document.querySelectorAll('#panel mark.trigger').length") >= 1
    screen.keys(ESCAPE)
    for _ in range(3):
        screen.keys(TAB)
    assert screen.run("return document.activeElement.tagName") in ("BUTTON", "INPUT")


def test_the_list_says_the_same(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.click("#list-button")
    assert screen.run("return document.querySelectorAll('#list tbody tr').length") == 8
    assert "Peru" in screen.text("#list") and "denied" in screen.text("#list")
    screen.run("document.querySelector('#list tbody td:nth-child(3) button').click()")
    assert screen.run("return document.querySelectorAll('#panel mark.trigger').length") == 1
    screen.click("#list-button")
    screen.pause("!document.getElementById('stage').hidden")
    assert len(screen.shown()) == 8


def test_officials_stand_under_their_country(show: Show, story: Any) -> None:
    screen = show(page(story.facts()))
    screen.click("#countries")
    shown = screen.shown()
    assert "Peru" in shown and "Bolivia" in shown
    assert "Lucía Vargas" not in shown and "Peruvian government" not in shown
    assert "foreign minister of Peru" not in shown  # no country holds an office


def test_a_phone(show: Show, story: Any) -> None:
    screen = show(page(story.facts()), width=360, height=740)
    assert screen.run("return document.documentElement.scrollWidth") <= 360
    assert not screen.run("return document.getElementById('panel').offsetParent || false")
    screen.click_node("Bolivia")
    box = screen.run("const b = document.getElementById('panel').getBoundingClientRect(); return [b.top, b.bottom]")
    assert box[0] > 200 and box[1] <= 741
    screen.click("#close")
    screen.click("#filters-button")
    assert screen.run("return getComputedStyle(document.getElementById('legend')).display") == "block"
    screen.keys(ESCAPE)
    assert screen.run("return getComputedStyle(document.getElementById('legend')).display") == "none"
    assert screen.messages() == []


def test_dark_and_light(show: Show, story: Any) -> None:
    html = page(story.facts())
    colours = "return getComputedStyle(document.body).backgroundColor"
    light = show(html).run(colours)
    screen = show(html, dark=True)
    assert screen.run(colours) == "rgb(20, 22, 26)" != light
    screen.click("#theme-button")
    assert screen.run(colours) == light


def test_hostile_text_is_shown_and_not_run(show: Show, empty_story: Callable[..., Any]) -> None:
    story = empty_story(title=HOSTILE, url="javascript:window.__pwned=1")
    story.actor(HOSTILE, "Person", aliases=("Mallory", "<b>bold</b>"), same_as=("javascript:window.__pwned=1",))
    story.actor("x" * 5000, "Organization", aliases=("Long",))
    story.event(
        "<svg onload=window.__pwned=1> Mallory </script> praised Long.",
        "praised",
        (("source", "Mallory"), ("target", "Long")),
        type_="Praise",
        plover="SUPPORT",
        said="Mallory|</script>",
        status="reported",
    )
    screen = show(page(story.facts()))
    assert screen.run("return document.querySelector('h1').textContent") == HOSTILE
    screen.run("document.querySelector('#panel .row-button').click()")
    screen.run("document.querySelectorAll('#panel details').forEach((d) => { d.open = true })")
    assert "<svg onload=window.__pwned=1>" in screen.text("#panel blockquote")
    assert screen.run("return document.querySelectorAll('#panel a, #panel svg, #panel b, img').length") == 0
    screen.keys("/")
    screen.keys("<b>", ENTER)
    assert "<b>bold</b>" in screen.text("#panel")
    assert screen.run("return document.querySelectorAll('#panel a').length") == 0
    assert screen.run("return typeof window.__pwned") == "undefined"
    assert screen.run("return document.documentElement.scrollWidth <= window.innerWidth")
    assert screen.messages() == []


def test_a_page_around_an_actor_opens_on_it(show: Show, story: Any) -> None:
    facts = story.facts()
    quispe = next(entity.id for entity in facts.entities if entity.label == "Tomás Quispe")
    screen = show(page(facts, around=quispe))
    assert screen.text("#panel h2") == "Tomás Quispe"
    assert screen.shown() == ["Lucía Vargas", "Organization of Andean States", "Tomás Quispe"]
    labels = screen.run("return kg.data.facts.map((fact) => fact.label)")
    assert "Lucía Vargas – met – Tomás Quispe, Organization of Andean States" in labels
    assert "disputed: Bolivia – attacked – Red Summit" not in labels


def test_a_graph_of_nothing(show: Show, empty_story: Callable[..., Any]) -> None:
    screen = show(page(empty_story().facts()))
    assert screen.text("#empty") == "No event between two actors was found in these texts."
    assert screen.messages() == []


def test_more_actors_on_demand(show: Show, story: Any) -> None:
    screen = show(page(story.facts(), limit=3))
    assert len(screen.shown()) == 3
    assert screen.text("#summary").startswith("Showing 3 of 9 actors")
    screen.click("#more-button")
    assert len(screen.shown()) == 8


def test_an_actor_of_many_events(show: Show, empty_story: Callable[..., Any]) -> None:
    story = empty_story()
    for name in ("Ghana", "Togo"):
        story.actor(name, "Country")
    for day in range(1, 60):
        story.event(
            f"On day {day} Ghana thanked Togo.",
            "thanked",
            (("source", "Ghana"), ("target", "Togo")),
            type_="Praise",
            plover="SUPPORT",
            on=f"2014-{1 + day // 28:02}-{1 + day % 28:02}",
        )
    screen = show(page(story.facts()))
    screen.click_node("Ghana")
    assert screen.run("return document.querySelectorAll('#panel .row-button').length") == 40
    screen.run("[...document.querySelectorAll('#panel button')].find((b) => b.innerText === 'All 59').click()")
    assert screen.run("return document.querySelectorAll('#panel .row-button').length") == 59
    assert "[object" not in screen.text("#panel")
    assert screen.messages() == []


def test_an_event_of_one_actor_is_drawn_where_there_is_room(show: Show, empty_story: Callable[..., Any]) -> None:
    story = empty_story()
    story.actor("the senate of Ghana", "Organization", aliases=("senate",))
    story.event(
        "The senate adjourned.", "adjourned", (("source", "senate"),), type_="Adjournment", plover=None
    )  # fmt: skip
    screen = show(page(story.facts()))
    assert screen.shown() == ["the senate of Ghana"]
    assert screen.run("return kg.view.visibleNodes.size") == 2
