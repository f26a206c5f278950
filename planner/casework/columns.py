"""The columns of a roster: one declaration for the reader, the empty template and the schema's test.

A column is known by any of its header words, Chinese or English; a bracket behind the word is passed over.
Columns for single months are named by the month (`2026-01`, `2026年1月收入`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.earnings.document import plain
from planner.values import Month, mark


@dataclass(frozen=True, slots=True)
class Column:
    """`title` and `about` are message ids; `words` are further header words."""

    name: str
    title: str
    about: str
    words: tuple[str, ...]
    example: str = ""


COLUMNS: tuple[Column, ...] = (
    Column(
        "number",
        mark("Member number"),
        mark("The union's own number. Never an identity card or telephone number: none is needed here."),
        (
            "会员号",
            "会员编号",
            "会员证号",
            "编号",
            "工号",
            "number",
            "member",
            "member no",
            "member_number",
            "id",
        ),
        "A-0001",
    ),
    Column(
        "name",
        mark("Name"),
        mark("Left out of what is written unless you ask for names."),
        ("姓名", "名字", "会员姓名", "name", "full name"),
        "王小明",
    ),
    Column(
        "born",
        mark("Born (year and month)"),
        mark("Needed. Such as 1990-05; a whole date will do."),
        (
            "出生年月",
            "出生日期",
            "出生",
            "生日",
            "出生年月日",
            "born",
            "birth",
            "birth date",
            "date of birth",
            "birth month",
        ),
        "1990-05",
    ),
    Column(
        "sex",
        mark("Sex"),
        mark("Needed unless the retirement category is given: male or female."),
        ("性别", "sex", "gender"),
        "男",
    ),
    Column(
        "worker_type",
        mark("Kind of post"),
        mark("Women only: worker (50) or managerial, technical or flexible work (55). Empty: flexible work."),
        ("岗位类型", "身份类型", "用工类型", "职工类别", "worker_type", "worker type", "post"),
        "灵活就业",
    ),
    Column(
        "category",
        mark("Retirement category"),
        mark("Instead of the two before: male_60, female_55 or female_50."),
        ("退休类别", "category", "retirement_category"),
    ),
    Column(
        "province",
        mark("Province"),
        mark("Needed, where the work is: a name or a code (CN-GD). A city in the same cell will do."),
        (
            "省",
            "省份",
            "工作省份",
            "所在省",
            "参保省份",
            "地区",
            "所在地",
            "工作地",
            "province",
            "place",
            "region",
        ),
        "广东",
    ),
    Column(
        "city",
        mark("City or area"),
        mark("Where bases differ within the province: a city, its six-digit code or the name of the class."),
        ("城市或缴费地区", "市", "城市", "地市", "所在市", "缴费地区", "city", "area"),
        "深圳",
    ),
    Column(
        "hukou",
        mark("Household registration"),
        mark("The province (or city) of the hukou, for the resident schemes; left empty: where the work is."),
        ("户籍", "户籍地", "户口", "户口所在地", "户籍所在地", "户籍省份", "hukou", "household"),
        "湖南",
    ),
    Column(
        "occupation",
        mark("Occupation"),
        mark("Such as crowd food rider, ride-hailing driver, courier, cross-border seller."),
        ("工种", "职业", "岗位", "occupation", "job", "trade"),
        "众包骑手",
    ),
    Column(
        "platforms",
        mark("Platforms"),
        mark("One or several, with a comma between."),
        ("平台", "接单平台", "所在平台", "platform", "platforms"),
        "美团",
    ),
    Column(
        "employee_months",
        mark("Months paid, employee pension"),
        mark("From the insurance record; 31 or 2年7个月. Left empty: not known; 0: never."),
        (
            "职工养老缴费月数",
            "职工养老月数",
            "养老缴费月数",
            "累计缴费月数",
            "缴费月数",
            "职工养老累计月数",
            "employee_months",
        ),
        "31",
    ),
    Column(
        "average_index",
        mark("Average contribution index"),
        mark("From the insurance record, such as 0.6. Left empty: the lowest tier is assumed and said."),
        ("平均缴费指数", "平均缴费工资指数", "缴费指数", "average_index", "index"),
        "0.62",
    ),
    Column(
        "account_balance",
        mark("Pension account balance"),
        mark("Yuan, from the insurance record. Left empty: counted as nothing, and said."),
        (
            "个人账户余额",
            "养老个人账户余额",
            "个人账户储存额",
            "养老个人账户储存额",
            "账户余额",
            "account_balance",
            "balance",
        ),
        "11286.43",
    ),
    Column(
        "resident_months",
        mark("Months paid, resident pension"),
        mark("A year counts as 12 months."),
        ("居民养老缴费月数", "居民养老月数", "城乡居民养老缴费月数", "resident_months"),
        "0",
    ),
    Column(
        "resident_balance",
        mark("Resident account balance"),
        mark("Yuan."),
        ("居民养老账户余额", "居民养老个人账户余额", "resident_balance"),
    ),
    Column(
        "essentials",
        mark("Needed to live, a month"),
        mark("Yuan a month: rent, food, family, loans."),
        ("每月必要开支", "必要开支", "月必要支出", "基本开支", "essentials"),
        "3800",
    ),
    Column(
        "buffer",
        mark("Money put by"),
        mark("Yuan."),
        ("积蓄", "备用金", "存款", "手头的存款", "buffer", "savings"),
        "9000",
    ),
    Column(
        "income",
        mark("Usual monthly income"),
        mark("Yuan. Single months tell more: a column each, named 2026-01, 2026-02 and so on."),
        ("月收入", "月均收入", "平均月收入", "收入", "income", "monthly income"),
        "6500",
    ),
    Column(
        "pension_cover",
        mark("Pension insurance now"),
        mark("Employee, resident, drawing or none; several with a comma. Left empty: not known."),
        ("养老保险", "养老参保", "养老参保情况", "养老险种", "pension_cover", "pension"),
        "职工",
    ),
    Column(
        "medical_cover",
        mark("Medical insurance now"),
        mark("Employee, resident or none; several with a comma. Left empty: not known."),
        ("医疗保险", "医保", "医疗参保", "医保情况", "医疗险种", "medical_cover", "medical"),
        "居民",
    ),
    Column(
        "injury_cover",
        mark("Injury cover now"),
        mark("Per-order protection, work injury, accident policy or none; several with a comma."),
        (
            "工伤或伤害保障",
            "工伤保险",
            "伤害保障",
            "职业伤害保障",
            "意外保障",
            "工伤参保",
            "injury_cover",
            "injury",
        ),
        "职业伤害保障",
    ),
)
NEEDED = ("born", "province")

_BRACKET = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_MONTH = re.compile(
    r"(?:收入|income)?(20\d{2})(?:[-/.]|年)?(0?[1-9]|1[0-2])月?(?:份)?(?:[-/.]?0?1)?(?:收入|income)?"
)
_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})00:00:00")  # a spreadsheet's own date as a heading
_NEVER = re.compile(r"身份证|证件号|手机|电话|银行卡|卡号|idcard|identity|phone|mobile|bankaccount|bankcard")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a roster keeps what: columns and months to their place in the row.

    `ignored` are headings nobody asked for, `private` those of numbers that are never read, `twice` those
    that say again what an earlier column says.
    """

    columns: Mapping[str, int]
    months: Mapping[Month, int]
    ignored: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        return len(self.columns) + len(self.months)


