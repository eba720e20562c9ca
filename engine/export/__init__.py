"""Weights in GGUF -> an ONNX decoder that the engine runs; needs neither torch nor a network."""

from engine.export.package import PRECISIONS, ExportCancelled, export_gguf

__all__ = ["PRECISIONS", "ExportCancelled", "export_gguf"]
