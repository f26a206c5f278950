"""Reads the cells of a roster, as people type them; what cannot be used is an InputError.

A refusal never repeats what stood in the cell: it may be a name or a number that has no business in a list.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from planner.casework.member import (
    ACCIDENT,
    DRAWING,
    EMPLOYEE,
    INDEX_UNIT,
    INJURY,
    MEDICAL,
    PENSION,
    PER_ORDER,
    RESIDENT,
    WORK_INJURY,
)
from planner.earnings.cells import minor_units, moment_of
from planner.policy import Pack
from planner.values import InputError, Month, Place, mark

MOST_FEN = 10**11
MOST_MONTHS = 720
MOST_INDEX = 10 * INDEX_UNIT
LONGEST = 120  # characters of a cell that means anything

_PARTS = re.compile(r"[,，、;；/|+]|\s{2,}|\n")
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})(?:[-/.]|年)?(0?[1-9]|1[0-2])月?(?:生|出生)?")
_SPAN = re.compile(r"(?:(\d{1,2})(?:年|y|years?))?零?(?:(\d{1,3})(?:个?月|m|months?)?)?")
_TEN_THOUSANDS = re.compile(r"(\d{1,7}(?:\.\d{1,6})?)万元?")
_SPLIT_PLACE = re.compile(r"(.{2,}?(?:省|自治区|市))(.+)")
_MALE = frozenset({"男", "男性", "m", "male", "man", "1"})
_FEMALE = frozenset({"女", "女性", "f", "female", "woman", "2"})
_NONE = frozenset(
    {
        "无",
        "没有",
        "未参保",
        "未缴",
        "未交",
        "否",
        "没参保",
        "都没有",
        "none",
        "no",
        "nothing",
        "0",
        "×",
        "x",
        "停保",
        "断缴",
    }
)
_POSTS = {
    "female_50": ("工人", "普工", "操作", "一线", "worker", "female_50"),
    "female_55": (
        *("灵活", "个体", "干部", "管理", "技术", "自由"),
        *("flexible", "manager", "technical", "cadre", "female_55"),
    ),
}
_COVER: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    PENSION: (
        (DRAWING, ("退休", "领取", "drawing", "retired", "pensioner")),
        (RESIDENT, ("居民", "城居", "新农保", "农保", "resident")),
        (EMPLOYEE, ("职工", "城职", "灵活", "企业", "单位", "employee")),
    ),
    MEDICAL: (
        (RESIDENT, ("居民", "新农合", "合作医疗", "城居", "resident")),
        (EMPLOYEE, ("职工", "城职", "灵活", "单位", "employee")),
    ),
    INJURY: (
        (PER_ORDER, ("职业伤害", "职伤", "新职伤", "单单", "perorder", "per-order", "oip")),
        (WORK_INJURY, ("工伤", "workinjury", "work-injury", "wii")),
        (ACCIDENT, ("意外", "骑手险", "accident")),
    ),
}
_TRADES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("food_rider_committed", ("专送", "优选", "乐跑", "驻店", "站点骑手")),
    ("food_rider_part_time", ("兼职骑手", "兼职外卖", "兼职配送")),
    ("food_rider_crowd", ("骑手", "外卖", "众包", "闪送", "跑腿", "即时配送", "同城配送", "配送员", "送餐")),
    ("long_haul_driver", ("长途", "干线", "大货车")),
    ("city_freight_driver", ("货运", "货车", "拉货", "搬家")),
    ("ride_hailing_driver", ("网约车", "专车", "快车", "顺风车", "出租车")),
    ("courier", ("快递", "邮递", "派件")),
    ("warehouse_picker", ("分拣", "拣货", "仓库", "仓管", "打包")),
    ("ecommerce_host_employed", ("电商主播", "带货主播")),
    ("livestreamer_independent", ("主播", "直播")),
    ("cross_border_freelancer", ("跨境自由", "海外接单", "翻译", "外包设计")),
    ("cross_border_seller", ("跨境",)),
    ("domestic_ecommerce_seller", ("网店", "淘宝", "电商", "微商")),
    ("other", ("其他", "其它")),
)


def folded(text: str) -> str:
    """The cell with full-width forms folded and outer space gone; too long a one is refused."""
    text = unicodedata.normalize("NFKC", text).strip()
    if len(text) > LONGEST:
        raise InputError("too_long", mark("This is too long for this column."))
    return text


@lru_cache(maxsize=8192)
def month(text: str) -> Month:
    """A month in any common spelling, or the month of a whole date."""
    found = _YEAR_MONTH.fullmatch("".join(text.split()))
    if found:
        return Month(int(found[1]), int(found[2]))
    moment = moment_of(text)
    if moment is None or moment.year < 1900:
        raise InputError("bad_month", mark("Write a year and a month, such as 1990-05."))
    return Month(moment.year, moment.month)


def fen(text: str, *, negative: bool = False) -> int | None:
    """Yuan as whole fen, from 0 on unless `negative`; None for an empty cell or a dash."""
    tens = _TEN_THOUSANDS.fullmatch(text.replace(" ", ""))
    try:
        amount = _half_up(Decimal(tens[1]) * 1_000_000) if tens else minor_units(text)
    except ValueError:
        raise InputError("bad_number", mark("Write an amount of yuan as a plain number.")) from None
    if amount is None:
        return None
    if amount < 0 and not negative:
        raise InputError("negative", mark("This must not be below zero."))
    if abs(amount) > MOST_FEN:
        raise InputError("out_of_range", mark("This is more than anyone has; the number must be mistaken."))
    return amount


def span(text: str) -> int | None:
    """Months, from `31`, `31个月` or `2年7个月`; None for an empty cell or a dash."""
    bare = "".join(text.split()).casefold().removesuffix(".0")
    if bare in ("", "-", "--", "/"):
        return None
    found = _SPAN.fullmatch(bare)
    if not found or not any(found.groups()):
        raise InputError("bad_months", mark("Write a whole number of months, such as 31."))
    months = int(found[1] or 0) * 12 + int(found[2] or 0)
    if months > MOST_MONTHS:
        raise InputError("out_of_range", mark("More than 60 years of payments cannot be."))
    return months


def index(text: str) -> int | None:
    """An average index in ten-thousandths, from `0.62` or `62%`; None for an empty cell or a dash."""
    bare = "".join(text.split())
    if bare in ("", "-", "--", "/"):
        return None
    percent = bare.endswith("%")
    if not re.fullmatch(r"\d{1,4}(?:\.\d{1,10})?", bare.removesuffix("%")):
        raise InputError("bad_number", mark("Write the index as a number, such as 0.62."))
    value = _half_up(Decimal(bare.removesuffix("%")) * (INDEX_UNIT // 100 if percent else INDEX_UNIT))
    if not 0 < value <= MOST_INDEX:
        raise InputError(
            "out_of_range", mark("An average index lies between 0 and 10, mostly around 0.6 to 3.")
        )
    return value


def category(category: str, sex: str, post: str) -> tuple[str, bool]:
    """The retirement category, and whether a woman's kind of post was assumed to be flexible work."""
    if category:
        found = category.casefold()
        if found in ("male_60", "female_55", "female_50"):
            return found, False
        raise InputError("bad_choice", mark("Write male_60, female_55 or female_50."))
    said = sex.casefold()
    if said in _MALE:
        return "male_60", False
    if said not in _FEMALE:
        raise InputError("bad_choice", mark("Write male or female (男 or 女)."))
    kind = "".join(post.split()).casefold()
    if not kind:
        return "female_55", True
    for code, words in _POSTS.items():
        if any(word in kind for word in words):
            return code, False
    raise InputError("bad_choice", mark("Write worker, managerial, technical or flexible work."))


