"""The graph as an rdflib Dataset: the same triples, read from the store where they lie.

>>> from kg.graph.store import Store
>>> len(as_rdflib(Store.memory()))
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib

from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.graph.store import Store

__all__ = ["as_rdflib"]


def as_rdflib(store: Store) -> rdflib.Dataset:
    """An rdflib Dataset over the store, its default graph the union of all; valid while the store is open."""
    from oxrdflib import OxigraphStore

    dataset = rdflib.Dataset(store=OxigraphStore(store=store.quads), default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    return dataset
