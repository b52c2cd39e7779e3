"""What is asked of the dataset: names, selections, reading rules, search and references."""
