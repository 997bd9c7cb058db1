"""Who says or thinks what: source, cue and content, from cue lists, the parse and the quotation marks.

A cue (ontologies/cues) opens a frame; the content is what stands in the frame, the source is the subject, the
owner or the agent. Direct speech, headlines ("Minister: no talks") and fixed phrases ("according to") come
beside. `holder` is the chain of the source's head; `within` the attribution in whose content an attribution
stands, so that "officials said that he believes that …" is a chain of holders.

>>> from spacy.tokens import Doc
>>> from spacy.vocab import Vocab
>>> doc = Doc(Vocab(), words=["Rome", "denied", "lying"], lemmas=["Rome", "deny", "lie"], heads=[1, 1, 1],
...           deps=["nsubj", "ROOT", "xcomp"], pos=["PROPN", "VERB", "VERB"], tags=["NNP", "VBD", "VBG"])
>>> from kg.extract.actors import Actors
>>> [found] = find_attributions(Document("d", doc.text), doc, Actors(), Cues.load())
>>> [span.of(doc.text) for span in (*found.source, *found.cue, *found.content)], found.stance
(['Rome', 'denied', 'lying'], 'deny')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.attribution.frames import Frames
from kg.extract.attribution.headlines import Headlines, Names
from kg.extract.attribution.speech import Speech
from kg.extract.attribution.voices import Draft, Voices
from kg.extract.cues import Cues
from kg.extract.quotation import quotations
from kg.extract.syntax import Tree
from kg.model import Attribution, Document, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.actors import Actors

__all__ = ["find_attributions"]

_NAMES = frozenset({"PERSON", "ORG"})
_SELF = frozenset({"i", "we", "you", "me", "us", "one"})


def find_attributions(document: Document, doc: Doc, actors: Actors, cues: Cues) -> tuple[Attribution, ...]:
    """All attributions of a document, in the order of their cues."""
    tree = Tree.of(doc)
    voices = Voices(tree, cues)
    frames = Frames(tree, cues, voices)
    speech = Speech(tree, cues, voices, quotations(document.text), document.text)
    drafts: list[Draft] = []
    for i in range(len(tree.words)):
        draft = frames.match(i)
        if draft is None and tree.lower[i] in cues.phrases:
            draft = frames.phrase(i)
        if draft is not None and _holds(draft, tree, voices, speech):
            speech.widen(draft)
            drafts.append(draft)
    Headlines(tree, cues, speech.paragraph, _names(doc)).attribute(drafts)
    speech.attribute(drafts)
    speech.announced(drafts)
    return _finish(document.id, drafts, tree, voices, actors, speech)


def _names(doc: Doc) -> Names:
    """The tokens of people and organisations, also where the model saw no name, as in a headline."""
    named = {k for ent in doc.ents if ent.label_ in _NAMES for k in range(ent.start, ent.end)}
    words = {doc[k].text for k in named if doc[k].pos_ == "PROPN"}
    bodies = {k for ent in doc.ents if ent.label_ == "ORG" for k in range(ent.start, ent.end)}
    return Names(frozenset(named | {token.i for token in doc if token.text in words}), frozenset(bodies))


def _holds(draft: Draft, tree: Tree, voices: Voices, speech: Speech) -> bool:
    """Whether a match is worth keeping: it has a source, or a form that does without."""
    if draft.head is None:
        return draft.frame in ("clause", "raised") or voices.passive(draft.word) or tree.pos[draft.word] == "ADJ"
    return not (tree.lower[draft.head] in _SELF and speech.of[draft.word] >= 0)


def _finish(
    doc: str, drafts: list[Draft], tree: Tree, voices: Voices, actors: Actors, speech: Speech
) -> tuple[Attribution, ...]:
    kept: dict[str, Draft] = {}
    found: dict[str, Attribution] = {}
    for draft in sorted(drafts, key=lambda d: (d.cue[0], d.cue[-1])):
        cue, content = _spans(draft.cue, tree, speech, bare=True), _spans(draft.content, tree, speech)
        key = f"attribution-{cue[0].start}-{cue[0].end}" if cue else ""
        if not content or not key or key in found:
            continue
        kept[key] = draft
        found[key] = Attribution(
            id=key,
            doc=doc,
            source=_spans(draft.source, tree, speech),
            cue=cue,
            content=content,
            stance=draft.stance,
            rule=draft.rule,
            holder=_holder(draft, voices, actors),
        )
    return _prune(found, kept, _nest(kept, len(tree.words)), tree)


def _nest(drafts: Mapping[str, Draft], size: int) -> dict[str, str | None]:
    """For each, the attribution with the smallest content that its cue stands in."""
    inner: list[str | None] = [None] * size
    for key in sorted(drafts, key=lambda key: -len(drafts[key].content)):
        for k in drafts[key].content:
            inner[k] = key
    within: dict[str, str | None] = {}
    for key, draft in drafts.items():
        outer = inner[draft.word]
        # the larger is the outer one, so that two that hold each other's cues make no circle
        larger = outer is not None and len(drafts[outer].content) > len(draft.content)
        within[key] = outer if larger else None
    return within


def _prune(
    found: Mapping[str, Attribution], drafts: Mapping[str, Draft], within: Mapping[str, str | None], tree: Tree
) -> tuple[Attribution, ...]:
    """Of attributions inside others, keep those that pass a clause on to another voice."""
    kept = {key for key, outer in within.items() if outer is None or _passes_on(found, drafts, key, outer, tree)}
    pruned = []
    for key, attribution in found.items():
        if key in kept:
            above = within[key]
            while above is not None and above not in kept:
                above = within[above]
            pruned.append(replace(attribution, within=above))
    return tuple(pruned)


def _passes_on(found: Mapping[str, Attribution], drafts: Mapping[str, Draft], key: str, outer: str, tree: Tree) -> bool:
    head, frame = drafts[key].head, drafts[key].frame
    if head is None:
        return False
    # "denied Peru's claim that …" keeps Peru's voice
    claim = frame == "noun" and drafts[key].word in _objects(drafts[outer], tree)
    if not (frame in ("clause", "phrase", "speech") or claim or drafts[outer].head is None):
        return False
    holder = found[key].holder
    return tree.pos[head] != "PRON" if holder is None else holder != found[outer].holder


def _objects(draft: Draft, tree: Tree) -> list[int]:
    """What a verb of denial or doubt denies, where it is a noun."""
    if draft.stance not in ("deny", "doubt"):
        return []
    found = tree.all(draft.word, ("dobj", "nsubjpass"))
    return [*found, *(k for c in found for k in tree.all(c, ("conj",)))]


def _holder(draft: Draft, voices: Voices, actors: Actors) -> str | None:
    """The chain of a source: of its head, else of the name inside it ("a New York Times report")."""
    if draft.head is None:
        return None
    head = voices.antecedent(draft.head)
    mention = actors.headed_by(head) or actors.covering(head)
    if mention is None:
        inner = voices.of_noun(head, None)
        mention = None if inner is None else actors.headed_by(inner) or actors.covering(inner)
    return None if mention is None else mention.entity


def _loose(i: int, tree: Tree) -> bool:
    return tree.pos[i] in ("PUNCT", "SPACE") or tree.deps[i] == "cc"


def _spans(tokens: Iterable[int], tree: Tree, speech: Speech, *, bare: bool = False) -> tuple[Span, ...]:
    """Character spans of runs of tokens, without the punctuation at their ends, quoted runs with theirs."""
    found: list[Span] = []
    run: list[int] = []
    for k in [*sorted(set(tokens)), -1]:
        if run and k != run[-1] + 1:
            while run and tree.pos[run[0]] in ("PUNCT", "SPACE") and (speech.of[run[0]] < 0 and not bare):
                run.pop(0)
            while run and speech.of[run[-1]] < 0 and not bare and _loose(run[-1], tree):
                run.pop()
            if run:
                found.append(Span(tree.starts[run[0]], tree.ends[run[-1]]))
            run = []
        run.append(k)
    return tuple(found)
