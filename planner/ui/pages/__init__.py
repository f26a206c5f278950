"""The pages of the window in the order of the rail, each imported when it is first opened."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.values import mark

if TYPE_CHECKING:
    from planner.ui.models.workspace import Workspace
    from planner.ui.pages.page import Page


@dataclass(frozen=True)
class PageEntry:
    """`name` is stored (the last page open) and names the icon, `title` is a message id.

    `where` is module:class.
    """

    name: str
    title: str
    where: str

    @property
    def exists(self) -> bool:
        """Whether the page's module is part of this build."""
        return importlib.util.find_spec(self.where.partition(":")[0]) is not None

    def build(self, workspace: Workspace) -> Page:
        module, _colon, name = self.where.partition(":")
        page: Page = getattr(importlib.import_module(module), name)(workspace)
        return page


PAGES = (
    PageEntry("my_situation", mark("My situation"), "planner.ui.pages.my_situation:MySituationPage"),
    PageEntry("earnings", mark("Earnings"), "planner.ui.pages.earnings:EarningsPage"),
    PageEntry("pension_tiers", mark("Pension tiers"), "planner.ui.pages.pension_tiers:PensionTiersPage"),
    PageEntry("injury_cover", mark("Injury cover"), "planner.ui.pages.injury_cover:InjuryCoverPage"),
    PageEntry("next_steps", mark("Next steps"), "planner.ui.pages.next_steps:NextStepsPage"),
    PageEntry("rules", mark("Rules"), "planner.ui.pages.rules:RulesPage"),
)
