"""The small graph for tests of what comes after linking."""

from __future__ import annotations

import pytest

from kg.model import Extraction, Facts
from tests.graph.small import EXTRACTIONS, FACTS


@pytest.fixture(scope="session")
def small_facts() -> Facts:
    """Three documents, eleven events of every status, four relations."""
    return FACTS


@pytest.fixture(scope="session")
def small_extractions() -> tuple[Extraction, ...]:
    """What the three documents say each alone."""
    return EXTRACTIONS
