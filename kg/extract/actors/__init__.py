"""Who is spoken of: names, descriptions and pronouns, in chains of one actor each."""

from __future__ import annotations

from kg.extract.actors.finding import Actors, find_actors

__all__ = ["Actors", "find_actors"]
