"""Reads the cells of statements: days in a dozen spellings, amounts in any country's punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.values import Month, currency_decimals

CHINA = timezone(timedelta(hours=8), "UTC+08:00")
_LONGEST = 64  # characters of a date or an amount; more is no date and no amount
_MAX_DIGITS = 15  # before the decimal mark; no statement pays a quadrillion

_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?)?"
)
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\D?(\d{2}):?(\d{2}):?(\d{2}))?")
_YEAR_LAST = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
_HALF = re.compile(r"\s*(?:上午|下午)\s*|\s+[AP]\.?M\.?$", re.IGNORECASE)  # as spreadsheets show times
_NAMED = re.compile(
    r"(?:(?P<first>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2}),?"
    r"|(?P<day2>\d{1,2})\.?[\s-]+(?:de\s+)?(?P<second>[^\W\d_]{3,12})\.?,?)"
    r"[\s-]+(?:del?\s+)?(?P<year>\d{4}|\d{2})"
    r"(?:[ ,]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<half>[AaPp])?\.?\s*[Mm]?\.?)?"
)
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan fév mars avr mai juin juil août sept oct nov déc",
        "janv févr mar avr mai juin juil aou sep oct nov dec",
        "jan feb mär apr mai jun jul aug sep okt nov dez",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr maj jun jul aug sep okt nov dec",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "jan fev mar abr mai jun jul ago set out nov dez",
    )
    for number, name in enumerate(names.split(), 1)
}  # by their beginnings; the full names of each language begin with one of these
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?")
_MONTH = re.compile(r"((?:19|20)\d{2})[-/.年]?(\d{1,2})月?")
_SERIAL = re.compile(r"(\d{5})(\.\d{1,15})?")
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001  # the day 0 of spreadsheets, which know no zones
_SERIAL_DAYS = range(36_526, 73_051)  # 2000 to 2099
_ZONE_TAIL = re.compile(r"\s*((?:UTC|GMT|Z)(?:\s*[+-]\d{1,2}:?\d{0,2})?|[+-]\d{2}:?\d{2}|[A-Z]{3,4})$")
_ABBREVIATIONS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "CET": 60, "WEST": 60, "CEST": 120, "EET": 120,
    "EEST": 180, "MEZ": 60, "MESZ": 120,
    "PST": -480, "PDT": -420, "MST": -420, "MDT": -360, "CDT": -300, "EST": -300, "EDT": -240,
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AEST": 600, "AEDT": 660,
}  # fmt: skip  # minutes from UTC; CST is two zones and stands below
_DAMAGED_ID = re.compile(r"\d(?:[.,]\d+)?E\+?\d{2,}", re.IGNORECASE)
_USUAL_AMOUNT = re.compile(r"[¥￥]?([0-9]{1,12})\.([0-9]{2})")  # most cells of a wallet, read at once
_MINUSES = "-\u2212\u2013"
_EMPTY_AMOUNT = frozenset({"", "-", "--", "—", "/", "n/a", "na", "null", "none"})
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_NUMBER = re.compile(r"\d[\d.,' ]*|[.,]\d+")


@dataclass(frozen=True, slots=True)
class When:
    """`moment` as written (no zone when the file names none), its own `day`, and the month in China."""

    moment: datetime
    day: date
    month: Month


def when(
    text: str, *, order: str = "", zone: tzinfo | None = None, may_be_serial: bool = False
) -> When | None:
    """The time in a cell, or None; `order` is `mdy` or `dmy` where the year stands last.

    `may_be_serial`: the column holds days, so that 46203.5 is one as spreadsheets count them.
    """
    moment = moment_of(text, order=order)
    if moment is None and may_be_serial:
        moment = serial_moment(text)
    if moment is None:
        return None
    if zone is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return placed(moment)


def placed(moment: datetime) -> When | None:
    """A moment with its own day and the month it falls in, in China."""
    local = moment
    if moment.tzinfo is not None:
        try:
            local = moment.astimezone(CHINA)
        except (OverflowError, ValueError):
            return None
    return When(moment, moment.date(), Month(local.year, local.month))


def serial_moment(text: str) -> datetime | None:
    """A spreadsheet's number of days since 1899-12-30, the time of day as its fraction, to the second."""
    match = _SERIAL.fullmatch(text.strip())
    if match is None or int(match[1]) not in _SERIAL_DAYS:
        return None
    seconds = round(float(match[2] or 0) * 86_400)
    return _SERIAL_START + timedelta(days=int(match[1]), seconds=seconds)


def month_start(text: str) -> str:
    """The first day, in ISO's form, of a cell that names a month and no day: 2026-07, 2026年7月, 202607."""
    match = _MONTH.fullmatch(text.strip())
    return f"{match[1]}-{match[2].zfill(2)}-01" if match and 1 <= int(match[2]) <= 12 else ""


