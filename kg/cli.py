"""The commands of `kg`: each parses its arguments and calls one function.

Results go to stdout, progress and messages to stderr. Exit codes: 0 all done; 1 done, but something was
reported (a document that could not be read, a violation, no path); 2 could not be done.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg.errors import KGError
from kg.model import Period, Status

if TYPE_CHECKING:
    from kg.library import Graph

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    help="Turn political news into a knowledge graph that can be defended: who did what to whom, who says so, "
    "and how sure that is.",
    epilog="Start with: kg build seeds, then open output/graph.html",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

Folder = Annotated[Path, typer.Option("--graph", "-g", help="The folder that kg build wrote.")]
To = Annotated[Path | None, typer.Option("--to", "-t", help="File to write; standard output without it.")]
DEFAULT_FOLDER = Path("output")


class ResultFormat(StrEnum):
    """How kg query prints its answer."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    turtle = "turtle"


class ExportFormat(StrEnum):
    """What kg export can write."""

    turtle = "turtle"
    trig = "trig"
    nt = "nt"
    nquads = "nquads"
    jsonld = "jsonld"
    rdfxml = "rdfxml"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    facts = "facts"
    events = "events"


class StatusName(StrEnum):
    """Status of an event or relation."""

    asserted = "asserted"
    reported = "reported"
    denied = "denied"
    disputed = "disputed"
    expected = "expected"
    hypothetical = "hypothetical"


def main() -> None:
    """Run the command line; errors that a user can act on become one message and exit code 2."""
    try:
        app()
    except KGError as error:
        from kg.console import complain

        complain(error)
        raise SystemExit(2) from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def _print_version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
) -> None: ...


@app.command(epilog="Example: kg build articles/ --published 2017-05-17 --output output")
def build(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the graph.")] = DEFAULT_FOLDER,
    published: Annotated[
        str | None, typer.Option(help="Publication date of every document, as 2017-05-17.", metavar="DATE")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Who published them, such as 'The Washington Post'.")] = None,
    base: Annotated[str | None, typer.Option(help="What IRIs of this graph begin with.", metavar="IRI")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first bad document; write nothing.")] = False,
    text: Annotated[bool, typer.Option("--text/--no-text", help="Keep the texts in the results.")] = True,
    events: Annotated[bool, typer.Option("--events", help="Also write events.tsv, a row a dyad.")] = False,
    jobs: Annotated[int, typer.Option(help="Processes that parse; 0: one a core.", min=0)] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name each document.")] = False,
) -> None:
    """Read texts into the graph and write graph.ttl, facts.jsonl and graph.html."""
    from kg import console
    from kg.library import build_folder

    with console.progress(quiet=quiet, verbose=verbose) as tick:
        built = build_folder(
            inputs,
            output,
            published=_date(published, "--published"),
            source=source,
            base=base,
            strict=strict,
            text=text,
            events=events,
            jobs=jobs or os.cpu_count() or 1,
            progress=tick,
        )
    for problem in built.problems if quiet else (*built.notices, *built.problems):
        console.complain(problem)
    if not quiet:
        console.summary(built, output)
    if built.problems:
        raise typer.Exit(1)


@app.command(epilog="Example: kg query who-met-whom --format csv")
def query(
    query: Annotated[str, typer.Argument(help="SPARQL, a .rq file, or the name of a bundled query.")],
    graph: Folder = DEFAULT_FOLDER,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter of the query.", metavar="NAME=VALUE")
    ] = None,
    format: Annotated[ResultFormat, typer.Option("--format", "-f")] = ResultFormat.table,  # noqa: A002
    to: To = None,
) -> None:
    """Ask the graph in SPARQL."""
    from kg import console

    answer = _open(graph).query(_query_text(query), **_params(param or []))
    if format is ResultFormat.table and to is None:
        console.answer_table(answer)
    else:
        _write(to, answer.serialize(format.value))


@app.command(epilog="Example: kg queries")
def queries() -> None:
    """List the bundled queries and what they answer."""
    from kg import console
    from kg.graph.query import bundled

    console.query_list(bundled())


@app.command(epilog="Example: kg export graphml --to graph.graphml")
def export(
    format: Annotated[ExportFormat, typer.Argument(help="What to write.")],  # noqa: A002
    graph: Folder = DEFAULT_FOLDER,
    to: To = None,
    all_statuses: Annotated[
        bool, typer.Option("--all", help="graphml, gexf, csv: also what is not asserted, with its status.")
    ] = False,
) -> None:
    """Write the graph in a format that other programs read (csv: a folder with nodes.csv and edges.csv)."""
    opened = _open(graph)
    statuses: tuple[Status, ...] | None = None if all_statuses else ("asserted",)
    if format is ExportFormat.csv:
        if to is None:
            raise KGError("--to", "csv writes two files", remedy="name a folder with --to")
        opened.export_tables(to, statuses=statuses)
        return
    _write(to, opened.export(format.value, statuses=statuses))


@app.command(epilog="Example: kg view --around 'Sergei Lavrov' --to lavrov.html")
def view(
    graph: Folder = DEFAULT_FOLDER,
    around: Annotated[str | None, typer.Option(help="An actor: it and its neighbours.")] = None,
    event_type: Annotated[list[str] | None, typer.Option("--type", help="Meeting, ASSAULT …; may be repeated.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")] = None,
    end: Annotated[str | None, typer.Option("--until", help="Last day.", metavar="DATE")] = None,
    status: Annotated[list[StatusName] | None, typer.Option(help="Only this status; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many nodes.", min=2)] = 120,
    to: Annotated[Path, typer.Option("--to", "-t", help="The page to write.")] = Path("output/view.html"),
) -> None:
    """Write an interactive page of the whole graph, or of a part of it."""
    opened = _open(graph)
    opened.view(
        to,
        around=around,
        event_types=tuple(event_type or ()),
        period=_period(start, end),
        statuses=cast("tuple[Status, ...]", tuple(s.value for s in status or ())),
        limit=limit,
    )
    typer.echo(str(to))


@app.command(epilog="Example: kg explain Lavrov")
def explain(
    name: Annotated[str, typer.Argument(help="A label, an alias or an IRI of an actor, event or relation.")],
    graph: Folder = DEFAULT_FOLDER,
) -> None:
    """Say what is known of something, with each sentence, who says it, and the rule that read it."""
    from kg import console

    console.explanation(_open(graph).explain(name))


@app.command(epilog="Example: kg validate")
def validate(graph: Folder = DEFAULT_FOLDER) -> None:
    """Check the graph against its shapes (SHACL); each violation with its sentence."""
    from kg import console

    violations = _open(graph).validate()
    console.violations(violations)
    if violations:
        raise typer.Exit(1)


@app.command(epilog="Example: kg stats")
def stats(graph: Folder = DEFAULT_FOLDER) -> None:
    """Count what the graph holds."""
    from kg import console

    console.statistics(_open(graph).statistics())


@app.command(epilog="Example: kg remove 2014-03-21-crimea-sanctions.txt")
def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids of documents; kg query documents lists them.")],
    graph: Folder = DEFAULT_FOLDER,
    text: Annotated[bool, typer.Option("--text/--no-text", help="Keep the texts in the results.")] = True,
) -> None:
    """Take documents out of the graph, and with them all that only they say."""
    from kg import console
    from kg.library import remove_documents

    console.left(remove_documents(graph, documents, text=text))


