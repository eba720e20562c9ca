"""A model of the shape of MiniLM, made on the spot, finds what words alone do not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from engine import Embedder, EngineError, Library, ModelDamaged, find_embedder, import_embedder
from tests.engine.library.test_library import read_here

_WORDS = "[PAD] [UNK] [CLS] [SEP] the dog hound sleeps runs cat ship sails far a".split()
_SIZE = 8


def write_model(folder: Path, place: str = "model.onnx", inputs: int = 3) -> Path:
    """A transformer of one layer with one head, in which "dog" and "hound" mean the same."""
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(7)
    table = random.standard_normal((len(_WORDS), _SIZE)).astype(np.float32)
    table[_WORDS.index("hound")] = table[_WORDS.index("dog")]
    table[_WORDS.index("the")] *= 0.1
    constants = {
        "table": table,
        "types": np.zeros((2, _SIZE), np.float32),
        **{name: np.eye(_SIZE, dtype=np.float32) for name in ("wq", "wk", "wv")},
        "scale": np.array(0.35, np.float32),
        "one": np.array(1, np.float32),
        "low": np.array(-1e4, np.float32),
        "axes": np.array([1], np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["words"]),
        helper.make_node("MatMul", ["words", "wq"], ["q"]),
        helper.make_node("MatMul", ["words", "wk"], ["k"]),
        helper.make_node("MatMul", ["words", "wv"], ["v"]),
        helper.make_node("Transpose", ["k"], ["kt"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["q", "kt"], ["raw"]),
        helper.make_node("Mul", ["raw", "scale"], ["scaled"]),
        helper.make_node("Cast", ["attention_mask"], ["seen"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["one", "seen"], ["unseen"]),
        helper.make_node("Mul", ["unseen", "low"], ["bias"]),
        helper.make_node("Unsqueeze", ["bias", "axes"], ["wide"]),
        helper.make_node("Add", ["scaled", "wide"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["weights"], axis=-1),
        helper.make_node("MatMul", ["weights", "v"], ["mixed"]),
        helper.make_node("Add", ["words", "mixed"], ["last_hidden_state"]),
    ]
    if inputs == 3:
        nodes.insert(1, helper.make_node("Gather", ["types", "token_type_ids"], ["kinds"]))
        nodes[-1] = helper.make_node("Sum", ["words", "mixed", "kinds"], ["last_hidden_state"])
    names = ["input_ids", "attention_mask", "token_type_ids"][:inputs]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "tokens"]) for n in names],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", _SIZE]
            )
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(folder / place))
    vocabulary = {word: number for number, word in enumerate(_WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    # Such files are published with padding to a fixed length, which only costs time.
    tokenizer.enable_padding(length=64)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def embedder(tmp_path: Path) -> Embedder:
    return import_embedder(write_model(tmp_path / "from"), tmp_path / "models" / "embedder")


def test_vectors_have_length_one_and_do_not_depend_on_the_batch(embedder: Embedder) -> None:
    texts = ["the dog sleeps", "a ship", "the cat runs far " * 100]
    together = embedder.embed(texts)
    assert together.shape == (3, embedder.dimensions) == (3, _SIZE)
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    for row, text in zip(together, texts, strict=True):
        assert np.allclose(row, embedder.embed([text])[0], atol=1e-5)


def test_the_mean_leaves_out_what_is_padding(embedder: Embedder) -> None:
    same, other = embedder.embed(["the hound sleeps", "a ship sails far"]), "the dog sleeps"
    near = same @ embedder.embed([other])[0]
    assert near[0] > 0.999 > near[1]


@pytest.mark.parametrize("place", ["model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx"])
def test_a_model_is_brought_in_as_it_is_published(tmp_path: Path, place: str) -> None:
    source = write_model(tmp_path / "from", place, inputs=2)
    made = import_embedder(source, tmp_path / "embedder")
    found = find_embedder(tmp_path / "embedder")
    assert found is not None
    assert found.fingerprint == made.fingerprint
    about = json.loads((tmp_path / "embedder" / "embedder.json").read_text("utf-8"))
    assert about["dimensions"] == _SIZE
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_such_model_replaces_nothing(tmp_path: Path) -> None:
    target = tmp_path / "embedder"
    before = import_embedder(write_model(tmp_path / "from"), target).fingerprint
    with pytest.raises(EngineError, match="no embedding model"):
        import_embedder(tmp_path, target)
    broken = tmp_path / "broken"
    write_model(broken)
    (broken / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelDamaged):
        import_embedder(broken, target)
    after = find_embedder(target)
    assert after is not None
    assert after.fingerprint == before
    assert find_embedder(tmp_path / "nothing") is None


def test_meaning_finds_what_words_do_not_and_both_are_joined(
    embedder: Embedder, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    texts = {"one": "The hound sleeps.", "two": "A ship sails far.", "three": "The cat runs."}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    words_only = Library(tmp_path / "index", reader=read_here)
    words_only.add(folder)
    words_only.refresh()
    assert words_only.search("dog").hits == ()
    both = Library(tmp_path / "index", embedder, reader=read_here)
    report = both.refresh()
    assert (report.unchanged, report.finished) == (3, True)
    found = both.search("dog")
    assert found.hits[0].title == "one"
    assert found.meaning_ms > 0
    assert both.search("ship").hits[0].title == "two"
    (folder / "one.txt").write_text("A ship.", "utf-8")
    both.refresh()
    assert "ship" in both.search("ship").hits[0].passage.text
    assert both.remove(folder)
    assert both.search("dog").hits == ()


def test_a_model_that_is_brought_in_later_takes_part(tmp_path: Path) -> None:
    folder, place = tmp_path / "papers", tmp_path / "embedder"
    folder.mkdir()
    (folder / "one.txt").write_text("The hound sleeps.", "utf-8")
    library = Library(tmp_path / "index", place, reader=read_here)
    library.add(folder)
    library.refresh()
    assert library.search("dog").hits == ()
    import_embedder(write_model(tmp_path / "from"), place)
    library.refresh()
    assert library.search("dog").hits[0].title == "one"
    (place / "model.onnx").write_bytes(b"no graph")
    os.utime(place / "embedder.json", ns=(1, 1))
    assert library.search("hound").hits[0].title == "one"
    with pytest.raises(ModelDamaged):
        library.refresh()
