"""Proofreading: candidate corrections from rules and from the model, each judged by itself."""
