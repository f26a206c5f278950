"""The first letters of Chinese words as people type them: 缴费基数 is jfjs."""

from __future__ import annotations

import re
from bisect import bisect_right

# GB 2312 orders its 3,755 common characters by pinyin: where each first letter begins.
_BEGINS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_END = 0xD7F9
# The words of which the titles of values and tables are made; a character of none of them stands alone.
_WORDS = """
社会 保险 养老 养老金 医保 职工 居民 城乡 城镇 灵活 就业 人员 职业 伤害 保障 补贴 待遇 缴费 缴费额 补缴
断缴 基数 下限 上限 比例 档次 年限 年份 年度 月份 月数 个人 账户 基础 计发 计入 划入 记账 计息法 利率 系数
指数 指数化 规则 取整 保留 小数 位数 金额 余额 工资 标准 最低 最短 最长 小时 参照 全口径 单位 平均 全国
本省 本地 人均 可支配 收入 固定 变动 等待期 宽限 中断 连续 实际 增加 减少 领取 领取地 继承 丧葬 补助金
抚恤金 退休 提前 弹性 年龄 临时 基本 制度 衔接 办法 所得税 所得额 应纳税 税率 税率表 减除 减征 减半 征税
费用 个体 工商户 男性 女性 享受 所需 当年 能否 采用 调整 界限 历年 受伤 项目 意外险 伤残 等级 给付 市面
开展 地区 参加 平台 情形 物价 假设 各行 淡旺季 生病 死亡率 汇率 变故 卖家 资金 毕业生 高校 困难
"""
_WORD = re.compile("|".join(sorted(_WORDS.split(), key=len, reverse=True)) + "|[a-z0-9]+|.", re.I | re.S)
_CODES = tuple(code for code, _letter in _BEGINS)


def initials(text: str) -> str:
    """One letter for each common Chinese character, letters and digits as they are, nothing for the rest."""
    return "".join(map(_initial, text))


def initials_from_each_word(text: str) -> str:
    """The initials of `text` from each of its words to its end: 医保缴费基数 is ybjfjs jfjs js."""
    each = [initials(word) for word in _WORD.findall(text)]
    return " ".join("".join(each[at:]) for at, letters in enumerate(each) if letters)


def _initial(character: str) -> str:
    if character.isascii():
        return character.casefold() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _CODES[0] <= code <= _END:
        return ""
    return _BEGINS[bisect_right(_CODES, code) - 1][1]
