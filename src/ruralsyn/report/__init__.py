"""Reports: which sections they have and how these are put together."""
