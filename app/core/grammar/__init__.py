"""Grammar checked by rules, in a process of its own."""
