"""What each command shows: a selection of the dataset as a table or document of typed values."""
