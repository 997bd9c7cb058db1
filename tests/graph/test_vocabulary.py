"""The code, ontologies/kg.ttl and ontologies/codebook/types.tsv hold the same terms."""

from __future__ import annotations

from typing import get_args

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Namespace, URIRef

from kg.data import data_path
from kg.graph.vocabulary import (
    CERTAINTY,
    FORM,
    KG,
    PLOVER,
    POLARITY,
    PREDICATES,
    PREFIXES,
    ROLE,
    SHORTCUTS,
    STANCE,
    STATUS,
    TENSE,
    Terms,
    class_token,
    event_classes,
    shorten,
)
from kg.model import Certainty, EntityType, Form, Plover, Polarity, Predicate, Role, Stance, Status, Tense

NS = Namespace(PREFIXES["kg"])
CODES = Namespace(PREFIXES["plover"])
CAMEO = Namespace(PREFIXES["cameo"])
_ALIGNING = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, OWL.inverseOf)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data_path("ontologies", "kg.ttl"), format="turtle")


def _defined(graph: rdflib.Graph, namespace: str) -> set[str]:
    return {str(s).removeprefix(namespace) for s in graph.subjects(RDF.type) if str(s).startswith(namespace)}


def test_every_term_of_the_code_is_defined_and_the_other_way_round(ontology: rdflib.Graph) -> None:
    assert _defined(ontology, NS) == set(KG.names) | set(event_classes())
    assert _defined(ontology, CODES) == set(PLOVER.names) == set(get_args(Plover))


def test_every_term_has_a_label_and_a_definition(ontology: rdflib.Graph) -> None:
    terms = [s for s in set(ontology.subjects(RDF.type)) if "#" in str(s)]
    assert len(terms) > 300
    assert [t for t in terms if len(list(ontology.objects(t, RDFS.label))) != 1] == []
    assert [t for t in terms if len(list(ontology.objects(t, SKOS.definition))) != 1] == []


def test_every_class_and_property_is_aligned(ontology: rdflib.Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {s for kind in kinds for s in ontology.subjects(RDF.type, kind)}
    bare = [t for t in terms if not any(ontology.value(t, how) for how in _ALIGNING)]
    assert bare == []


@pytest.mark.parametrize("name", sorted(event_classes()))
def test_a_class_of_event_has_its_codes(ontology: rdflib.Graph, name: str) -> None:
    plover, cameo = event_classes()[name]
    assert (NS[name], RDFS.subClassOf, NS.Event) in ontology
    assert ontology.value(NS[name], NS.classPlover) == (CODES[plover] if plover else None)
    assert ontology.value(NS[name], NS.classCameo) == (rdflib.Literal(cameo) if cameo else None)


def test_plover_types_have_quad_classes(ontology: rdflib.Graph) -> None:
    quads = {name: str(ontology.value(CODES[name], SKOS.broader)) for name in PLOVER.names}
    assert set(quads.values()) == {
        str(NS[q]) for q in ("VerbalCooperation", "MaterialCooperation", "VerbalConflict", "MaterialConflict")
    }


def test_cameo_has_twenty_roots(ontology: rdflib.Graph) -> None:
    roots = {str(s).removeprefix(str(CAMEO)) for s in ontology.subjects(SKOS.inScheme, NS.CameoScheme)}
    assert roots == {f"{n:02}" for n in range(1, 21)}


@pytest.mark.parametrize(
    ("terms", "kind", "scheme"),
    [
        (STATUS, Status, "StatusScheme"),
        (POLARITY, Polarity, "PolarityScheme"),
        (CERTAINTY, Certainty, "CertaintyScheme"),
        (TENSE, Tense, "TenseScheme"),
        (STANCE, Stance, "StanceScheme"),
        (ROLE, Role, "RoleScheme"),
        (FORM, Form, "FormScheme"),
    ],
)
def test_closed_lists_are_schemes(ontology: rdflib.Graph, terms: Terms[str], kind: object, scheme: str) -> None:
    assert tuple(terms.term) == get_args(kind)
    assert set(terms.value) == {str(s) for s in ontology.subjects(SKOS.inScheme, NS[scheme])}
    for value, token in terms.term.items():
        assert terms.read[token] == terms.value[token[1:-1]] == value
        assert str(ontology.value(URIRef(token[1:-1]), SKOS.notation)) == value


def test_predicates_and_shortcuts_are_properties(ontology: rdflib.Graph) -> None:
    assert tuple(PREDICATES.term) == get_args(Predicate)
    assert tuple(SHORTCUTS) == get_args(Plover)
    for token in (*PREDICATES.term.values(), *SHORTCUTS.values()):
        assert (URIRef(token[1:-1]), RDF.type, OWL.ObjectProperty) in ontology


def test_names_of_classes_and_of_values_never_meet() -> None:
    values = {t.rpartition("#")[2][:-1] for terms in (STATUS, STANCE, ROLE, TENSE, FORM) for t in terms.term.values()}
    assert values.isdisjoint(event_classes())
    assert values.isdisjoint(get_args(EntityType))
    assert set(get_args(EntityType)).isdisjoint(event_classes())


@pytest.mark.parametrize("name", ["Meting", "assertd", "__wrapped__", ""])
def test_a_misspelt_term_raises(name: str) -> None:
    with pytest.raises(AttributeError):
        getattr(KG, name)
    with pytest.raises(AttributeError):
        getattr(KG.token, name)
    with pytest.raises(ValueError, match="neither"):
        class_token(name)


def test_prefixes_shorten() -> None:
    assert shorten(NS + "Meeting") == "kg:Meeting"
    assert shorten("https://example.org/actor/x", "https://example.org/") == "actor:x"
    assert all(iri.endswith(("#", "/")) for iri in PREFIXES.values())


def test_prefixes_of_the_files_are_those_of_the_code() -> None:
    for file in ("kg.ttl", "shapes.ttl"):
        found = dict(
            line.split()[1:3]
            for line in data_path("ontologies", file).read_text(encoding="utf-8").splitlines()
            if line.startswith("@prefix")
        )
        found.pop("kgs:", None)
        assert {name[:-1]: iri[1:-1] for name, iri in found.items()}.items() <= PREFIXES.items()