def clock_text(text: str) -> str:
    """A time of day with colons: 91011 and 0.38207 (a spreadsheet's part of a day) are 09:10:11."""
    text = text.strip()
    if re.fullmatch(r"\d{5,6}", text):
        digits = text.zfill(6)
        return f"{digits[:2]}:{digits[2:4]}:{digits[4:]}"
    if re.fullmatch(r"0?\.\d{1,15}", text):
        return str((_SERIAL_START + timedelta(seconds=round(float(text) * 86_400))).time())
    return text


@lru_cache(maxsize=4096)
def moment_of(text: str, *, order: str = "") -> datetime | None:
    """A datetime from a cell with its zone if one is written behind; None for anything else."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > _LONGEST:
        return None
    zone = None
    tail = _ZONE_TAIL.search(text)
    if tail and ":" in text[: tail.start()]:
        zone = zone_of(tail[1])
        text = text[: tail.start()].strip() if zone else text
    half = _HALF.search(text)
    digits = _HALF.sub(" ", text).strip() if half else text
    if match := _YEAR_FIRST.fullmatch(digits) or _SOLID.fullmatch(digits):
        year, month, day, *clock = match.groups()
    elif match := _YEAR_LAST.fullmatch(digits):
        first, mark, second, year, *clock = match.groups()
        if mark == ".":
            order = order or "dmy"
        if order not in ("dmy", "mdy"):
            order = "dmy" if int(first) > 12 else "mdy" if int(second) > 12 else ""
        if not order:
            return None
        day, month = (first, second) if order == "dmy" else (second, first)
        if len(year) == 2:
            year = "20" + year
    elif match := _NAMED.fullmatch(text):
        return _by_name(match, zone)
    else:
        return None
    try:
        hour, minute, second = (int(part or 0) for part in clock)
        if half:
            hour = hour % 12 + (12 if half[0].strip()[0] in "下Pp" else 0)
        return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _by_name(match: re.Match[str], zone: tzinfo | None) -> datetime | None:
    """`Jul 31, 2026 11:59:59 PM`, `31 juil. 2026 23:59`: the month is written out."""
    word = (match["first"] or match["second"]).casefold()
    month = next((_MONTHS[word[:size]] for size in (4, 3) if word[:size] in _MONTHS), None)
    hour, minute, second = (int(part) for part in f"{match['clock'] or '0'}:0:0".split(":")[:3])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    if month is None:
        return None
    try:
        day = int(match["day"] or match["day2"])
        year = int(match["year"]) + (
            2000 if len(match["year"]) == 2 else 0
        )  # 31-Aug-26: as spreadsheets show it
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def year_last_order(cells: Iterable[str]) -> str:
    """`dmy` or `mdy` from a cell in which one part exceeds twelve; empty where none tells."""
    for cell in cells:
        match = _YEAR_LAST.match(cell.strip())
        if not match:
            continue
        if match[2] == "." or int(match[1]) > 12:
            return "dmy"
        if int(match[3]) > 12:
            return "mdy"
    return ""


def is_year_last(cell: str) -> bool:
    """Whether the cell is a date whose order could be read in two ways."""
    match = _YEAR_LAST.match(cell.strip())
    return match is not None and match[2] != "."


@lru_cache(maxsize=256)
def zone_of(text: str) -> tzinfo | None:
    """The zone of `UTC`, `PDT`, `GMT+8`, `+08:00` or `Europe/Berlin`; None for an unknown one."""
    name = text.strip()
    if name.upper() in _ABBREVIATIONS:
        minutes = _ABBREVIATIONS[name.upper()]
        return UTC if minutes == 0 else timezone(timedelta(minutes=minutes), name.upper())
    if name.upper() == "CST":
        return timezone(timedelta(hours=-6), "CST")  # PayPal's; Chinese files name no zone
    if match := _OFFSET.fullmatch(name):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes <= 14 * 60 + 59:
            return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    if "/" in name and len(name) <= 40:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    return None


def decimal_mark(cells: Iterable[str]) -> str:
    """`,` or `.`: the mark that the column's amounts prove, a point where none does."""
    for cell in cells:
        match = _NUMBER.search(cell.replace("\u00a0", " ").replace("\u202f", " "))
        if not match:
            continue
        number = match[0].strip(" '")
        comma, point = number.rfind(","), number.rfind(".")
        if comma >= 0 and point >= 0:
            return "," if comma > point else "."
        for sign, position in ((",", comma), (".", point)):
            if position >= 0 and (len(number) - position - 1 != 3 or number.count(sign) == 0):
                return sign if number.count(sign) == 1 else ("." if sign == "," else ",")
            if position >= 0 and number.count(sign) > 1:
                return "." if sign == "," else ","
    return "."


@lru_cache(maxsize=16384)
def minor_units(text: str, currency: str = "CNY", mark: str = ".") -> int | None:
    """An amount in whole minor units, signed; None for an empty cell.

    Raises ValueError for what is no amount. Currency signs and codes before or behind are passed over,
    parentheses and a minus behind make it negative, other marks than `mark` part thousands.
    """
    if currency == "CNY" and mark == "." and (usual := _USUAL_AMOUNT.fullmatch(text)):
        return int(usual[1] + usual[2])
    if len(text) > _LONGEST:
        raise ValueError("too long for an amount")
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.casefold() in _EMPTY_AMOUNT:
        return None
    match = _NUMBER.search(folded)
    if not match:
        raise ValueError("no number")
    before, behind = folded[: match.start()], folded[match.end() :]
    if not (_is_wrapping(before) and _is_wrapping(behind)):
        raise ValueError("words around the number")
    negative = ("(" in before and ")" in behind) or behind.endswith(tuple(_MINUSES))
    negative = negative != any(sign in before for sign in _MINUSES)
    return _scaled(match[0], currency, mark, negative)


