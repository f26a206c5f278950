"""The encrypted store (保险库): one folder on the person's own machine, one SQLCipher file and its key header.

Everything a person edits is kept here in transactions; what is removed is only marked until the next start,
so that it can be brought back.
"""

from planner.vault.store import Imported, Person, Rule, Store, StoredEntry, StoredImport

__all__ = ["Imported", "Person", "Rule", "Store", "StoredEntry", "StoredImport"]
