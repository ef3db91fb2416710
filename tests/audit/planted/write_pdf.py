"""PDF by Typst: ruled or borderless tables whose header repeats on every page, or what an office program prints."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.planted.model import Block, Cell, Grid, Heading, Item
from audit.planted.write_docx import write as write_docx

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\#$*_`<>@=-+~[]\"'/"})


def write(blocks: Sequence[Block], path: Path, ruled: bool = True) -> None:
    import typst

    head = '#set page(paper: "a4", margin: 1.5cm, numbering: "1")\n#set text(lang: "ru", size: 9pt)\n'
    head += f"#set table(stroke: {'0.5pt' if ruled else 'none'})\n"
    path.write_bytes(typst.compile((head + "\n\n".join(_pieces(blocks))).encode()))


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield _table(block)
        elif isinstance(block, Heading):
            yield f"{'=' * block.level} {block.text.translate(_SIGNS)}"
        elif isinstance(block, Item):
            yield f"- {block.text.translate(_SIGNS)}"
        else:
            yield block.text.translate(_SIGNS)


def _table(grid: Grid) -> str:
    head = "".join(map(_cell, (cell for row in grid.rows[: grid.header] for cell in row)))
    body = "".join(map(_cell, (cell for row in grid.rows[grid.header :] for cell in row)))
    return f"#table(columns: (1fr,) * {grid.width}, table.header({head}), {body})"


def _cell(cell: Cell) -> str:
    spans = f"rowspan: {cell.rows}, colspan: {cell.columns}, " if cell.rows * cell.columns > 1 else ""
    text = cell.text.translate(_SIGNS)
    return f"table.cell({spans})[{text}], " if spans else f"[{text}], "


def through_office(blocks: Sequence[Block], path: Path) -> None:
    """DOCX printed by LibreOffice. Raises FileNotFoundError where it is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("LibreOffice (soffice) is not installed: tools/install_system.sh installs it")
    source = path.with_suffix(".docx")
    write_docx(blocks, source)
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)]
    subprocess.run(convert, check=True, capture_output=True)
    source.unlink()
