"""The text of a PDF as one grid: words by their places, columns by the heads above them.

Banks print their statements as tables without a machine-readable grid. A line of heads is found by its form
(several short cells without digits, followed by lines that begin with a day); its cells fix the columns. A
cell that wraps over lines belongs to the payment whose day stands nearest. Without such a line every line of
text is a row of one cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from planner.earnings.document import Document
from planner.earnings.limits import MAX_ROWS, UnreadableError

MOST_PAGES = 1_000
MOST_BYTES = 64 * 1024 * 1024
MOST_LETTERS = 20_000_000
_DAY = re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?|\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_LEAST_HEADS = 4
# Where a font has one glyph for a radical and a letter, PDFs give the radical; NFKC folds only one block.
_RADICALS = str.maketrans(
    "⼾⺠⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺟⺁⺌⺎⺏⺐⺑⺒⺓⺔⺕⺗⺘⺙⺛⺝⺞",
    "户民见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟母厂小兀尣尢尣巳幺彑彐心手攵旡月歺",
)
_ENCODING = "pdf"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a wide gap; `top` grows down the whole document, all in points."""

    text: str
    left: float
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def pdf_documents(name: str, raw: bytes, password: str | None) -> list[Document]:
    """The document of a PDF; UnreadableError for a locked, damaged or endless one."""
    if len(raw) > MOST_BYTES:
        raise UnreadableError("too_large")
    lines = list(_lines(_words(raw, password)))
    if not lines:
        raise UnreadableError("unknown_format")  # pictures of a statement hold no text
    return [Document(name, _ENCODING, grid=table(lines))]


def _words(raw: bytes, password: str | None) -> Iterator[Word]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(raw, password=password.strip() if password else None)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableError("wrong_password" if password else "password_required") from None
        raise UnreadableError("damaged_file") from None
    above, letters = 0.0, 0
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableError("too_large")
        for page in document:
            text = page.get_textpage()
            letters += text.count_chars()
            if letters > MOST_LETTERS:
                raise UnreadableError("too_large")
            height = page.get_height()
            yield from _page_words(text, above, height)
            above += height
            text.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise UnreadableError("damaged_file") from None
    finally:
        document.close()


def _page_words(text: object, above: float, height: float) -> Iterator[Word]:
    """The words of a page: letters of one line whose gap is less than a third of their height."""
    run: list[tuple[str, float, float, float, float]] = []
    count = text.count_chars()  # type: ignore[attr-defined]
    whole = text.get_text_range(0, count) if count else ""  # type: ignore[attr-defined]
    if len(whole) != count:
        whole = "".join(text.get_text_range(place, 1) for place in range(count))  # type: ignore[attr-defined]
    for place, letter in enumerate(whole):
        left, bottom, right, top = text.get_charbox(place, loose=True)  # type: ignore[attr-defined]
        box = (letter, left, right, above + height - top, max(top - bottom, 1.0))
        if letter.isspace() or letter == "\ufffe":
            yield from _word(run)
            run = []
            continue
        if run:
            last = run[-1]
            apart = box[1] - last[2] > 0.3 * last[4] or box[1] < last[1] - 0.5 * last[4]
            if apart or abs(box[3] - last[3]) > 0.5 * last[4]:
                yield from _word(run)
                run = []
        run.append(box)
    yield from _word(run)


def _word(run: Sequence[tuple[str, float, float, float, float]]) -> Iterator[Word]:
    if run:
        letters, lefts, rights, tops, sizes = zip(*run, strict=True)
        text = unicodedata.normalize("NFKC", "".join(letters).translate(_RADICALS))
        yield Word(text, min(lefts), max(rights), min(tops), max(sizes))


def _lines(words: Iterator[Word]) -> Iterator[list[Word]]:
    """The words by line, from the top down, each line from left to right."""
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (word.top, word.left)):
        if line and word.top - line[0].top > 0.5 * line[0].size:
            yield sorted(line, key=lambda each: each.left)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda each: each.left)


def table(lines: Sequence[list[Word]]) -> list[list[str]]:
    """The lines as rows under the first line of heads; as whole lines where there is none."""
    heads_at = next((place for place, line in enumerate(lines) if _is_heads(lines, place)), None)
    if heads_at is None:
        return [[" ".join(word.text for word in line)] for line in lines]
    heads = lines[heads_at]
    names = [head.text for head in heads]
    rows = [[" ".join(word.text for word in line)] for line in lines[:heads_at]]
    rows.append(names)
    body = [line for line in lines[heads_at + 1 :] if [word.text for word in line] != names]
    for block in _payments(body, heads):
        cells: list[str] = [""] * len(heads)
        for column, words in groupby(
            sorted(block, key=lambda word: (_column(word, heads), word.top, word.left)),
            key=lambda word: _column(word, heads),
        ):
            cells[column] = _joined([word.text for word in words])
        rows.append(cells)
        if len(rows) > MAX_ROWS:
            raise UnreadableError("too_large")
    return rows


def _is_heads(lines: Sequence[list[Word]], place: int) -> bool:
    """Several cells without a digit, and soon below them a line that begins with a day."""
    line = lines[place]
    if len(line) < _LEAST_HEADS or any(re.search(r"\d", word.text) for word in line):
        return False
    return any(_begins(following) for following in lines[place + 1 : place + 4])


def _begins(line: Sequence[Word]) -> bool:
    return any(_DAY.match(word.text) for word in line[:2])


def _payments(body: Sequence[list[Word]], heads: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of each payment; a line without a day goes to the nearest line with one on its page."""
    anchors = [place for place, line in enumerate(body) if _begins(line)]
    if not anchors:
        return
    owned: dict[int, list[Word]] = {}
    for place, line in enumerate(body):
        nearest = min(anchors, key=lambda anchor: abs(body[anchor][0].top - line[0].top))
        is_near = abs(body[nearest][0].top - line[0].top) < 2.5 * body[nearest][0].size
        owned.setdefault(nearest if is_near else place, []).extend(line)  # else a note or a total by itself
    yield from (owned[place] for place in sorted(owned))


def _column(word: Word, heads: Sequence[Word]) -> int:
    """The head above a word: the one it overlaps most, else the nearest."""

    def distance(place: int) -> tuple[float, float]:
        head = heads[place]
        overlap = min(word.right, head.right) - max(word.left, head.left)
        return (-overlap if overlap > 0 else 0.0, abs(head.middle - word.middle))

    overlapping = [place for place in range(len(heads)) if distance(place)[0] < 0]
    return min(overlapping or range(len(heads)), key=distance)


def _joined(parts: Sequence[str]) -> str:
    """A wrapped cell as one text: Chinese runs on, Latin words keep their space."""
    joined = ""
    for part in parts:
        gap = (
            " " if joined and joined[-1].isascii() and part[0].isascii() and not joined[-1].isdigit() else ""
        )
        joined += gap + part
    return joined
