"""Offices as nodes: "Russia's top diplomat" and "Foreign Minister Lavrov" name the Foreign Minister of Russia.

The country is the one that stands with the title, else the one of the office beside it ("Chile's Foreign Minister
Heraldo Muñoz and Ambassador to Peru Roberto Ibarra"), else that of whoever holds it, if the actor list
knows it. An office of nobody knows where is none.

>>> Office("foreign minister", "Foreign Minister", {"USA": "Secretary of State"}, "").titled("USA")
'Secretary of State'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.relations.patterns import NounPattern, Office, country_name
from kg.extract.relations.recorder import End, Recorder
from kg.model import Chain

if TYPE_CHECKING:
    from kg.extract.relations.descriptions import Owner
    from kg.extract.relations.scene import Party, Scene

__all__ = ["Offices", "Title"]


@dataclass(frozen=True, slots=True)
class Title:
    """The words of an office in the text: tokens `start` to `end` with head `root`; `rank` such as "Deputy"."""

    pattern: NounPattern
    office: Office
    start: int
    end: int
    root: int
    rank: str
    words: str

    def named(self, country: str | None) -> str:
        """The office's title in a country, or in general."""
        title = self.office.titled(country)
        if title == "*":
            title = self.words.title()
        return f"{self.rank.title()} {title}" if self.rank else title

    def category(self, more: str = "") -> str:
        """The category that the actor lists use."""
        return f"{self.rank.lower()} {self.office.category}{more}".strip()


class Offices:
    """Gives the titles of one document their nodes."""

    def __init__(self, scene: Scene, recorder: Recorder, countries: Mapping[str, str]) -> None:
        self._scene = scene
        self._recorder = recorder
        self._countries = countries
        self._held: dict[int, str] = {}

    def of(
        self, title: Title, party: Party, *, owners: Sequence[Owner], beside: Sequence[Owner], supplied: bool
    ) -> End | None:
        """The node of the office that `party` holds, or None where nothing says whose office it is.

        Args:
            title: the words in the text.
            party: who holds it.
            owners: what stands where the owner of an office stands.
            beside: all that stands around the title, such as the country that an ambassador is sent to.
            supplied: a country may be supplied where none stands there.
        """
        owner = owners[0].party.chain if owners else None
        allowed = title.pattern.owner
        military = owner is not None and "military" in allowed and owner.sector == "MIL"
        if (
            owner is not None
            and owner.type in ("Organization", "ArmedGroup")
            and allowed & {"organization", "igo"}
            and not military
        ):
            return self._node(title, f"{title.named(None)} of {_with_article(owner.name)}", None, title.category())
        if owner is not None and owner.type == "Place":
            if "place" not in allowed:
                return None
            return self._node(title, f"{title.named(None)} of {owner.name}", owner.country, title.category())
        if not allowed & {"country", "usa"}:
            return None
        country = owner.country if owner is not None else None
        if country is None and supplied and not self._local(title, beside):
            country = party.chain.country or self._inherited(title, party) or self._default(title)
        if country is None or country not in self._countries or ("usa" in allowed and country != "USA"):
            return None
        self._held[party.token] = country
        return self._of_country(title, country, beside)

    def _of_country(self, title: Title, country: str, beside: Sequence[Owner]) -> End:
        if title.office.category == "head of state" and country == "VAT":
            return self._node(title, "Pope", country, "head of state")
        name, category = f"{title.named(country)} of {country_name(self._countries[country])}", title.category()
        host = self._host(beside, country) if title.office.category == "ambassador" else None
        if host is not None:
            name, category = f"{name} to {country_name(host)}", title.category(f" to {host}")
        return self._node(title, name, country, category)

    def _node(self, title: Title, name: str, country: str | None, category: str) -> End:
        tree = self._scene.tree
        start, end = tree.starts[title.start], tree.ends[title.end - 1]
        chain = self._recorder.node(
            name, "Office", start, end, rule=title.pattern.rule, country=country, office=category
        )  # fmt: skip
        return End(chain, start, end)

    def _inherited(self, title: Title, party: Party) -> str | None:
        """The country of the office of whoever this one is coordinated with."""
        tree = self._scene.tree
        for token in (title.root, party.token):
            if tree.deps[token] == "conj" and (country := self._held.get(tree.heads[token])) is not None:
                return country
        return None

    def _local(self, title: Title, beside: Sequence[Owner]) -> bool:
        """Whether a place stands before the title, or a name begins there: "Manhattan Supreme Court Justice"."""
        if title.office.category == "legislator":
            return False
        tree, before = self._scene.tree, title.start - 1
        unknown = before >= 0 and tree.deps[before] == "compound" and tree.pos[before] == "PROPN"
        if unknown and self._scene.actors.covering(before) is None and before not in self._scene.titled:
            return True
        longer = self._scene.actors.covering(title.start)
        if longer is not None and longer.form == "name" and longer.start < tree.starts[title.start]:
            return True
        return any(owner.where == "pre" and owner.party.chain.type == "Place" for owner in beside)

    def _default(self, title: Title) -> str | None:
        nations = self._scene.nations
        known = nations is not None and title.office.default in nations.codes
        return title.office.default if known else None

    def _host(self, beside: Sequence[Owner], sender: str) -> str | None:
        """The country or body that an ambassador is sent to."""
        for owner in beside:
            chain: Chain = owner.party.chain
            if owner.where not in ("to", "in"):
                continue
            if chain.type == "Organization":
                return chain.name
            if chain.country is not None and chain.country != sender:
                return self._countries.get(chain.country)
        return None


def _with_article(name: str) -> str:
    return name if name.isupper() or name.split()[0].lower() == "the" else f"the {name}"
