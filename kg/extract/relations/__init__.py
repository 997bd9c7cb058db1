"""Offices, memberships, alliances, places; and political concepts with whose they are."""

from __future__ import annotations

from kg.extract.relations.finding import RelationPatterns, Relations, find_relations

__all__ = ["RelationPatterns", "Relations", "find_relations"]
