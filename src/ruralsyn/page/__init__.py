"""What is shown, before it has a format. Nothing here knows the domain."""
