"""The terms of the graph, and nothing but them: a misspelt one raises.

>>> KG.Meeting
<NamedNode value=https://w3id.org/kg-politics/ns#Meeting>
>>> KG.token.holdsOffice
'<https://w3id.org/kg-politics/ns#holdsOffice>'
>>> KG.Meting
Traceback (most recent call last):
AttributeError: kg:Meting is no term of ontologies/kg.ttl

The closed lists of `kg.model` have one term a value:

>>> STATUS.term["asserted"], STATUS.value[KG.Asserted.value]
('<https://w3id.org/kg-politics/ns#Asserted>', 'asserted')

Terms of our own are defined, with labels and alignments, in `ontologies/kg.ttl`; the classes of event come from
`ontologies/codebook/types.tsv`, and a test holds the three together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar, cast, get_args

from curies import Converter
from pyoxigraph import NamedNode

from kg.data import data_path
from kg.model import (
    Certainty,
    EntityType,
    Form,
    Plover,
    Polarity,
    Predicate,
    Role,
    Stance,
    Status,
    Tense,
)

__all__ = [
    "CERTAINTY",
    "CUES",
    "DCTERMS",
    "DEFAULT_BASE",
    "FOAF",
    "FORM",
    "GRASP",
    "KG",
    "NIF",
    "ORG",
    "OWL",
    "PLOVER",
    "POLARITY",
    "PREDICATES",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "ROLE",
    "SEM",
    "SHORTCUTS",
    "SKOS",
    "STANCE",
    "STATUS",
    "TENSE",
    "Terms",
    "Vocabulary",
    "class_token",
    "event_classes",
    "prefixes",
    "shorten",
]

DEFAULT_BASE = "https://w3id.org/kg-politics/id/"

PREFIXES: Mapping[str, str] = {
    "kg": "https://w3id.org/kg-politics/ns#",
    "plover": "https://w3id.org/kg-politics/plover#",
    "cameo": "https://w3id.org/kg-politics/cameo#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "grasp": "http://groundedannotationframework.org/grasp#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
}

_Value = TypeVar("_Value", bound=str)


class _Tokens:
    """The terms of one vocabulary as N-Triples writes them; looked up once, then plain attributes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __getattr__(self, name: str) -> str:
        token = str(getattr(self._vocabulary, name))
        setattr(self, name, token)
        return token


class Vocabulary:
    """A closed namespace: only the names that it was made with are its attributes."""

    def __init__(self, prefix: str, names: Iterable[str]) -> None:
        self.prefix = prefix
        self.names = frozenset(names)
        self.token = _Tokens(self)

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__") or (name not in self.names and not (self.prefix == "kg" and name in event_classes())):
            raise AttributeError(f"{self.prefix}:{name} is no term of ontologies/kg.ttl")
        node = NamedNode(PREFIXES[self.prefix] + name)
        setattr(self, name, node)
        return node


@dataclass(frozen=True, slots=True)
class Terms(Generic[_Value]):
    """A closed list of `kg.model` and its terms.

    Attributes:
        term: value → term, as N-Triples writes it.
        read: term, as N-Triples writes it → value.
        value: IRI → value.
    """

    term: Mapping[_Value, str]
    read: Mapping[str, _Value]
    value: Mapping[str, _Value]


_ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
_PREDICATES: tuple[Predicate, ...] = get_args(Predicate)
_CUE_NAMES: Mapping[str, str] = {
    "polarity": "polarityCue",
    "certainty": "certaintyCue",
    "tense": "tenseCue",
    "conditional": "conditionalCue",
}
_SHORTCUT_NAMES: Mapping[Plover, str] = {
    "AGREE": "agreesWith",
    "CONSULT": "consultsWith",
    "SUPPORT": "supports",
    "COOPERATE": "cooperatesWith",
    "AID": "aids",
    "YIELD": "yieldsTo",
    "REQUEST": "requestsFrom",
    "ACCUSE": "accuses",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "PROTEST": "protestsAgainst",
    "MOBILIZE": "mobilizesAgainst",
    "SANCTION": "sanctions",
    "COERCE": "coerces",
    "ASSAULT": "assaults",
}


def _named(kind: object, suffix: str = "") -> dict[str, str]:
    """value → name of its term: 'deny' → 'DenyStance'."""
    return {value: value[0].upper() + value[1:] + suffix for value in get_args(kind)}


_SCHEMES: Mapping[str, Mapping[str, str]] = {
    "status": _named(Status),
    "polarity": _named(Polarity),
    "certainty": _named(Certainty),
    "tense": _named(Tense),
    "stance": _named(Stance, "Stance"),
    "role": _named(Role, "Role"),
    "form": _named(Form, "Form"),
}

