"""The text of a PDF as one grid: words by their places, columns by the heads above them.

Banks print their statements as tables without a machine-readable grid. A line of heads is found by its form
(several short cells without digits, followed by lines with a day); its cells fix the columns. A line without
a day is a cell of the payment it stands close to that wraps. Without a line of heads every line of text is a
row of one cell.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from planner.earnings.document import Document
from planner.earnings.limits import MAX_ROWS, UnreadableError

MOST_PAGES = 1_000
MOST_BYTES = 64 * 1024 * 1024
MOST_LETTERS = 5_000_000
_DAY = re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?|\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_OF_DAYS = re.compile(r"日期|时间|[账易]日|date|day", re.IGNORECASE)
_LEAST_HEADS = 4
_LEAST_CELLS = 3  # of a payment's first line; fewer are a note
_NEAR = 2.0  # heights of a line within which the lines of one cell follow each other
# Heights from a line of heads to the pieces of those that wrap, and the most letters of a piece.
_ABOVE, _BELOW = (1.0, 8), (1.6, 5)
_MOST_LINES = 30  # of one cell
_SAME = 0.1  # part of that by which two gaps may differ and still be one
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
    found = next((place for place in range(len(lines)) if _is_heads(lines, place)), None)
    if found is None:
        return [[_told(line)] for line in lines]
    first = next(place for place in range(found, len(lines)) if _has_day(lines[place], lines[found]))
    named = [place for place in range(found, first) if _could_be_heads(lines[place])]
    at = max(named, key=lambda place: (_chinese(lines[place]), -place))
    heads, pieces = _whole_heads(lines, at)
    repeated = {_told(lines[place]) for place in named}  # in two languages, and again on every page
    told = ["", *map(_told, lines), ""]
    beside = [
        told[place - 1] in repeated or told[place + 1] in repeated for place in range(1, len(lines) + 1)
    ]
    rows = [[_told(line)] for line in lines[:found]]
    rows.append([head.text for head in heads])
    body = [
        lines[place]
        for place in range(found, len(lines))
        if told[place + 1] not in repeated and not (beside[place] and told[place + 1] in pieces)
    ]
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


def _told(line: Sequence[Word]) -> str:
    return " ".join(word.text for word in line)


def _chinese(line: Sequence[Word]) -> int:
    """How many words have a Chinese character: those are the heads that readers know."""
    return sum(any("\u4e00" <= letter <= "\u9fff" for letter in word.text) for word in line)


def _whole_heads(lines: Sequence[list[Word]], at: int) -> tuple[list[Word], set[str]]:
    """The heads with the pieces of those that wrap, from the lines close by; and those lines as text."""
    heads, pieces = list(lines[at]), set()
    size, top = lines[at][0].size, lines[at][0].top
    for place, near, longest in ((at - 1, *_ABOVE), (at + 1, *_BELOW)):
        if not 0 <= place < len(lines) or abs(lines[place][0].top - top) > near * size:
            continue
        words = [word for word in lines[place] if len(word.text) <= longest and _chinese([word])]
        if len(words) < len(lines[place]) or any(re.search(r"\d", word.text) for word in words):
            continue
        pieces.add(_told(lines[place]))
        for word in words:
            under = [each for each in heads if each.left < word.right and word.left < each.right]
            if len(under) > 1:
                continue
            parts = sorted([*under, word], key=lambda each: each.top)
            whole = Word(
                "".join(part.text for part in parts),
                min(part.left for part in parts),
                max(part.right for part in parts),
                top,
                size,
            )
            heads = [each for each in heads if each not in under] + [whole]
    return sorted(heads, key=lambda head: head.left), pieces


def _could_be_heads(line: Sequence[Word]) -> bool:
    return len(line) >= _LEAST_HEADS and not any(re.search(r"\d", word.text) for word in line)


def _is_heads(lines: Sequence[list[Word]], place: int) -> bool:
    """Several cells without a digit, and soon below them a line with a day where a head says so."""
    line = lines[place]
    return _could_be_heads(line) and any(_has_day(below, line) for below in lines[place + 1 : place + 5])


def _has_day(line: Sequence[Word], heads: Sequence[Word]) -> bool:
    """Whether a payment begins in the line: a day under a head of days, or among its first two cells."""
    return any(
        _DAY.match(word.text) and (place < 2 or _OF_DAYS.search(heads[_column(word, heads)].text))
        for place, word in enumerate(line)
        if len(line) >= _LEAST_CELLS
    )


def _payments(body: Sequence[list[Word]], heads: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of each payment: a line without a day goes with the line that it stands closer to.

    Where it stands between two at the same distance, it goes on the cell above; but where cells are centred
    in the height of their payment (then lines stand above the first day), to the nearer day.
    """
    anchors = [place for place, line in enumerate(body) if _has_day(line, heads)]
    if not anchors:
        return
    centred = any(_gap(body, place) < 2 * body[place][0].size for place in range(anchors[0]))
    owner = dict(zip(anchors, anchors, strict=True))
    for place in range(len(body)):
        if place not in owner:
            owner[place] = _owner(body, place, anchors, centred)
    owned: dict[int, list[Word]] = {}
    for place in range(len(body)):
        owned.setdefault(owner[place], []).extend(body[place])
    yield from (owned[place] for place in sorted(owned))


def _owner(body: Sequence[list[Word]], place: int, anchors: Sequence[int], centred: bool) -> int:
    """The line with a day that a line belongs to; itself where it is a note, a total or a page's number."""
    behind = bisect(anchors, place)
    above = anchors[behind - 1] if behind else None
    below = anchors[behind] if behind < len(anchors) else None
    near = _NEAR * body[place][0].size
    up = _gap(body, place - 1) if above is not None and _is_joined(body, above, place, near) else None
    down = _gap(body, place) if below is not None and _is_joined(body, place, below, near) else None
    if up is None or down is None:
        found = above if up is not None else below if down is not None else place
    elif centred and abs(up - down) < _SAME * near:
        top = body[place][0].top
        found = min((above, below), key=lambda anchor: abs(body[anchor][0].top - top))  # type: ignore[index]
    else:
        found = above if up <= down + _SAME * near else below
    return found  # type: ignore[return-value]


def _gap(body: Sequence[list[Word]], place: int) -> float:
    """From a line to the next."""
    if not 0 <= place < len(body) - 1:
        return float("inf")
    return body[place + 1][0].top - body[place][0].top


def _is_joined(body: Sequence[list[Word]], first: int, last: int, near: float) -> bool:
    """Whether all lines from one to another stand close, and are not more than a cell can have."""
    return last - first <= _MOST_LINES and all(_gap(body, place) < near for place in range(first, last))


def _column(word: Word, heads: Sequence[Word]) -> int:
    """The head above a word: of those it reaches under the best aligned one, else the nearest."""

    def aside(place: int) -> float:
        head = heads[place]
        return min(abs(head.left - word.left), abs(head.right - word.right), abs(head.middle - word.middle))

    under = [place for place, head in enumerate(heads) if head.left < word.right and word.left < head.right]
    return min(under or range(len(heads)), key=aside)


def _joined(parts: Sequence[str]) -> str:
    """A wrapped cell as one text: Chinese runs on, Latin words keep their space."""
    joined = ""
    for part in parts:
        gap = (
            " " if joined and joined[-1].isascii() and part[0].isascii() and not joined[-1].isdigit() else ""
        )
        joined += gap + part
    return joined
