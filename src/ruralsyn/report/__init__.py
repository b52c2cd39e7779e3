"""Reports: their sections, and how they are put together."""
