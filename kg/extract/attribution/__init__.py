"""Who says what: source, cue and content of each attribution."""

from __future__ import annotations

from kg.extract.attribution.finding import find_attributions

__all__ = ["find_attributions"]