def _scaled(number: str, currency: str, mark: str, negative: bool) -> int:
    other = "," if mark == "." else "."
    number = number.replace(" ", "").replace("'", "")
    decimals = currency_decimals(currency)
    if decimals == 0 and _GROUPED.fullmatch(number):
        number = number.replace(number[-4], "")  # thousands: there are no cents
    if mark not in number and number.count(other) == 1 and len(number) - number.index(other) != 4:
        mark, other = other, mark  # no thousands: a number cell among texts, or a row of another country
    whole, _mark, fraction = number.partition(mark)
    if mark in fraction or other in fraction:
        raise ValueError("two decimal marks")
    groups = whole.split(other)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        raise ValueError("thousands in odd groups")
    digits = "".join(groups)
    if len(digits) > _MAX_DIGITS or len(fraction) > _MAX_DIGITS:
        raise ValueError("too many digits")
    padded = fraction.ljust(decimals + 1, "0")
    value: int = int(digits or "0") * 10**decimals + int(padded[:decimals] or "0")
    if padded[decimals] >= "5":
        value += 1  # half up, as shops round
    return -value if negative else value


_SIGNS = r"[\s+()¥$€£₩₫฿₹₱₽₺₪" + "".join(map(re.escape, _MINUSES)) + "]*"
_WRAPPINGS = re.compile(
    rf"{_SIGNS}(?:[A-Za-zÀ-ž]{{1,3}}\.?|元|円|圆|人民币|美元|欧元|港币|日元)?{_SIGNS}\.?", re.IGNORECASE
)


def _is_wrapping(text: str) -> bool:
    return _WRAPPINGS.fullmatch(text) is not None


def is_damaged_id(text: str) -> bool:
    """Whether a spreadsheet turned a long number into `1.2E+27`."""
    return "+" in text and _DAMAGED_ID.fullmatch(text) is not None


_CURRENCY_WORDS = {
    "人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "cny": "CNY", "元": "CNY", "¥": "CNY", "yuan": "CNY",
    "美元": "USD", "us$": "USD", "$": "USD", "欧元": "EUR", "€": "EUR", "英镑": "GBP", "£": "GBP",
    "港币": "HKD", "港元": "HKD", "hk$": "HKD", "日元": "JPY", "日圆": "JPY", "円": "JPY",
    "澳元": "AUD", "加元": "CAD", "新加坡元": "SGD", "新元": "SGD", "韩元": "KRW", "泰铢": "THB",
    "马来西亚林吉特": "MYR", "林吉特": "MYR", "rm": "MYR", "越南盾": "VND", "新台币": "TWD", "台币": "TWD",
    "里亚尔": "SAR", "印尼盾": "IDR",
    "菲律宾比索": "PHP", "卢布": "RUB", "迪拉姆": "AED", "沙特里亚尔": "SAR",
    "瑞士法郎": "CHF", "墨西哥比索": "MXN", "雷亚尔": "BRL", "卢比": "INR",
    "波兰兹罗提": "PLN", "瑞典克朗": "SEK",
    "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "s$": "SGD", "nt$": "TWD",
    "mx$": "MXN", "r$": "BRL", "฿": "THB", "₫": "VND", "đ": "VND", "₩": "KRW", "₱": "PHP", "₹": "INR",
    "rp": "IDR", "zł": "PLN", "kč": "CZK",
}  # fmt: skip
_CODES = frozenset(
    (
        *(
            "CNY",
            "USD",
            "EUR",
            "GBP",
            "HKD",
            "JPY",
            "AUD",
            "CAD",
            "SGD",
            "KRW",
            "THB",
            "MYR",
            "VND",
            "TWD",
            "IDR",
        ),
        *(
            "PHP",
            "RUB",
            "AED",
            "SAR",
            "CHF",
            "MXN",
            "BRL",
            "INR",
            "PLN",
            "SEK",
            "NOK",
            "DKK",
            "NZD",
            "ZAR",
            "TRY",
        ),
        *(
            "CZK",
            "HUF",
            "RON",
            "ILS",
            "BGN",
            "ISK",
            "MOP",
            "EGP",
            "CLP",
            "COP",
            "PEN",
            "ARS",
            "NGN",
            "KES",
            "QAR",
        ),
        "KWD",
    )
)


def currency_of(text: str) -> str:
    """The ISO code of a currency's code, sign or Chinese name; empty for an unknown one."""
    word = unicodedata.normalize("NFKC", text).strip()
    code = word.upper()
    if code in _CODES:
        return code
    return _CURRENCY_WORDS.get(word.casefold(), "")