@app.command(epilog="Example: kg path 'James Comey' Lavrov")
def path(
    a: Annotated[str, typer.Argument(help="An actor.")],
    b: Annotated[str, typer.Argument(help="Another actor.")],
    graph: Folder = DEFAULT_FOLDER,
    all_statuses: Annotated[bool, typer.Option("--all", help="Also over what is not asserted.")] = False,
) -> None:
    """Show how two actors are linked, with the sentences."""
    from kg import console

    steps = _open(graph).path(a, b, all_statuses=all_statuses)
    console.path_steps(steps)
    if not steps:
        raise typer.Exit(1)


@app.command(epilog="Example: kg code pairs.jsonl --output codes.jsonl")
def code(
    pairs: Annotated[Path, typer.Argument(help='JSON lines: {"id", "text", "source": {"start", "end"}, "target"}.')],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSON lines: the codes.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Code what one given actor does to another in a text (PLOVER, CAMEO, quad class)."""
    from kg.coding import code_file

    done, problems = code_file(pairs, output)
    if problems:
        from kg.console import complain

        for problem in problems:
            complain(problem)
    if not quiet:
        typer.echo(f"{done} pairs coded: {output}", err=True)
    if problems:
        raise typer.Exit(1)


codebook = typer.Typer(
    help="Look into the code book of events, and check it after a change.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
app.add_typer(codebook, name="codebook")


@codebook.command(epilog="Example: kg codebook show YIELD")
def show(
    type: Annotated[str, typer.Argument(help="A PLOVER type (YIELD), a class (Airstrike) or a CAMEO code (18).")],  # noqa: A002
    examples: Annotated[int, typer.Option(help="At most so many example sentences.", min=0)] = 5,
) -> None:
    """Show a type of event: definition, triggers with their conditions, example sentences."""
    from kg import console
    from kg.codebook import describe

    console.codebook_card(describe(type), limit=examples)


@codebook.command(epilog="Example: kg codebook check")
def check() -> None:
    """Read every table of the code book, and code the example of each line."""
    from kg import console
    from kg.codebook import check_codebook

    checked = check_codebook()
    console.codebook_checked(checked)
    if checked.problems:
        raise typer.Exit(1)


@codebook.command(epilog="Example: kg codebook train")
def train(
    to: Annotated[
        Path | None, typer.Option("--to", "-t", help="File for the weights; those in use without it.")
    ] = None,
) -> None:
    """Teach the learned coder from the example sentences, and say how well it learned them."""
    from kg import console
    from kg.teaching import teach, weights_path

    lesson = teach()
    path = to or weights_path()
    lesson.coder.save(path)
    console.lesson(lesson, path)


# ---------------------------------------------------------------------------------------- arguments


def _open(folder: Path) -> Graph:
    from kg.library import open_graph

    return open_graph(folder)


def _date(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KGError(option, f"{text!r} is not a date", remedy="write it as 2017-05-17") from None


def _period(start: str | None, end: str | None) -> Period | None:
    if start is None and end is None:
        return None
    return Period(_date(start, "--from") or date.min, _date(end, "--until") or date.max)


def _params(pairs: list[str]) -> dict[str, str]:
    params = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise KGError("--param", f"{pair!r} has no value", remedy="write NAME=VALUE")
        params[name] = value
    return params


def _query_text(query: str) -> str:
    if query.endswith(".rq") and Path(query).is_file():
        return Path(query).read_text(encoding="utf-8")
    return query


def _write(to: Path | None, content: str | bytes) -> None:
    data = content.encode("utf-8") if isinstance(content, str) else content
    if to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        from kg.graph.files import write_whole

        write_whole(to, data)
