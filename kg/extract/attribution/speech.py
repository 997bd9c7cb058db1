"""Direct speech: what quotation marks and dashes attribute, with or without the grammar.

A quotation belongs to the verb of saying that stands right behind it, else in front of it, else to the speaker
of the quotation before it in the same paragraph; "\"…\" — Jane Roe" names its source beside the dash.

>>> from kg.extract.quotation import quotations
>>> rows = [("“", "“", "PUNCT", "``", "punct", 1), ("Go", "go", "VERB", "VB", "ROOT", 1)]
>>> rows += [("now", "now", "ADV", "RB", "advmod", 1), (".", ".", "PUNCT", ".", "punct", 1)]
>>> rows += [("”", "”", "PUNCT", "''", "punct", 1), ("—", "—", "PUNCT", ":", "punct", 6)]
>>> rows += [("Ann", "Ann", "PROPN", "NNP", "ROOT", 6)]
>>> tree, cues, drafts = Tree.of_rows(rows), Cues.load(), []
>>> text = " ".join(tree.words)
>>> Speech(tree, cues, Voices(tree, cues), quotations(text), text).attribute(drafts)
>>> [(draft.source, draft.content) for draft in drafts]
[([6], [0, 1, 2, 3, 4])]
"""

from __future__ import annotations

from kg.extract.attribution.voices import DASHES, Draft, Voices
from kg.extract.cues import Cue, Cues
from kg.extract.quotation import Quotation
from kg.extract.syntax import Tree

__all__ = ["Speech"]

_VERBAL = frozenset({"VERB", "AUX"})
_SIGNS = frozenset({",", ".", "?", "!", ":", ";", "…", "...", "—", "–", "-", "--", '"', "'", "''", "``"})
_BEHIND, _FRONT = 14, 24
DASH = "cues/speech:dash"


