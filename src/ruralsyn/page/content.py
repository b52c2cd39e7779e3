"""The kinds of content that a command returns."""

from __future__ import annotations

from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.document import Document, Table
from ruralsyn.page.grid import Grid

Printable = Table | Document
"""Content that every text format can show."""

Content = Printable | Grid | Bibliography
"""Everything that a command can return."""
