"""The tokenizer that a GGUF file's vocabulary was published with.

transformers reads the vocabulary of a GGUF file but not every model's rules: it doesn't know the
`smollm` digits and drops Qwen2's NFC. So the rules are those of the models' own tokenizer.json.
"""

import gguf
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import PreTrainedTokenizerFast

QWEN2_PATTERN = (
  r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
  r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def set_rules(tokenizer, pre):
  """Gives a byte-level BPE the normalizer and pre-tokenizer that llama.cpp calls `pre`."""
  if pre == "smollm":
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
      [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
  elif pre == "qwen2":
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
      [
        pre_tokenizers.Split(Regex(QWEN2_PATTERN), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
      ]
    )
  else:
    raise ValueError(f"unknown pre-tokenizer {pre}")
  tokenizer.decoder = decoders.ByteLevel()


def load_tokenizer(path):
  """A transformers tokenizer with the chat template of the file."""
  reader = gguf.GGUFReader(path)
  read = lambda key: reader.get_field("tokenizer." + key).contents()
  tokens, types = read("ggml.tokens"), read("ggml.token_type")
  merges = [tuple(merge.split(" ")) for merge in read("ggml.merges")]
  tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
  set_rules(tokenizer, read("ggml.pre"))
  for token, kind in zip(tokens, types):
    if kind in (gguf.TokenType.CONTROL, gguf.TokenType.USER_DEFINED):
      control = kind == gguf.TokenType.CONTROL
      tokenizer.add_tokens([AddedToken(token, normalized=False, special=control)])
  return PreTrainedTokenizerFast(
    tokenizer_object=tokenizer,
    chat_template=read("chat_template"),
    bos_token=tokens[read("ggml.bos_token_id")],
    eos_token=tokens[read("ggml.eos_token_id")],
    clean_up_tokenization_spaces=False,
  )
