"""kg: political news as a knowledge graph that can be defended.

    import kg

    graph = kg.build(["seeds"])
    graph.query("who-met-whom")
    graph.explain("Sergei Lavrov")
    graph.view("graph.html")

Names are loaded when they are first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import KGError
    from kg.library import Graph, build
    from kg.library import network_of as network
    from kg.library import open_graph as open  # noqa: A004
    from kg.model import Document, Entity, Event, Facts, Relation, Report
    from kg.text.read import read

__all__ = [
    "Document",
    "Entity",
    "Event",
    "Facts",
    "Graph",
    "KGError",
    "Relation",
    "Report",
    "__version__",
    "build",
    "network",
    "open",
    "read",
]

__version__ = "0.1.0"

_HOMES = {
    "KGError": ("kg.errors", "KGError"),
    "network": ("kg.library", "network_of"),
    "Graph": ("kg.library", "Graph"),
    "build": ("kg.library", "build"),
    "open": ("kg.library", "open_graph"),
    "read": ("kg.text.read", "read"),
    **{name: ("kg.model", name) for name in ("Document", "Entity", "Event", "Facts", "Relation", "Report")},
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value
