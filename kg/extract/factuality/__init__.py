"""How sure a report is: polarity, certainty, tense, and whose statement it is."""

from __future__ import annotations

from kg.extract.factuality.judging import Judge, Judgement

__all__ = ["Judge", "Judgement"]
