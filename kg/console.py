"""What the commands print: results as tables on stdout, progress and messages on stderr.

Everything that comes from a text is printed as text: no markup, no control characters.

>>> complain(KGError("news.jsonl, line 7", "not valid JSON", remedy="correct the line"))
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import KGError
from kg.graph.printable import printable, wrapped

if TYPE_CHECKING:
    from kg.codebook import Card, Checked
    from kg.graph.answer import Answer
    from kg.graph.explain import Explanation
    from kg.graph.network import Step
    from kg.graph.query import BundledQuery
    from kg.graph.statistics import Statistics
    from kg.graph.validate import Violation
    from kg.model import Facts
    from kg.pipeline import Built
    from kg.teaching import Lesson

__all__ = [
    "answer_table",
    "codebook_card",
    "codebook_checked",
    "complain",
    "explanation",
    "left",
    "lesson",
    "path_steps",
    "progress",
    "query_list",
    "statistics",
    "summary",
    "violations",
]

_PARTS = {"v": "verb", "n": "noun", "a": "adjective", "x": "auxiliary"}
_REPORTED = {
    "asserted": "green",
    "reported": "cyan",
    "denied": "red",
    "disputed": "yellow",
    "expected": "blue",
    "hypothetical": "magenta",
}


def _out() -> Console:
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False)


def _err() -> Console:
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def complain(error: KGError) -> None:
    """One problem on stderr: place, what is wrong, remedy."""
    line = Text.assemble(("✗ ", "bold red"), (printable(error.place), "bold"), ": ", printable(error.problem))
    if error.remedy:
        line.append(f"\n  → {printable(error.remedy)}", style="dim")
    _err().print(line)


@contextmanager
def progress(*, quiet: bool, verbose: bool) -> Iterator[Callable[[str], None]]:
    """A counter of documents on stderr, if that is a terminal; `verbose` names each."""
    console = _err()
    if quiet or not console.is_terminal:
        yield lambda id_: console.print(printable(id_)) if verbose and not quiet else None
        return
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("documents", total=None)

        def tick(id_: str) -> None:
            bar.advance(task)
            if verbose:
                bar.console.print(printable(id_))

        yield tick


def summary(built: Built, folder: Path) -> None:
    """What a build found, and where it lies."""
    from kg.graph.statistics import statistics as count

    console = _out()
    console.print(_totals(count(built.facts), console.width))
    read = _counted(len(built.documents), "document")
    bad = f", {_counted(len(built.problems), 'problem')}" if built.problems else ""
    console.print(Text(f"{read} read{bad}. Open {folder / 'graph.html'} in a browser."), soft_wrap=True)


def left(facts: Facts) -> None:
    """What a removal leaves, on stderr."""
    _err().print(f"{_counted(len(facts.documents), 'document')}, {_counted(len(facts.events), 'event')} left")


def statistics(counts: Statistics) -> None:
    """What a graph holds: the totals with their parts, then events by code and status."""
    console = _out()
    console.print(_totals(counts, console.width))
    statuses = [name for name, _ in counts.events_by_status]
    if not statuses:
        return
    codes = _table("events", *statuses, right=True)
    for code, by_status in counts.events_by_code:
        numbers = dict(by_status)
        codes.add_row(code, *(str(numbers.get(status, "")) for status in statuses))
    console.print(codes)


def _totals(counts: Statistics, width: int) -> Table:
    rows = counts.rows()
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    room = width - 6 - max(len(str(number)) for _, number, _ in rows) - max(len(name) for name, _, _ in rows)
    for name, number, detail in rows:
        table.add_row(str(number), name, _filled(printable(detail).split(", "), max(room, 20)))
    return table


def _filled(parts: Sequence[str], width: int) -> str:
    """Parts with commas between them, in lines that end after a comma."""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]}, {part}" if lines[-1] else part
        if cell_len(longer) < width or not lines[-1]:
            lines[-1] = longer
        else:
            lines[-1] += ","
            lines.append(part)
    return "\n".join(lines)


def answer_table(answer: Answer) -> None:
    """Rows of a query: a table where it fits the terminal, else a block of lines for each row."""
    console = _out()
    rows = answer.table()
    widths = [max(map(cell_len, column)) for column in zip(answer.header, *rows, strict=True)]
    if sum(widths) + 3 * len(widths) <= console.width:
        table = _table(*answer.header)
        for row in rows:
            table.add_row(*map(_cell, row))
        console.print(table)
    else:
        for row in rows:
            console.print(_block(answer.header, row))
            console.print()
    console.print(_counted(len(rows), "row"))


def _block(header: Sequence[str], row: Sequence[str]) -> Table:
    block = Table(box=None, show_header=False, pad_edge=False)
    block.add_column(style="dim", no_wrap=True)
    block.add_column(overflow="fold")
    for name, cell in zip(header, row, strict=True):
        if cell:
            block.add_row(name, _cell(cell))
    return block


def _cell(text: str) -> Text:
    return Text(text, style=_REPORTED.get(text.lower(), ""))


def query_list(queries: Sequence[BundledQuery]) -> None:
    """The bundled queries: name and parameters, those that may be left out in brackets; then what each answers."""
    console = _out()
    for query in queries:
        params = (f" {p.name}" if p.default == "required" else f" [{p.name}]" for p in query.params)
        console.print(Text.assemble((query.name, "bold"), ("".join(params), "dim")))
        console.print(_lines(query.answers or query.title, console, "  "))


def explanation(found: Explanation) -> None:
    """All that is known of one thing."""
    console = _out()
    console.print(Text(found.to_text(width=_width(console)).rstrip("\n")), soft_wrap=True)


def violations(found: Sequence[Violation]) -> None:
    """What breaks the shapes, each with its sentence and node."""
    console = _out()
    for violation in found:
        console.print(_lines(f"✗ {violation.document or 'graph'}: {violation.message}", console), soft_wrap=True)
        if words := " ".join(violation.sentence.split()):
            console.print(_lines(f'"{words}"', console, "  "), soft_wrap=True)
        console.print(Text(f"  {printable(violation.focus)}", style="dim"), soft_wrap=True)
    console.print(Text(_counted(len(found), "violation") if found else "no violations"))


def path_steps(steps: Sequence[Step]) -> None:
    """Step by step, how two actors are linked."""
    console = _out()
    for step in steps:
        console.print(Text(step.to_text(width=_width(console)).rstrip("\n")), soft_wrap=True)
    if not steps:
        _err().print("no path; --all also goes over what is not asserted")


def codebook_card(card: Card, *, limit: int) -> None:
    """A type of the code book: classes, trigger lines by file, and at most `limit` example sentences."""
    console = _out()
    for kind in card.classes:
        codes = ", ".join(filter(None, (kind.plover, kind.cameo and f"CAMEO {kind.cameo}"))) or "outside the code book"
        console.print(Text.assemble((kind.name, "bold"), f"  {codes}"))
        console.print(_lines(kind.definition, console, "  "))
    for line in card.lines:
        console.print()
        console.print(_lines(", ".join(line.words), console))
        when = f"; when {' '.join(line.when)}" if line.when else ""
        code = f" {line.cameo}" if line.cameo else ""
        told = f"{line.file}:{line.number}, {_PARTS[line.pos]}, {line.type}{code}, frame {line.frame}{when}"
        console.print(_lines(told, console, "  "), style="dim")
        if line.example:
            console.print(_lines(f'"{line.example}"', console, "  "))
    if card.examples and limit:
        console.print(f"\n{_counted(len(card.examples), 'example sentence')}, such as")
        for example in card.examples[:: max(1, len(card.examples) // limit)][:limit]:
            console.print(_lines(example.text, console, "  "))


def codebook_checked(checked: Checked) -> None:
    """What a check of the code book counted, on stdout; what it found, on stderr."""
    for problem in checked.problems:
        complain(problem)
    counts = (
        f"{checked.classes} classes", _counted(checked.lines, "line"),
        f"{checked.words} triggers", _counted(checked.examples, "example sentence"),
    )  # fmt: skip
    _out().print(Text(", ".join(counts)))
    _out().print(Text(f"{checked.coded} lines tried on their example, {_counted(len(checked.problems), 'problem')}"))


def lesson(taught: Lesson, path: Path) -> None:
    """How well the learned coder learned the examples, and where its weights lie."""
    console = _out()
    table = _table("out of fold", "right", "mean F1 of types", right=True)
    for name, score in (("rules", taught.rules), ("learned coder", taught.model), ("both", taught.both)):
        table.add_row(name, f"{score.right:.3f}", f"{score.types:.3f}")
    console.print(table)
    console.print(Text(f"{taught.pairs} pairs; confidence off by {taught.error:.3f}; weights: {path}"), soft_wrap=True)


def _width(console: Console) -> int:
    """As wide as the terminal, but not so wide that sentences are hard to read."""
    return min(console.width, 100)


def _lines(text: str, console: Console, indent: str = "") -> Text:
    return Text("\n".join(wrapped(text, _width(console), indent, hang=indent or "  ")))


def _table(*headers: str, right: bool = False) -> Table:
    """A table; with `right`, all columns but the first hold numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, header in enumerate(headers):
        table.add_column(header, overflow="fold", justify="right" if right and i else "left")
    return table


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