class Speech:
    """Finds the speakers of the quotations of one document; extends the drafts that the grammar made."""

    def __init__(self, tree: Tree, cues: Cues, voices: Voices, quotes: tuple[Quotation, ...], text: str) -> None:
        self.tree, self.cues, self.voices, self.text = tree, cues, voices, text
        self.quotes = [q for q in quotes if not q.single]
        self.of = [-1] * len(tree.words)
        self.tokens = self._place()
        self.paragraph = self._paragraphs()

    def _place(self) -> list[list[int]]:
        """The tokens of each quotation."""
        tree, i, found = self.tree, 0, []
        for number, quote in enumerate(self.quotes):
            while i < len(tree.words) and tree.ends[i] <= quote.start:
                i += 1
            tokens = []
            while i < len(tree.words) and tree.starts[i] < quote.end:
                self.of[i] = number
                tokens.append(i)
                i += 1
            found.append(tokens)
        return found

    def _paragraphs(self) -> list[int]:
        """Number of the paragraph that each token is in."""
        found, number, last = [], 0, 0
        for start, end, pos in zip(self.tree.starts, self.tree.ends, self.tree.pos, strict=True):
            if pos != "SPACE":
                number += "\n" in self.text[last:start]
                last = end
            found.append(number)
        return found

    def speech(self, number: int) -> bool:
        """Whether a quotation is a sentence or more, not a quoted word."""
        tokens = [k for k in self.tokens[number] if self.tree.words[k] not in _SIGNS]
        if len(tokens) < 2:
            return False
        before_close = self.tokens[number][-2] if self.quotes[number].closed else self.tokens[number][-1]
        ends = self.tree.words[before_close] in (",", ".", "?", "!", "…", "...", "-", "—")
        return ends or (len(tokens) > 4 and any(self.tree.pos[k] in _VERBAL for k in tokens))

    # -- what the grammar found ---------------------------------------------------------------------

    def widen(self, draft: Draft) -> None:
        """A content that begins or ends in a quotation takes all of it; one whose head is quoted is direct speech."""
        here = self.of[draft.word]
        touched = sorted({self.of[k] for k in draft.content if self.of[k] >= 0 and self.of[k] != here})
        if not touched:
            return
        content = set(draft.content)
        for number in touched:
            inside = [k for k in self.tokens[number] if k not in draft.cue and k not in draft.source]
            content.update(inside)
        quoted = {k for number in touched for k in self.tokens[number]}
        words = [k for k in draft.content if self.tree.words[k] not in _SIGNS]
        outside = [k for k in words if k not in quoted]
        if words and words[0] in quoted and len(outside) <= 0.2 * len(words):
            content &= quoted
        draft.content = sorted(content)

    # -- what it did not find -----------------------------------------------------------------------

    def attribute(self, drafts: list[Draft]) -> None:
        """Give each quotation without a speaker its speaker: a new draft, or more content of one that is there."""
        by_cue = {draft.word: draft for draft in drafts}
        speaker: dict[int, Draft] = {}
        for draft in drafts:
            for k in draft.content:
                if self.of[k] >= 0 and self.of[k] != self.of[draft.word]:
                    speaker.setdefault(self.of[k], draft)
        for number, quote in enumerate(self.quotes):
            if number in speaker or not self.tokens[number] or not self.speech(number):
                continue
            behind = self._behind(number)
            found = behind or self._front(number)
            if found is not None:
                draft = self._said(found, number, by_cue)
                if behind is not None:
                    draft.content.extend(self._lead(number, draft))
                if draft.word not in by_cue:
                    drafts.append(draft)
                    by_cue[draft.word] = draft
                speaker[number] = draft
                continue
            dashed = self._dash(number) or self._dash_before(number)
            if dashed is not None:
                drafts.append(dashed)
                speaker[number] = dashed
                continue
            before = speaker.get(number - 1)
            if before is not None and (quote.continues or self._same_paragraph(number - 1, number)):
                before.content.extend(self.tokens[number])
                speaker[number] = before

    def _same_paragraph(self, one: int, other: int) -> bool:
        return self.paragraph[self.tokens[one][-1]] == self.paragraph[self.tokens[other][0]]

    def _lead(self, number: int, draft: Draft) -> list[int]:
        """What stands in front of a quotation in its sentence: "When they signed "we were shocked," he said"."""
        first, lead = self.tokens[number][0], []
        for k in range(first - 1, max(first - _FRONT, -1), -1):
            if self.tree.sentences[k] != self.tree.sentences[first] or self.of[k] >= 0:
                break
            lead.append(k)
        taken = {*draft.cue, *draft.source}
        return [k for k in reversed(lead) if k not in taken]

    def announced(self, drafts: list[Draft]) -> None:
        """`The paper reports:` and, in a paragraph of its own without marks, what it reports."""
        tree = self.tree
        by_cue = {draft.word for draft in drafts}
        for last in range(1, len(tree.words) - 1):
            if tree.words[last] != ":" or self.paragraph[last] == self.paragraph[last + 1] or self.of[last] >= 0:
                continue
            first = last + 1
            while first < len(tree.words) and tree.pos[first] == "SPACE":
                first += 1
            if first == len(tree.words) or self.of[first] >= 0:
                continue
            found = self._before_colon(last)
            if found is None or found[0] in by_cue:
                continue
            i, cue = found
            end = first
            while end < len(tree.words) and self.paragraph[end] == self.paragraph[first]:
                end += 1
            head = self.voices.of_verb(i)
            content = list(range(first, end))
            drafts.append(
                Draft(i, self.voices.group(i), self.voices.phrase(head), head, content, cue.stance, cue.rule, "speech")
            )

    def _before_colon(self, last: int) -> tuple[int, Cue] | None:
        for i in range(last, max(last - _FRONT, -1), -1):
            if self.paragraph[i] != self.paragraph[last] or self.tree.words[i] in (".", "?", "!") or self.of[i] >= 0:
                return None
            cue = self._quoting(i)
            if cue is not None:
                return i, cue
        return None

    def _quoting(self, i: int) -> Cue | None:
        if self.tree.pos[i] not in _VERBAL or self.of[i] >= 0:
            return None
        for cue in self.cues.verbs.get(self.tree.lemmas[i], ()):
            if "quote" in cue.frames:
                return cue
        return None

    def _said(self, found: tuple[int, Cue], number: int, by_cue: dict[int, Draft]) -> Draft:
        i, cue = found
        known = by_cue.get(i)
        if known is not None:
            quoted = any(self.of[k] >= 0 for k in known.content)
            known.content = sorted({*(known.content if quoted else ()), *self.tokens[number]})
            return known
        head = self.voices.of_verb(i)
        if head is None or self.of[head] >= 0:
            head = self._beside(i)
        phrase = [k for k in self.voices.phrase(head) if self.of[k] < 0]
        if i in phrase:
            phrase = [head] if head is not None else []
        return Draft(i, self.voices.group(i), phrase, head, list(self.tokens[number]), cue.stance, cue.rule, "speech")

    def _beside(self, i: int) -> int | None:
        """The noun next to a verb of saying whose subject the parse does not show."""
        tree = self.tree
        near: list[int] = [*range(i + 1, min(i + 6, len(tree.words))), *range(i - 1, max(i - 6, -1), -1)]
        for k in near:
            if tree.sentences[k] != tree.sentences[i] or self.of[k] >= 0:
                break
            if tree.pos[k] in ("PROPN", "NOUN", "PRON") and tree.deps[k] != "compound":
                return k
        return None

    def _behind(self, number: int) -> tuple[int, Cue] | None:
        """`"…," said the minister` or `"…," the minister said`."""
        tree = self.tree
        first = self.tokens[number][-1] + 1
        paragraph = self.paragraph[first - 1]
        if first >= len(tree.words):
            return None
        stopped = self.quotes[number].closed and tree.words[first - 2] in (".", "…")
        if stopped and tree.words[first][:1].isupper() and tree.pos[first] not in ("PROPN", "PRON"):
            # a full stop inside the marks ends the sentence, unless the next word goes on in lower case
            return None
        for i in range(first, min(first + _BEHIND, len(tree.words))):
            if self.paragraph[i] != paragraph or self.of[i] >= 0 or tree.words[i] in (".", ";", ":"):
                return None
            cue = self._quoting(i)
            if cue is not None:
                gap = [k for k in range(first, i) if tree.words[k] not in _SIGNS]
                subject = tree.child(i, ("nsubj",))
                phrase = set(self.voices.phrase(subject)) if subject is not None else set()
                others = [k for k in gap if k not in phrase and tree.pos[k] not in ("ADV", "AUX", "PRON")]
                if len(others) <= (8 if subject is None else 3):
                    return i, cue
                return None
        return None

    def _front(self, number: int) -> tuple[int, Cue] | None:
        """`The minister said: "…"`, also with the colon at the end of the paragraph before."""
        tree = self.tree
        first = self.tokens[number][0]
        last = first - 1
        while last >= 0 and tree.pos[last] == "SPACE":
            last -= 1
        if last < 0:
            return None
        colon = tree.words[last] == ":"
        if self.paragraph[last] != self.paragraph[first] and not (
            colon and self.paragraph[first] - self.paragraph[last] == 1
        ):
            return None
        if tree.words[last] in (".", "?", "!") or self.of[last] >= 0:
            return None
        for i in range(last, max(last - _FRONT, -1), -1):
            if tree.words[i] in (".", "?", "!") or self.of[i] >= 0:
                return None
            cue = self._quoting(i)
            if cue is not None:
                return i, cue
        return None

    def _dash(self, number: int) -> Draft | None:
        """`"…" — Jane Roe, mayor`."""
        tree = self.tree
        first = self.tokens[number][-1] + 1
        if first >= len(tree.words) or tree.words[first] not in DASHES:
            return None
        rest = []
        for k in range(first + 1, min(first + 14, len(tree.words))):
            if self.paragraph[k] != self.paragraph[first] or self.of[k] >= 0:
                break
            rest.append(k)
        if not rest or tree.pos[rest[0]] not in ("PROPN", "DET") or any(tree.pos[k] == "VERB" for k in rest):
            return None
        head = next((k for k in rest if tree.pos[k] == "PROPN" and tree.deps[k] != "compound"), rest[0])
        return Draft(first, [first], rest, head, list(self.tokens[number]), "assert", DASH, "speech")

    def _dash_before(self, number: int) -> Draft | None:
        """`Jane Roe — "…"` that fills a paragraph."""
        tree = self.tree
        dash = self.tokens[number][0] - 1
        while dash >= 0 and tree.pos[dash] == "SPACE":
            dash -= 1
        if dash < 1 or tree.words[dash] not in DASHES or self.paragraph[dash] != self.paragraph[dash + 1]:
            return None
        first = dash
        while first > 0 and self.paragraph[first - 1] == self.paragraph[dash] and tree.pos[first - 1] != "SPACE":
            first -= 1
        source = list(range(first, dash))
        if not 0 < len(source) <= 8 or any(tree.pos[k] in _VERBAL for k in source) or tree.pos[source[-1]] != "PROPN":
            return None
        return Draft(dash, [dash], source, source[-1], list(self.tokens[number]), "assert", DASH, "speech")
