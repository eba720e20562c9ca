"""Documents of other programs, in and out: what each format is, and how it becomes Markdown."""
