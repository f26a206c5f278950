"""The law as dated, sourced data: load a pack, look a value up by place and date, keep corrections beside it.

Average wage (缴费基数参照工资), contribution limits (缴费基数上下限) and benefit base (计发基数) are three
separate series. A source says by its title that no official page was seen (`NO_PAGE`), never by having none.
"""

from planner.policy.corrections import Correction, read_corrections, write_corrections
from planner.policy.installed import current_pack
from planner.policy.pack import KeyInfo, MissingValue, Pack, load_pack
from planner.policy.rows import Row, Value

__all__ = [
    "Correction",
    "KeyInfo",
    "MissingValue",
    "Pack",
    "Row",
    "Value",
    "current_pack",
    "load_pack",
    "read_corrections",
    "write_corrections",
]
