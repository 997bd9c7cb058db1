"""From files to parsed texts.

    files ──read──▶ Document ──annotate──▶ spaCy Doc ──find_dates──▶ DateExpression
                        └──segments──▶ Segment           └──Gazetteer.find──▶ Match

`read` (with `formats`, `language`, `published`) makes Documents; `structure` tells body from caption, credit and
byline; `annotate` (with `tokenize`) parses; `dates` (with `dateforms`, `datewords`, `periods`) makes dates absolute;
`gazetteer` finds known names. What they know of English news is data in `ontologies/text` and `ontologies/actors`.
"""

from __future__ import annotations

__all__: list[str] = []