def place(province: str, city: str, pack: Pack) -> tuple[Place, str, bool]:
    """The place, the regional class that was named, and whether the city is one the rules do not know."""
    return _place(province, city, pack)


@lru_cache(maxsize=8192)
def _place(province: str, city: str, pack: Pack) -> tuple[Place, str, bool]:
    where = _known(province, pack)
    if where is None and (parts := _SPLIT_PLACE.fullmatch(province)):
        where, city = _known(parts[1], pack), city or parts[2]
    if where is None or where == Place("CN"):
        raise InputError("unknown_place", mark("No province or city of this name is known."))
    if not city or where.is_city:
        return where, "", False
    within = _known(city, pack) or _known(city.split("市", maxsplit=1)[0], pack)
    if within is not None and within.is_city and within.province == where.province:
        return within, "", False
    if within is not None and within != where:
        raise InputError("unknown_place", mark("This city does not lie in that province."))
    for area in pack.classes(where):
        if city in (area.code, area.name_en, area.name_zh, *re.split("[：:]", area.name_zh)) and area.cities:
            return min(area.cities), area.code, False
    return where, "", within is None


def _known(name: str, pack: Pack) -> Place | None:
    try:
        return pack.place(name)
    except InputError:
        return None


@lru_cache(maxsize=4096)
def occupation(text: str, pack: Pack) -> str:
    """The code of a trade by its code, its name or a word in it."""
    said = text.casefold()
    for row in pack.table("occupations"):
        if said in (row["code"], row["name_zh"].casefold(), row["name_en"].casefold()):
            return row["code"]
    bare = "".join(said.split())
    for code, words in _TRADES:
        if any(word in bare for word in words):
            return code
    raise InputError(
        "unknown_occupation", mark("No trade of this name is known; write the nearest, or 其他.")
    )


def parts(text: str) -> tuple[str, ...]:
    """The entries of a cell that may hold several."""
    return tuple(dict.fromkeys(part for each in _PARTS.split(text) if (part := each.strip())))


def cover(risk: str, text: str) -> frozenset[str]:
    """The schemes that a cell names; empty when it says there is none."""
    return _cover(risk, text)


@lru_cache(maxsize=4096)
def _cover(risk: str, text: str) -> frozenset[str]:
    found = set()
    for part in parts(text):
        bare = "".join(part.split()).casefold()
        if bare in _NONE:
            continue
        schemes = [scheme for scheme, words in _COVER[risk] if any(word in bare for word in words)]
        if not schemes:
            raise InputError("bad_choice", _COVER_ASKED[risk])
        found.add(schemes[0])
    return frozenset(found)


_COVER_ASKED = {
    PENSION: mark("Write employee, resident, drawing or none (职工, 居民, 已退休, 无)."),
    MEDICAL: mark("Write employee, resident or none (职工, 居民, 无)."),
    INJURY: mark(
        "Write per-order protection, work injury, accident policy or none (职业伤害保障, 工伤, 意外险, 无)."
    ),
}


def _half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
