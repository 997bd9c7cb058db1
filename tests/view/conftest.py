"""A small graph made by hand, and a browser that opens its page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.model import (
    Argument,
    Attribution,
    Document,
    Entity,
    EntityType,
    Event,
    Facts,
    Period,
    Plover,
    Relation,
    Report,
    Role,
    Span,
    Status,
)


@dataclass
class Story:
    """Facts from sentences: `story.event("Peru recalled its envoy", "recalled", …)`, one document."""

    doc: str = "andes"
    title: str | None = "Envoys leave, talks go on"
    url: str | None = "https://example.org/andes"
    text: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    def actor(self, label: str, type_: EntityType, **more: Any) -> str:
        key = f"actor/{len(self.entities):03}-{label[:12].lower().replace(' ', '-')}"
        self.entities[key] = Entity(key, label, type_, **more)
        return key

    def _id(self, label: str) -> str:
        return next(key for key, entity in self.entities.items() if label in (entity.label, *entity.aliases))

    def report(
        self, sentence: str, trigger: str, roles: Sequence[tuple[Role, str]], *, said: str = "", **more: Any
    ) -> Report:
        start = len(self.text) + 1
        self.text += "\n" + sentence
        at = start + sentence.index(trigger)
        arguments = []
        for role, words in roles:
            name = words.split("=")[-1]
            surface = words.split("=")[0]
            place = start + sentence.index(surface)
            arguments.append(Argument(role, place, place + len(surface), self._id(name)))
        number = len(self.events) + len(self.relations)
        if said:
            source, cue = said.split("|")
            spans = tuple(Span(start + sentence.index(w), start + sentence.index(w) + len(w)) for w in (source, cue))
            key = f"attribution-{spans[1].start}-{spans[1].end}"
            holder = next((k for k, e in self.entities.items() if source in (e.label, *e.aliases)), None)
            stance = more.pop("stance", "assert")
            self.attributions.append(
                Attribution(key, self.doc, spans[:1], spans[1:], (Span(at, at + 1),), stance, "cue/said", holder)
            )
            more |= {"holder": holder, "attribution": key}
        return Report(
            f"report-{number}",
            self.doc,
            start,
            start + len(sentence),
            Span(at, at + len(trigger)),
            more.pop("polarity", "positive"),
            more.pop("certainty", "certain"),
            more.pop("tense", "past"),
            f"codebook/example.toml:{trigger}",
            arguments=tuple(arguments),
            **more,
        )

    def event(
        self,
        sentence: str,
        trigger: str,
        roles: Sequence[tuple[Role, str]],
        *,
        type_: str,
        plover: Plover | None,
        status: Status = "asserted",
        on: str | tuple[str, str] | None = None,
        reciprocal: bool = False,
        **more: Any,
    ) -> Event:
        report = self.report(sentence, trigger, roles, **more)
        ends = (on, on) if isinstance(on, str) else on
        period = Period(date.fromisoformat(ends[0]), date.fromisoformat(ends[1])) if ends else None
        names = [self.entities[a.entity].label for a in report.arguments if a.entity]
        label = f"{names[0]} – {trigger} – {', '.join(names[1:])}" if names else trigger
        event = Event(
            f"event/{len(self.events):04}",
            type_,
            plover,
            None,
            (report,),
            reciprocal,
            0.8,
            period,
            status=status,
            label=label if status == "asserted" else f"{status}: {label}",
        )
        self.events.append(event)
        return event

    def relation(self, sentence: str, trigger: str, subject: str, object_: str, predicate: Any = "holdsOffice") -> None:
        report = self.report(sentence, trigger, (("subject", subject), ("object", object_)))
        ends = [a.entity or "" for a in report.arguments]
        label = f"{subject.split('=')[-1]} is {object_.split('=')[-1]}"
        self.relations.append(
            Relation(
                f"relation/{len(self.relations):04}",
                ends[0],
                predicate,
                ends[1],
                (report,),
                status="asserted",
                label=label,
            )
        )

    def facts(self) -> Facts:
        document = Document(
            self.doc, self.text, self.title, date(2019, 3, 8), "The Daily Example", "A. Writer", self.url
        )
        return Facts(
            (document,),
            tuple(self.entities.values()),
            (),
            tuple(self.events),
            tuple(self.relations),
            tuple(self.attributions),
        )


def andes() -> Story:
    """Nine actors, every status, a meeting of three, an office, an event without a date."""
    story = Story()
    peru = story.actor("Peru", "Country", same_as=("http://www.wikidata.org/entity/Q419",))
    bolivia = story.actor("Bolivia", "Country")
    story.actor("Lucía Vargas", "Person", aliases=("Vargas", "the minister"), country=peru, sector="GOV")
    story.actor("Tomás Quispe", "Person", aliases=("Quispe",), country=bolivia, sector="GOV")
    story.actor("Organization of Andean States", "Organization", aliases=("the organization",), sector="IGO")
    story.actor("Red Summit", "ArmedGroup", country=peru, sector="REB")
    story.actor("Peruvian government", "Government", aliases=("Lima",), country=peru, sector="GOV")
    story.actor("foreign minister of Peru", "Office", aliases=("foreign minister",), country=peru)
    story.actor("Lake Titicaca", "Place")
    story.event(
        "Vargas met Quispe and delegates of the organization on Monday.",
        "met",
        (
            ("source", "Vargas=Lucía Vargas"),
            ("target", "Quispe=Tomás Quispe"),
            ("target", "the organization=Organization of Andean States"),
        ),
        type_="Meeting",
        plover="CONSULT",
        on="2019-03-04",
        reciprocal=True,
    )
    story.event(
        "Peru recalled its envoy from Bolivia.",
        "recalled",
        (("source", "Peru"), ("target", "Bolivia")),
        type_="Recall",
        plover="REJECT",
        on="2019-03-06",
    )
    story.event(
        "Quispe said that Lima had armed the Red Summit.",
        "armed",
        (("source", "Lima=Peruvian government"), ("target", "Red Summit")),
        type_="ArmsDelivery",
        plover="AID",
        status="reported",
        said="Quispe|said",
    )
    story.event(
        "Vargas denied that Peru had shelled Bolivia.",
        "shelled",
        (("source", "Peru"), ("target", "Bolivia")),
        type_="Shelling",
        plover="ASSAULT",
        status="denied",
        on="2019-03-05",
        said="Vargas|denied",
        stance="deny",
        polarity="negative",
    )
    story.event(
        "Both sides disagree whether Bolivia attacked the Red Summit in February.",
        "attacked",
        (("source", "Bolivia"), ("target", "Red Summit")),
        type_="Attack",
        plover="ASSAULT",
        status="disputed",
        on=("2019-02-01", "2019-02-28"),
    )
    story.event(
        "Lima will impose sanctions on Bolivia in April.",
        "sanctions",
        (("source", "Lima=Peruvian government"), ("target", "Bolivia")),
        type_="Sanction",
        plover="SANCTION",
        status="expected",
        on=("2019-04-01", "2019-04-30"),
        tense="future",
    )
    story.event(
        "If talks fail, Vargas could resign before Quispe.",
        "resign",
        (("source", "Vargas=Lucía Vargas"), ("target", "Quispe=Tomás Quispe")),
        type_="Resignation",
        plover=None,
        status="hypothetical",
        certainty="possible",
        conditional=True,
    )
    story.relation(
        "Lucía Vargas, foreign minister since 2017, spoke first.",
        "foreign minister",
        "Lucía Vargas",
        "foreign minister=foreign minister of Peru",
    )
    return story


@pytest.fixture
def story() -> Story:
    return andes()


@pytest.fixture
def empty_story() -> Callable[..., Story]:
    return Story


@dataclass(frozen=True)
class Screen:
    """A page in the browser, with the few things that tests do to it."""

    driver: Any

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def click(self, selector: str) -> None:
        self.driver.find_element("css selector", selector).click()

    def keys(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def pause(self, condition: str) -> None:
        """Wait until a JavaScript condition holds."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, 8, poll_frequency=0.05).until(lambda _: self.run("return " + condition))

    def click_canvas(self, x: float, y: float) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        box = self.run("const b = document.getElementById('graph').getBoundingClientRect(); return [b.left, b.top]")
        actions: Any = ActionChains(self.driver)
        actions.w3c_actions.pointer_action.move_to_location(int(box[0] + x), int(box[1] + y))
        actions.w3c_actions.pointer_action.click()
        actions.perform()

    def click_node(self, label: str) -> None:
        at = self.run(
            "const id = kg.data.actors.findIndex((a) => a.label === arguments[0]);"
            "const p = kg.network.canvasToDOM(kg.network.getPosition(id)); return [p.x, p.y]",
            label,
        )
        self.click_canvas(*at)

    def click_edge(self, one: str, other: str) -> None:
        at = self.run(
            "const [a, b] = [...arguments].map((n) => kg.data.actors.findIndex((x) => x.label === n));"
            "const edge = kg.view.drawnEdges.find((e) => e.from === Math.min(a, b) && e.to === Math.max(a, b));"
            "const at = kg.network.body.edges[edge.id].edgeType.getPoint(0.5);"
            "const p = kg.network.canvasToDOM(at); return [p.x, p.y]",
            one,
            other,
        )
        self.click_canvas(*at)

    def shown(self) -> list[str]:
        found = self.run(
            "return [...kg.view.visibleNodes].filter((i) => i < kg.data.drawn).map((i) => kg.data.actors[i].label)"
        )
        return sorted(str(label) for label in found)

    def messages(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def addresses(self) -> list[str]:
        """Every address asked for since the last call."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(str(message["params"]["request"]["url"]))
        return found


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium without a window; where there is none the test is skipped, but fails in CI."""
    binary, driver = (
        next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None),
        shutil.which("chromedriver"),
    )
    if binary is None or driver is None:
        message = "chromium and chromedriver are not installed (Debian: apt-get install chromium chromium-driver)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = binary
    for flag in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "disable-dev-shm-usage",
        "window-size=1280,860",
        f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument("--" + flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened: Any = webdriver.Chrome(options=options, service=Service(driver))  # a driver by name: none is looked for
    yield opened
    opened.quit()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Callable[..., Screen]:
    """Opens a page from a file, at a width, in light or dark colours."""

    def open_page(html: str, *, width: int = 1280, height: int = 860, dark: bool = False, still: bool = True) -> Screen:
        path = tmp_path / "page.html"
        path.write_bytes(html.encode("utf-8"))
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        browser.get("about:blank")
        for log in ("browser", "performance"):
            browser.get_log(log)
        browser.get(path.as_uri())
        screen = Screen(browser)
        screen.pause("window.kg && kg.ready")
        return screen

    return open_page
