"""Content before it has a format: tables, documents, grids and marks. Independent of the subject."""
