"""Makes tiny vocabularies in the manner of Llama 2 and of Gemma, and the ids that SentencePiece itself gives.

Run:   python make_sentencepiece.py
Needs: sentencepiece 0.2.3, gguf 0.19.0, tokenizers 0.23.3, transformers 5.24.0 (the versions that made the stored files)
Makes: ../resources/reference/sentencepiece/
         llama.gguf, gemma.gguf                  headers as llama.cpp's converter writes them, no tensors
         llama/tokenizer.json, gemma/...         the same vocabularies in the layout of the families' own files
         ids.json                                {llama: [{text, ids}], gemma: [{text, ids}]}

The vocabularies are trained on this project's licence and the sentences below.
"""

import io
import json
from pathlib import Path

import gguf
import sentencepiece
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers.convert_slow_tokenizer import generate_merges

HERE = Path(__file__).resolve()
OUT = HERE.parents[1] / "resources" / "reference" / "sentencepiece"
LICENCE = HERE.parents[4] / "LICENSE"
SENTENCES = """Which of two answers is better? The second one, because it is right.
Größe, Äpfel und Öl: daß es ißt. L'été, où êtes-vous? Ça va à l'hôtel.
Москва не сразу строилась. Нещо на Български език. Ελληνικά γράμματα.
def better(a, b):\n    return a if score(a) > score(b) else b\n\n\nfor i in range(10):\n        print(i)
日本語の文章です。中文句子。한국어 문장.
""".split("\n")
TEXTS = [
  "", " ", "  ", "   ", "\n", "\n\n", "\n\n\n", "\t", " \n ", "a", " a", "a ", "  a  b   c    ", "Which is better?", " Which", "which  is",
  "the License", "The LICENSE, version 2.0 (2004)", "1234567890 12 3", "3.14159", "x=1;y=2", "Äpfel und Öl", "L'été où", "ελληνικά",
  "Москва строилась", "日本語の文章です。", "한국어 문장", "漢字仮名", "🙂", "👩‍👩‍👧 🇩🇪", "e\u0301 é", "\u00a0x\u2003y\u3000z", "\u200b\ufeff", "\u0000a\u0007",
  "aaaaaaaaaaaa", "eeeeeeeeeee", "tttttt", "abababababab", "!!!???...", "----", "http://www.apache.org/licenses/", "snake_case camelCase",
  "def better(a, b):\n    return a\n\n\n        print(1)", "a\n\nb\n c\n  d", "▁", "a▁b", "<0x41>", "<unk>x", "<s", "s>", "ﬁ ½ ²", "İstanbul ß", "\r\n\r\n",
]
SPACES = ["▁" * n for n in range(2, 8)]
KINDS = {
  "llama": dict(add_dummy_prefix=True, unk_id=0, bos_id=1, eos_id=2, pad_id=-1),
  "gemma": dict(add_dummy_prefix=False, pad_id=0, eos_id=1, bos_id=2, unk_id=3, pad_piece="<pad>", eos_piece="<eos>", bos_piece="<bos>",
    user_defined_symbols=["<start_of_turn>", "<end_of_turn>", "\n\n", "\n\n\n", *SPACES, "<table>"]),
}
CONTROL = {"<start_of_turn>", "<end_of_turn>"}


def train(options):
  model = io.BytesIO()
  sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(LICENCE.read_text(encoding="utf-8").splitlines() + SENTENCES * 20), model_writer=model, model_type="bpe", vocab_size=800,
    byte_fallback=True, split_digits=True, normalization_rule_name="identity", remove_extra_whitespaces=False,
    allow_whitespace_only_pieces=True, character_coverage=0.995, num_threads=1, minloglevel=2, **options)
  return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def kind(name, sp, i):
  if sp.is_unknown(i):
    return gguf.TokenType.UNKNOWN
  if sp.is_control(i) or sp.id_to_piece(i) in CONTROL:
    return gguf.TokenType.CONTROL
  if sp.is_byte(i):
    return gguf.TokenType.BYTE
  defined = KINDS[name].get("user_defined_symbols", [])
  return gguf.TokenType.USER_DEFINED if sp.id_to_piece(i) in defined else gguf.TokenType.NORMAL


def write_gguf(name, sp):
  writer = gguf.GGUFWriter(OUT / f"{name}.gguf", "llama")
  kinds = [kind(name, sp, i) for i in range(len(sp))]
  pieces = [sp.id_to_piece(i) for i in range(len(sp))]
  # The converter turns the marks of user-defined tokens into the spaces that they stand for.
  writer.add_tokenizer_model("llama")
  writer.add_tokenizer_pre("default")
  writer.add_token_list([p.replace("▁", " ") if k == gguf.TokenType.USER_DEFINED else p for p, k in zip(pieces, kinds)])
  writer.add_token_scores([sp.get_score(i) for i in range(len(sp))])
  writer.add_token_types(kinds)
  writer.add_bos_token_id(sp.bos_id())
  writer.add_eos_token_id(sp.eos_id())
  writer.add_unk_token_id(sp.unk_id())
  if name == "gemma":
    writer.add_add_space_prefix(False)
  writer.write_header_to_file()
  writer.write_kv_data_to_file()
  writer.close()


def write_json(name, sp):
  vocab = {sp.id_to_piece(i): i for i in range(len(sp))}
  scores = {sp.id_to_piece(i): sp.get_score(i) for i in range(len(sp)) if kind(name, sp, i) != gguf.TokenType.BYTE}
  bpe = models.BPE(vocab, generate_merges(vocab, scores), unk_token=sp.id_to_piece(sp.unk_id()), fuse_unk=True, byte_fallback=True)
  tokenizer = Tokenizer(bpe)
  end = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
  if name == "llama":
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([*end, decoders.Strip(" ", 1, 0)])
  else:
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence(end)
  for i in range(len(sp)):
    if kind(name, sp, i) in (gguf.TokenType.CONTROL, gguf.TokenType.UNKNOWN, gguf.TokenType.USER_DEFINED):
      special = kind(name, sp, i) != gguf.TokenType.USER_DEFINED
      tokenizer.add_tokens([AddedToken(sp.id_to_piece(i), normalized=False, special=special)])
  (OUT / name).mkdir(parents=True, exist_ok=True)
  (OUT / name / "tokenizer.json").write_text(tokenizer.to_str(pretty=False) + "\n", encoding="utf-8")


def main():
  OUT.mkdir(parents=True, exist_ok=True)
  ids = {}
  for name, options in KINDS.items():
    sp = train(options)
    write_gguf(name, sp)
    write_json(name, sp)
    ids[name] = [{"text": text, "ids": sp.encode(text)} for text in TEXTS]
  (OUT / "ids.json").write_text(json.dumps(ids, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main()
