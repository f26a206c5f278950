"""The encrypted store (保险库): one folder on the person's machine, one SQLCipher file and its key header.

Everything a person edits is kept here in transactions; what is removed is only marked until the next start,
so that it can be brought back.
"""

from planner.vault.backup import Backup, backups, restore
from planner.vault.journal import Edit, Keeper
from planner.vault.ledger import Imported, Rule, StoredEntry, StoredImport
from planner.vault.store import PURPOSES, Person, Store

__all__ = [
    "PURPOSES",
    "Backup",
    "Edit",
    "Imported",
    "Keeper",
    "Person",
    "Rule",
    "Store",
    "StoredEntry",
    "StoredImport",
    "backups",
    "restore",
]
