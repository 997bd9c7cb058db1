"""The interactive page of a graph.

>>> from kg.model import Facts
>>> page(Facts()).startswith("<!doctype html>")
True
"""

from __future__ import annotations

from kg.view.page import page, write_page

__all__ = ["page", "write_page"]
