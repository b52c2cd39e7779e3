"""The whole selection for other programs: tables that say what they hold, in several formats."""
