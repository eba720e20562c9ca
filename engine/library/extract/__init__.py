"""The plain text of files in several formats, for finding things in them."""
