"""What a command gives back."""

from __future__ import annotations

from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.document import Document, Table
from ruralsyn.page.grid import Grid

Printable = Table | Document
"""What any format for text can show."""

Content = Printable | Grid | Bibliography
