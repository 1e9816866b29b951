"""What changes rows of commerce, a noun a file."""
