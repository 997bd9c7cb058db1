"""Who did what to whom, in the code book."""

from __future__ import annotations

from kg.extract.events.finding import Coding, code_document, find_events

__all__ = ["Coding", "code_document", "find_events"]
