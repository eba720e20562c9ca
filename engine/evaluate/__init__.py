"""How good the assistant is at a task, on files of items whose right answers are known."""
