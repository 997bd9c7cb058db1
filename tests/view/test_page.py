"""The HTML itself: closed to the network, safe, small, always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.model import Facts
from kg.view import page, write_page
from kg.view.content import content
from kg.view.selection import choose

HOSTILE = "</script><script>window.__pwned=1</script><!-- \u2028 \u202e'\"&amp;<img src=x onerror=window.__pwned=1>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.scripts.append((self.tags[-1][1], data))
        elif self.tags and self.tags[-1][0] == "title":
            self.title += data.strip()


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _data(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(found.group(1))


def test_same_bytes_and_small(story: Any) -> None:
    facts = story.facts()
    html = page(facts)
    assert html == page(facts)
    assert len(html.encode("utf-8")) < 620_000


def test_nothing_is_loaded_from_anywhere(story: Any) -> None:
    reader = _read(page(story.facts()))
    loading = {"src", "href", "srcset", "data", "action", "poster"}
    named = [(key, str(value)) for _, attributes in reader.tags for key, value in attributes.items()]
    loads = [(key, value) for key, value in named if key in loading and not value.startswith("#")]
    assert loads == []
    assert not {"link", "iframe", "object", "embed", "base"} & {tag for tag, _ in reader.tags}
    style = next(text for attributes, text in reader.scripts if "--paper" in text)
    assert "url(" not in style and "@import" not in style


def test_the_policy_allows_only_these_scripts(story: Any) -> None:
    reader = _read(page(story.facts()))
    policy = next(a["content"] for tag, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    assert "http" not in policy
    run = [text for attributes, text in reader.scripts if attributes.get("type") != "application/json"]
    assert len(run) == 3
    for text in run:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy
        assert "<!--" not in text and "</script" not in text.lower()


def test_our_script_never_makes_html_of_text() -> None:
    folder = Path(__file__).parents[2] / "kg" / "view" / "templates"
    for path in folder.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", source), (
            path
        )
        assert source.count("\n") < 500


def test_hostile_text_stays_text(empty_story: Callable[..., Any]) -> None:
    story = empty_story(title=HOSTILE, url="javascript:window.__pwned=1")
    story.actor(HOSTILE, "Person", aliases=("Mallory",))
    story.actor("Peru", "Country")
    story.event("Mallory praised Peru.", "praised", (("source", "Mallory"), ("target", "Peru")),
                type_="Praise", plover="SUPPORT")  # fmt: skip
    html = page(story.facts())
    reader = _read(html)
    assert [tag for tag, _ in reader.tags].count("script") == 3
    assert reader.title == HOSTILE
    assert "img" not in [tag for tag, _ in reader.tags]
    data = _data(html)
    assert HOSTILE in [actor["label"] for actor in data["actors"]]
    assert all(isinstance(node["id"], int) for node in data["nodes"])
    assert "\u2028" not in html.split('id="data">')[1].split("</script>")[0]


def test_a_name_cannot_turn_the_writing_of_others(empty_story: Callable[..., Any]) -> None:
    story = empty_story()
    story.actor("\u202eevil", "Person", aliases=("Mallory",))
    story.actor("Peru", "Country")
    story.event("Mallory praised Peru.", "praised", (("source", "Mallory"), ("target", "Peru")),
                type_="Praise", plover="SUPPORT")  # fmt: skip
    data = _data(page(story.facts()))
    assert data["facts"][0]["label"] == "evil – praised – Peru"
    assert data["actors"][0]["label"] == "\u202eevil"


def test_lone_surrogates_can_be_written(empty_story: Callable[..., Any], tmp_path: Path) -> None:
    story = empty_story(title="half \ud83d of a pair")
    story.actor("half \udc00", "Person")
    path = write_page(tmp_path / "page.html", story.facts())
    assert path.read_bytes().decode("utf-8").startswith("<!doctype html>")


def test_pieces_are_whole_sentences_with_marks(story: Any) -> None:
    data = _data(page(story.facts()))
    fact = next(one for one in data["facts"] if one["type"] == "arms delivery")
    report = fact["reports"][0]
    assert "".join(piece[0] for piece in report["pieces"]) == "Quispe said that Lima had armed the Red Summit."
    marked = {piece[0]: piece[1] for piece in report["pieces"] if len(piece) > 1}
    assert marked == {"Lima": "source", "armed": "trigger", "Red Summit": "target"}
    assert (report["how"], report["source"], report["cue"]) == ("according to", "Quispe", "said")
    assert data["actors"][report["holder"]]["label"] == "Tomás Quispe"


def test_offsets_survive_characters_beyond_the_basic_plane(empty_story: Callable[..., Any]) -> None:
    story = empty_story(text="😀😀😀")
    story.actor("Ghana", "Country")
    story.actor("Togo", "Country")
    story.event("😀 Ghana thanked Togo.", "thanked", (("source", "Ghana"), ("target", "Togo")),
                type_="Praise", plover="SUPPORT")  # fmt: skip
    pieces = _data(page(story.facts()))["facts"][0]["reports"][0]["pieces"]
    assert [piece[0] for piece in pieces] == ["😀 ", "Ghana", " ", "thanked", " ", "Togo", "."]


def test_an_event_of_three_is_a_node_and_a_pair_is_one_line(story: Any) -> None:
    data = _data(page(story.facts()))
    names = [actor["label"] for actor in data["actors"]]
    hubs = [node for node in data["nodes"] if node["facts"]]
    assert len(hubs) == 1 and hubs[0]["lines"] and hubs[0]["id"] == data["drawn"]
    between = [e for e in data["edges"] if {e["from"], e["to"]} == {names.index("Peru"), names.index("Bolivia")}]
    assert [len(edge["facts"]) for edge in between] == [2]


def test_a_text_that_was_not_kept(story: Any) -> None:
    facts = story.facts()
    bare = [type(d)(d.id, "", d.title, d.published) for d in facts.documents]
    data = _data(page(Facts(tuple(bare), facts.entities, (), facts.events, facts.relations, facts.attributions)))
    assert all(report["pieces"] == [] for fact in data["facts"] for report in fact["reports"])


def test_a_budget_leaves_out_the_least_telling(story: Any) -> None:
    facts = story.facts()
    drawn = content(facts, choose(facts), budget=2500)
    assert drawn.left_out > 0 and len(drawn.facts) + drawn.left_out == 8
    assert all(node.index < len(drawn.actors) + 24 for node in drawn.nodes)


def test_an_article_of_many_words_stays_under_the_limit(empty_story: Callable[..., Any]) -> None:
    story = empty_story()
    for number in range(300):
        story.actor(f"Actor number {number:03}", "Person")
    padding = " and so on" * 40
    for number in range(1500):
        one, other = f"Actor number {number % 300:03}", f"Actor number {(number * 7 + 1) % 300:03}"
        if one != other:
            story.event(f"{one} met {other}{padding}.", "met", (("source", one), ("target", other)),
                        type_="Meeting", plover="CONSULT", reciprocal=True)  # fmt: skip
    html = page(story.facts(), limit=120)
    data = _data(html)
    assert len(html.encode("utf-8")) < 1_500_000
    assert data["leftOut"] > 0 and data["first"] <= 120 and data["total"] == 300


def test_a_script_of_many_bytes_stays_under_the_limit(empty_story: Callable[..., Any]) -> None:
    story = empty_story()
    for number in range(200):
        story.actor(f"<行為者>{number:03}", "Person")
    for number in range(1200):
        one, other = f"<行為者>{number % 200:03}", f"<行為者>{(number * 7 + 1) % 200:03}"
        if one != other:
            story.event(f"{one} <会> {other}{'<>' * 150}.", "<会>", (("source", one), ("target", other)),
                        type_="Meeting", plover="CONSULT", reciprocal=True)  # fmt: skip
    assert len(page(story.facts()).encode("utf-8")) < 1_500_000


@pytest.mark.parametrize("limit", [1, 2, 60])
def test_every_edge_has_its_nodes(story: Any, limit: int) -> None:
    data = _data(page(story.facts(), limit=limit))
    ids = {node["id"] for node in data["nodes"]}
    assert all(edge["from"] in ids and edge["to"] in ids for edge in data["edges"])
    assert data["first"] <= limit
