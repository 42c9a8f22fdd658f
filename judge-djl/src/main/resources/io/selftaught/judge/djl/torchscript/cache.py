# How keys and values are stored: as they are computed, or else in bytes. Then a number is an integer of 8 bits,
# and each head of each position has a scale, in bf16, in the two bytes after its D numbers. So a position is one
# row in both cases, and what copies rows need not know what is in them.
def width(D: int, quantised: bool) -> int:
  # of a row, in elements
  if quantised:
    return D + 2
  return D
def dtype(computed: int, quantised: bool) -> int:
  if quantised:
    return 1
  return computed
def balance(layer: __torch__.weights.Layer, turned: int) -> List[Tensor]:
  # What queries [heads, D] and keys [kv_heads, D] are multiplied by, or nothing. Where a bias makes some numbers
  # of every key a hundred times as large as the rest, 8 bits would leave nothing of the rest: such numbers
  # are divided by their size, and those of the queries multiplied by it, so that scores stay. The two numbers
  # that rotation mixes, i and i + turned / 2, have one size, a power of 2, which rounds nothing.
  bias = layer.qkv_bias
  if bias is None:
    return annotate(List[Tensor], [])
  style = layer.style
  first = style.heads * style.head_dim
  size = torch.slice(bias, 0, first, first + style.kv_heads * style.head_dim).abs().to(6)
  size = size.view([style.kv_heads, style.head_dim])
  a, b = torch.chunk(torch.slice(size, 1, 0, turned), 2, 1)
  pairs = torch.maximum(a, b)
  size = torch.cat([pairs, pairs, torch.slice(size, 1, turned)], 1)
  size = torch.exp2(torch.round(torch.log2(torch.clamp_min(size, 1))))
  return [size.repeat_interleave(style.heads // style.kv_heads, 0).to(bias.dtype), torch.reciprocal(size).to(bias.dtype)]
def encode(k: Tensor, v: Tensor, quantised: bool) -> Tuple[Tensor, Tensor]:
  # k and v [.., D] -> what is stored of them [.., width]
  if not quantised:
    return (k, v)
  rows = __torch__.cache.in_bytes(torch.stack([k, v]))
  return (rows[0], rows[1])
def in_bytes(x: Tensor) -> Tensor:
  # x [.., D] -> [.., width]
  x = x.to(6)
  # what is divided by is the rounded scale, which is what it will be multiplied by; never 0
  scale = torch.clamp_min(torch.amax(torch.abs(x), [-1], True) / 127, 1e-30).to(15)
  x = torch.clamp(torch.round(x / scale.to(6)), -127, 127)
  return torch.cat([x.to(1), torch.view_copy(scale, dtype=1)], -1)
def decode(rows: Tensor, computed: int) -> Tensor:
  # rows [.., width] -> [.., D]
  if rows.dtype != 1:
    return rows
  return torch.mul_(__torch__.cache.numbers(rows, computed), __torch__.cache.scales(rows))
def numbers(rows: Tensor, computed: int) -> Tensor:
  # rows [.., width] -> [.., D], which the scales are still to be multiplied with
  if rows.dtype != 1:
    return rows
  return torch.slice(rows, -1, 0, rows.size(-1) - 2).to(computed)
def scales(rows: Tensor) -> Tensor:
  # rows [.., width] in bytes -> [.., 1], in bf16
  return torch.view_copy(torch.slice(rows, -1, rows.size(-1) - 2), dtype=15)
def multiply(x: Tensor, rows: Tensor) -> Tensor:
  # x [.., G, S], which is written to, with the scales of rows [.., S, width]: much less work than multiplying the rows
  if rows.dtype != 1:
    return x
  return x.mul_(__torch__.cache.scales(rows).transpose(-2, -1))
