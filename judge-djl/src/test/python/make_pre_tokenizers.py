"""Cuts tricky texts by the rules of each kind of byte-level tokenizer, for the test of what GGUF files name.

Run:   python make_pre_tokenizers.py
Needs: tokenizers 0.23.3
Makes: ../resources/reference/pre-tokenizers.json
         {tokens, merges, texts, ids: {name: [[int] a text]}}

One vocabulary serves all: it is trained without cutting, so its tokens run over every border, and a text
that is cut elsewhere comes out in other tokens. The regular expressions are those of the tokenizer.json files
of Llama 3 (also Phi 4, OLMo 2, SmolLM 3), Qwen 2, GPT-4o (Phi 4 mini) and Mistral Nemo.
"""

import json
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

OUT = Path(__file__).resolve().parents[1] / "resources" / "reference" / "pre-tokenizers.json"
TEXTS = [
  "I'm sure they'LL say it's WE'VE been there'd", "l'été d'où aujourd'hui", "camelCaseWord XMLHttpRequest iPhone McDonald ÄÖÜäöü ǅungla",
  "1234567890 12 3.14 ١٢٣٤ ²³½ 一二三 Ⅷ", "  two   three    spaces ", "line\nnext\n\n\npara\r\n\r\n\tx \n y", "a/b//c ///\n// path/to/file\n/",
  "!!! ??? ... --- *** ([{<>}])", "x+=1; y!=2 && z||w # comment", "snake_case __init__ SCREAMING_CASE", "Größe ΑΒΓ αβγ Москва ЁЖ",
  "日本語の文章 中文 한국어", "🙂👩‍👩‍👧🇩🇪 ok", "e\u0301 a\u0308 n\u0303o", "\u00a0nbsp\u2003em \u200bzero", "don't DON'T Don’t", "http://a.b/c?d=e&f=1#g", "ſ K Å", "",
]
WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
TO_SMALL = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
FROM_CAPITAL = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
ENDING = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
SLASHES = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
# name: regular expression, whether a whole word that is a token is taken as it is
SPLITS = {
  "llama-bpe": (WORDS + r"\p{N}{1,3}" + REST, True),
  "dbrx": (WORDS + r"\p{N}{1,3}" + REST, False),
  "qwen2": (WORDS + r"\p{N}" + REST, False),
  "gpt-4o": (TO_SMALL + ENDING + "|" + FROM_CAPITAL + ENDING + r"|\p{N}{1,3}" + SLASHES, False),
  "tekken": (TO_SMALL + "|" + FROM_CAPITAL + r"|\p{N}" + SLASHES, True),
}


def train():
  tokenizer = Tokenizer(models.BPE())
  tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
  trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)
  tokenizer.train_from_iterator([text for text in TEXTS for _ in range(2)], trainer)
  model = json.loads(tokenizer.to_str())["model"]
  return model["vocab"], [tuple(merge) for merge in model["merges"]]


def cut(name):
  byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=name not in SPLITS)
  if name == "gpt-2":
    return byte_level
  first = pre_tokenizers.Digits(individual_digits=True) if name == "smollm" else pre_tokenizers.Split(Regex(SPLITS[name][0]), "isolated")
  return pre_tokenizers.Sequence([first, byte_level])


def main():
  vocab, merges = train()
  ids = {}
  for name in [*SPLITS, "smollm", "gpt-2"]:
    tokenizer = Tokenizer(models.BPE(vocab, merges, ignore_merges=SPLITS.get(name, (0, False))[1]))
    tokenizer.pre_tokenizer = cut(name)
    if name == "qwen2":
      tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    ids[name] = [tokenizer.encode(text).ids for text in TEXTS]
  assert len({json.dumps(value) for value in ids.values()}) >= len(ids) - 1  # llama-bpe and dbrx may agree
  tokens = sorted(vocab, key=vocab.get)
  OUT.write_text(
    json.dumps({"tokens": tokens, "merges": [" ".join(merge) for merge in merges], "texts": TEXTS, "ids": ids}, ensure_ascii=False) + "\n",
    encoding="utf-8")


main()