KG = Vocabulary(
    "kg",
    (
        # classes
        "Actor", "Argument", "Attribution", "Document", "Event", "LocalActor", "Mention", "Relation", "Report",
        *_ENTITY_TYPES,
        # of a document
        "sha256",
        # of a local actor
        "entry", "localCountry", "localName", "localOffice", "localSector", "localType", "surface",
        # of mentions, arguments, attributions
        "contentSpan", "cueSpan", "entity", "form", "refersTo", "role", "rule", "sourceSpan", "span", "stance",
        "within",
        # of reports
        "argument", "attribution", "certainty", "conditional", "cueWord", "denotes", "holder", "localAbout",
        "localCameo", "localEarliest", "localHolder", "localId", "localLatest", "localObject", "localPlace",
        "localPlover", "localPredicate", "localReciprocal", "localSubject", "polarity", "sentence", "tense", "trigger",
        *_CUE_NAMES.values(),
        # of actors
        "actsFor", "country", "mergedFrom", "sector",
        # of events and relations
        "about", "cameo", "confidence", "earliest", "instrument", "latest", "plover", "recipient", "reciprocal",
        "report", "source", "status", "target", "topic",
        *_PREDICATES, *_SHORTCUT_NAMES.values(),
        # of the classes of event, and the schemes
        "classCameo", "classPlover", "EventTypeScheme", "CameoScheme", "StatusScheme", "PolarityScheme",
        "CertaintyScheme", "TenseScheme", "StanceScheme", "RoleScheme", "FormScheme", "QuadScheme",
        "VerbalCooperation", "MaterialCooperation", "VerbalConflict", "MaterialConflict",
        *(name for scheme in _SCHEMES.values() for name in scheme.values()),
    ),
)  # fmt: skip
PLOVER = Vocabulary("plover", get_args(Plover))
SEM = Vocabulary("sem", ("Actor", "Event", "Place", "hasPlace"))
NIF = Vocabulary(
    "nif", ("Context", "RFC5147String", "anchorOf", "beginIndex", "endIndex", "isString", "referenceContext")
)
GRASP = Vocabulary("grasp", ("Attribution",))
PROV = Vocabulary("prov", ("Entity",))
DCTERMS = Vocabulary("dcterms", ("creator", "identifier", "issued", "publisher", "source", "title"))
ORG = Vocabulary("org", ("Membership", "Organization", "Role", "member", "role"))
FOAF = Vocabulary("foaf", ("Document", "Group", "Person"))
SKOS = Vocabulary("skos", ("Concept", "altLabel", "definition"))
OWL = Vocabulary("owl", ("sameAs",))
RDF = Vocabulary("rdf", ("Statement", "object", "predicate", "subject", "type"))
RDFS = Vocabulary("rdfs", ("label",))


def _terms(names: Mapping[str, str]) -> Terms[str]:
    nodes = {value: cast(NamedNode, getattr(KG, name)) for value, name in names.items()}
    return Terms(
        term={value: str(node) for value, node in nodes.items()},
        read={str(node): value for value, node in nodes.items()},
        value={node.value: value for value, node in nodes.items()},
    )


STATUS = cast(Terms[Status], _terms(_SCHEMES["status"]))
POLARITY = cast(Terms[Polarity], _terms(_SCHEMES["polarity"]))
CERTAINTY = cast(Terms[Certainty], _terms(_SCHEMES["certainty"]))
TENSE = cast(Terms[Tense], _terms(_SCHEMES["tense"]))
STANCE = cast(Terms[Stance], _terms(_SCHEMES["stance"]))
ROLE = cast(Terms[Role], _terms(_SCHEMES["role"]))
FORM = cast(Terms[Form], _terms(_SCHEMES["form"]))
PREDICATES = cast(Terms[Predicate], _terms({name: name for name in _PREDICATES}))
CUES = _terms(_CUE_NAMES)
SHORTCUTS: Mapping[Plover, str] = {plover: str(getattr(KG, name)) for plover, name in _SHORTCUT_NAMES.items()}


@cache
def event_classes() -> Mapping[str, tuple[Plover | None, str | None]]:
    """The classes of event, each with its PLOVER type and CAMEO code, from `ontologies/codebook/types.tsv`.

    >>> event_classes()["Meeting"]
    ('CONSULT', '04')
    """
    rows = [
        line.split("\t")
        for line in data_path("ontologies", "codebook", "types.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return {name: (cast(Plover, plover) if plover else None, cameo or None) for name, plover, cameo, *_ in rows[1:]}


@cache
def class_token(name: str) -> str:
    """The class of an actor or event, as N-Triples writes it.

    Raises:
        ValueError: neither `kg.model` nor the code book has such a class.
    """
    if name not in _ENTITY_TYPES and name not in event_classes():
        raise ValueError(f"{name!r} is neither a type of actor nor a class of event")
    return str(getattr(KG, name))


def prefixes(base: str) -> dict[str, str]:
    """The prefixes of what is written out: those above and three of the graph's own nodes."""
    return {**PREFIXES, "actor": base + "actor/", "event": base + "event/", "relation": base + "relation/"}


def shorten(iri: str, base: str = DEFAULT_BASE) -> str:
    """An IRI with a prefix, where there is one.

    >>> shorten("https://w3id.org/kg-politics/id/actor/sergei-lavrov")
    'actor:sergei-lavrov'
    >>> shorten("http://example.org/x")
    'http://example.org/x'
    """
    return _converter(base).compress(iri) or iri


@cache
def _converter(base: str) -> Converter:
    return Converter.from_prefix_map(prefixes(base))
