"""Weights in GGUF or safetensors -> an ONNX decoder; needs neither torch nor a network."""

from engine.export.package import PRECISIONS, ExportCancelled, export_model

__all__ = ["PRECISIONS", "ExportCancelled", "export_model"]
