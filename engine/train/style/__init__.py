"""Teach a model a person's own way of writing: a folder in, an adapter or a model out."""
