"""What the earnings tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.earnings import FileResult, read_file

WECHAT_HEADER = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"


@pytest.fixture(scope="session")
def samples(data: Path) -> Path:
    return data / "samples"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., FileResult]:
    """Reads text or bytes as if they were a file."""

    def reading(content: str | bytes, name: str = "bill.csv", **options: object) -> FileResult:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(path, **options)

    return reading


@pytest.fixture
def wechat() -> Callable[..., str]:
    """A WeChat bill of the given rows."""

    def bill(*rows: str, end: str = "\n") -> str:
        return "\n".join(("微信支付账单明细,,,,,,,,,,", WECHAT_HEADER, *rows)) + end

    return bill
