"""Charts and tables from the figures of `python -m bench.load`: `python -m bench.charts`.

Reads every file in `bench/figures`, one for each size, and writes
`docs/explanation/how-fast-pages.md`, with its pictures in
`docs/pictures/how-fast`. Behind every picture stands its table.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import vl_convert

_HERE = Path(__file__).parent
_FIGURES = _HERE / "figures"
_PAGE = _HERE.parent / "docs" / "explanation" / "how-fast-pages.md"
_PICTURES = _HERE.parent / "docs" / "pictures" / "how-fast"
_INK, _RULE = "#1b2a33", "#d8d1c3"
_COLOURS = ("#12564a", "#d9822b", "#7a5195")
_FONT = "sans-serif"

type Run = dict[str, Any]
type Bar = dict[str, str | float]

_INTRO = (
    "# Whole pages under load\n\nWritten by `python -m bench.charts` from the files in"
    " `bench/figures`; [How fast it is](how-fast.md) says how they are measured and what they are"
    " held against."
)


def runs() -> list[Run]:
    """What was measured, the smallest partnership first."""
    found = [json.loads(file.read_text(encoding="utf-8")) for file in _FIGURES.glob("*.json")]
    return sorted(found, key=lambda run: run["people"])


def title(run: Run) -> str:
    """A partnership by its size."""
    return f"{run['people']:,} people, {run['families']:,} families"


def _bars(told: Iterable[Run], value: Callable[[Run, str], dict[str, float]]) -> list[Bar]:
    return [
        {"page": page, "of": label, "value": number}
        for run in told
        for page in run["pages"]
        for label, number in value(run, page).items()
    ]


def picture(name: str, axis: str, bars: list[Bar], *, stacked: bool) -> str:
    """Draw bars, one row for each page. Returns the picture as Markdown shows it."""
    pages = list(dict.fromkeys(str(bar["page"]) for bar in bars))
    labels = list(dict.fromkeys(str(bar["of"]) for bar in bars))
    encoding: dict[str, Any] = {
        "y": {"field": "page", "type": "nominal", "sort": pages, "title": None},
        "x": {"field": "value", "type": "quantitative", "title": axis},
        "color": {
            "field": "of",
            "type": "nominal",
            "sort": labels,
            "title": None,
            "scale": {"domain": labels, "range": list(_COLOURS[: len(labels)])},
            "legend": {"orient": "top", "direction": "vertical", "labelLimit": 400},
        },
    }
    if not stacked:
        encoding["yOffset"] = {"field": "of", "type": "nominal", "sort": labels}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": bars},
        "mark": {"type": "bar"},
        "width": 480,
        "padding": {"left": 32, "right": 24, "top": 8, "bottom": 8},  # for wider letters than here
        "height": {"step": 22 if stacked else 14},
        "encoding": encoding,
        "config": {
            "font": _FONT,
            "background": "#ffffff",
            "axis": {"labelColor": _INK, "titleColor": _INK, "labelLimit": 240, "gridColor": _RULE},
            "legend": {"labelColor": _INK},
            "view": {"stroke": None},
        },
    }
    _PICTURES.mkdir(parents=True, exist_ok=True)
    drawn = vl_convert.vegalite_to_svg(spec, vl_version="6.1")
    (_PICTURES / f"{name}.svg").write_text(drawn + "\n", encoding="utf-8")
    return (
        f"![{axis}, by page; the table below has the same figures](../pictures/how-fast/{name}.svg)"
    )


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _told(run: Run) -> str:
    pages = run["pages"]
    empty = pages["an empty page"]["several"]
    rows = []
    for page, found in pages.items():
        several, one, told = found["several"], found.get("one", {}), found["counted"]
        rows.append(
            [
                page,
                f"{one['median_ms']}, {one['p95_ms']}" if one else "",
                f"{several['median_ms']}, {several['p95_ms']}",
                several["per_second"],
                f"{several['median_ms'] / empty['median_ms']:.1f}",
                told["queries"],
                told["database_ms"],
                run["by_hand_ms"].get(page, ""),
                (
                    f"{several['web_work_ms']} + {several['database_work_ms']}"
                    f" + {several['client_work_ms']}"
                ),
            ]
        )
    head = (
        "page",
        "one client, ms",
        f"{run['clients']} clients, ms",
        "a second",
        "times an empty page",
        "queries",
        "of them waited, ms",
        "same rows by hand, ms",
        "work: server + database + client, ms",
    )
    arriving = [
        [name, told["median_ms"], told["p95_ms"], told["p99_ms"]]
        for name, told in run["arriving"].items()
    ]
    idle, busy = run["memory_idle"], run["memory"]
    return "\n\n".join(
        (
            f"## {title(run)}",
            (
                f"{run['machine']}; the machine's load was {run['load'][0]} at the start and"
                f" {run['load'][1]} at the end, with other work beside it. {run['workers']} workers"
                " of four threads. Milliseconds at the median and at the 95th of a hundred."
            ),
            table(head, rows),
            (
                f"A mixture of them, {run['rate']:g} a second, each counted from the moment at"
                " which it was due:"
            ),
            table(("page", "median, ms", "95th, ms", "99th, ms"), arriving),
            (
                f"It answered {run['starting_seconds']} s after it was started. The web server held"
                f" {idle['web_mb']:g} MB at the start and {busy['web_mb']:g} MB at the end of the"
                f" load; the database {idle['database_mb']:g} and {busy['database_mb']:g} MB."
            ),
        )
    )


def main() -> None:
    """Draw and write."""
    told = runs()
    latency = _bars(told, lambda run, page: {title(run): run["pages"][page]["several"]["p95_ms"]})
    largest = told[-1]
    parts = (
        ("server", "web_work_ms"),
        ("database", "database_work_ms"),
        ("client", "client_work_ms"),
    )
    work = _bars(
        [largest],
        lambda run, page: {name: run["pages"][page]["several"][key] for name, key in parts},
    )
    clients = largest["clients"]
    text = "\n\n".join(
        (
            _INTRO,
            "## How long a page takes\n\n"
            + picture(
                "pages",
                f"milliseconds at the 95th of a hundred, {clients} clients",
                latency,
                stacked=False,
            ),
            "## Whose work it is\n\n"
            + picture("work", f"milliseconds of processor, {title(largest)}", work, stacked=True),
            *map(_told, told),
        )
    )
    _PAGE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
