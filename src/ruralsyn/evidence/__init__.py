"""Questions to the dataset: names, filters, selections, reading rules, search and references."""
