"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The English model, loaded once."""
    from kg.text.annotate import load_model

    return load_model()


@pytest.fixture(scope="session")
def article() -> Path:
    """A real analysis of US–Russian relations of May 2017, which lies beside the checkout on our machines only."""
    path = Path(__file__).parent.parent.parent / "shared" / "seeds" / "000_099ce06e10c1c202.txt"
    if not path.is_file():
        if os.environ.get("KG_NEEDS_ARTICLE"):
            pytest.fail(f"{path} should be here")
        pytest.skip("the article is not beside this checkout")
    return path
