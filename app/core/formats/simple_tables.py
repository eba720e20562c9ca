"""Tables as Markdown has them: single lines, one head, no cell over several places."""

from __future__ import annotations

from typing import Any

from app.core.formats.tree import NO_ATTRIBUTES, Node, changed, plain, raw, text


def simple_table(content: Any) -> list[Node]:
    """A table of single lines, with a head, and without cells that reach over others."""
    _, _, columns, head, bodies, foot = content
    count = len(columns)
    rows = [
        *((_row(row, count), True) for row in head[1]),
        *((_row(row, count), False) for body in bodies for part in body[2:4] for row in part),
        *((_row(row, count), False) for row in foot[1]),
    ]
    if not rows:
        return []
    heads = [row for row, is_head in rows if is_head] or [rows[0][0]]
    body = [row for row, _ in rows if row is not heads[0]]
    widths = [[alignment, {"t": "ColWidthDefault"}] for alignment, _ in columns]
    return [
        {
            "t": "Table",
            "c": [
                NO_ATTRIBUTES,
                [None, []],
                widths,
                [NO_ATTRIBUTES, [heads[0]]],
                [[NO_ATTRIBUTES, 0, [], body]],
                [NO_ATTRIBUTES, []],
            ],
        },
        *content[1][1],
    ]


def _row(row: Any, count: int) -> Any:
    cells = []
    for cell in row[1]:
        _, _, _, across, blocks = cell
        empty: list[Any] = [NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, []]
        line = _on_one_line(blocks)
        filled = [{"t": "Plain", "c": line}] if line else []
        cells.append([NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, filled])
        cells += [empty] * (across - 1)
    missing = count - len(cells)
    cells += [[NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, []] for _ in range(missing)]
    return [NO_ATTRIBUTES, cells[:count]]


def _on_one_line(blocks: Any) -> list[Node]:
    """The blocks of a cell as one line, with breaks as Markdown allows them there."""
    line: list[Node] = []
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            part = changed(content, lambda n: [raw("<br>")] if n["t"] == "LineBreak" else None)
        elif kind == "Header":
            part = content[2]
        elif kind == "BulletList":
            part = _on_one_line([item for each in content for item in each])
        elif kind == "OrderedList":
            part = _on_one_line([item for each in content[1] for item in each])
        elif kind == "RawBlock":
            part = [{"t": "Code", "c": [NO_ATTRIBUTES, content[1].strip("`\n")]}]
        else:
            part = [text(plain(block).strip())]
        if part:
            line += [raw("<br>"), *part] if line else part
    return line
