"""Facts as a graph: RDF, the store on disk, queries, validation, exports, networks.

>>> from kg.model import Document, Extraction
>>> store = Store.memory(base="https://example.org/")
>>> store.put(Extraction(Document("oslo", "Norway hosted talks.")))
>>> len(store.quads)
4
"""

from __future__ import annotations

from kg.graph.store import Store, Writer

__all__ = ["Store", "Writer"]