def layout_of(names: Iterable[str], words: Mapping[str, str]) -> Layout:
    """The layout of a header row; `words` as of `header_words`."""
    columns: dict[str, int] = {}
    months: dict[Month, int] = {}
    ignored, private, twice = [], [], []
    for at, name in enumerate(names):
        if not name.strip():
            continue
        column = words.get(plain(name)) or words.get(plain(_BRACKET.sub("", name)))
        month = None if column else month_of(name)
        if column is not None:
            if column in columns:
                twice.append(name)
            columns.setdefault(column, at)
        elif month is not None:
            if month in months:
                twice.append(name)
            months.setdefault(month, at)
        elif _NEVER.search(plain(name)):
            private.append(name)
        else:
            ignored.append(name)
    return Layout(columns, months, tuple(ignored), tuple(private), tuple(twice))


def header_words() -> dict[str, str]:
    """Every header word as compared, to the name of its column."""
    return {
        plain(word): column.name for column in COLUMNS for word in (column.name, column.title, *column.words)
    }


def month_of(name: str) -> Month | None:
    """The month that a heading names, or None."""
    bare = _CLOCK.sub(r"\1", plain(_BRACKET.sub("", name)))
    found = _MONTH.fullmatch(bare)
    return Month(int(found[1]), int(found[2])) if found else None
