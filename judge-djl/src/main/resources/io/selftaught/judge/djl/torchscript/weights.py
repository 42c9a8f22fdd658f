# The weights of one decoder layer. Projections that read the same input are stacked by rows; gate and up
# stand apart where they are packed, see memory.py. Which of the optional ones there are is what families
# differ in.
class Matrix(NamedTuple):
  # [out, in]; packed it is [in, out] if it is int8, see quantised.py, and bytes in blocks if it is int4, see
  # int4.py
  weight : Tensor
  # of int8: what the rows are multiplied by, in fp32, [out]; of int4: scales and zeros in bf16, [in / 32, out, 2]
  scale : Optional[Tensor]
  # of int8 only: zeros in int32, [out]
  zero : Optional[Tensor]
class Layer(NamedTuple):
  style : __torch__.style.Style
  input_norm : Optional[Tensor]
  qkv : __torch__.weights.Matrix
  qkv_bias : Optional[Tensor]
  # of each head, [heads + kv_heads, D], or of all query heads and all key heads together
  head_norm : Optional[Tensor]
  q_norm : Optional[Tensor]
  k_norm : Optional[Tensor]
  o : __torch__.weights.Matrix
  attended_norm : Optional[Tensor]
  mlp_norm : Optional[Tensor]
  router : Optional[Tensor]
  # one stack, of experts one below the other, or two packed projections
  gate_up : List[__torch__.weights.Matrix]
  down : __torch__.weights.Matrix
  mlp_output_norm : Optional[Tensor]
def optional(raw: Dict[str, Tensor], i: int, name: str, dtype: int) -> Optional[Tensor]:
  found = annotate(Optional[Tensor], None)
  key = "{}.{}".format(i, name)
  if torch.__contains__(raw, key):
    found = raw[key].to(dtype)
  return found
def head_norm(raw: Dict[str, Tensor], style: __torch__.style.Style, i: int, dtype: int) -> Optional[Tensor]:
  norm = annotate(Optional[Tensor], None)
  key = "{}.q_head_norm".format(i)
  if torch.__contains__(raw, key):
    q = raw[key].expand([style.heads, style.head_dim])
    k = raw["{}.k_head_norm".format(i)].expand([style.kv_heads, style.head_dim])
    norm = torch.cat([q, k], 0).to(dtype)
  return norm
def outputs(matrix: __torch__.weights.Matrix) -> int:
  scale = matrix.scale
  if matrix.zero is not None:
    return matrix.weight.size(1)
  if scale is not None:
    return scale.size(1)
  return matrix.weight.size(0)
def inputs(matrix: __torch__.weights.Matrix) -> int:
  scale = matrix.scale
  if matrix.zero is not None:
    return matrix.weight.size(0)
  if scale is not None:
    return scale.size(0) * 32
  return matrix.weight.size(1)
def matrix(raw: Dict[str, Tensor], key: str) -> __torch__.weights.Matrix:
  weight = raw[key]
  scale = annotate(Optional[Tensor], None)
  zero = annotate(Optional[Tensor], None)
  if torch.__contains__(raw, key + "_scale"):
    scale = raw[key + "_scale"]
    if weight.is_mkldnn:
      zero = torch.zeros([raw[key + "_scale"].size(0)], dtype=3)
  return __torch__.weights.Matrix(weight, scale, zero)
def projection(raw: Dict[str, Tensor], i: int, name: str, dtype: int, plain: bool) -> __torch__.weights.Matrix:
  matrix = __torch__.weights.matrix(raw, "{}.{}".format(i, name))
  weight = matrix.weight
  if matrix.zero is None and matrix.scale is not None:
    return matrix
  if not weight.is_mkldnn:
    return __torch__.weights.Matrix(weight.to(dtype), None, None)
  if plain:
    return __torch__.weights.Matrix(weight.to_dense(), None, None)
  return matrix
def gate_up(raw: Dict[str, Tensor], i: int, dtype: int, plain: bool) -> List[__torch__.weights.Matrix]:
  if torch.__contains__(raw, "{}.gate_up".format(i)):
    return [__torch__.weights.projection(raw, i, "gate_up", dtype, plain)]
  gate = __torch__.weights.projection(raw, i, "gate", dtype, plain)
  up = __torch__.weights.projection(raw, i, "up", dtype, plain)
  if plain:
    return [__torch__.weights.Matrix(torch.cat([gate.weight, up.weight]), None, None)]
  return [gate, up]
def layer(raw: Dict[str, Tensor], style: __torch__.style.Style, i: int, dtype: int, plain: bool) -> __torch__.weights.Layer:
  # plain unpacks what is packed, so that autograd can pass
  return __torch__.weights.Layer(
    style,
    __torch__.weights.optional(raw, i, "input_norm", dtype),
    __torch__.weights.projection(raw, i, "qkv", dtype, plain),
    __torch__.weights.optional(raw, i, "qkv_bias", dtype),
    __torch__.weights.head_norm(raw, style, i, dtype),
    __torch__.weights.optional(raw, i, "q_norm", dtype),
    __torch__.weights.optional(raw, i, "k_norm", dtype),
    __torch__.weights.projection(raw, i, "o", dtype, plain),
    __torch__.weights.optional(raw, i, "attended_norm", dtype),
    __torch__.weights.optional(raw, i, "mlp_norm", dtype),
    __torch__.weights.optional(raw, i, "router", dtype),
    __torch__.weights.gate_up(raw, i, dtype, plain),
    __torch__.weights.projection(raw, i, "down", dtype, plain),
    __torch__.weights.optional(raw, i, "mlp_output_norm", dtype))
def layers(raw: Dict[str, Tensor], styles: List[__torch__.style.Style]) -> List[__torch__.weights.Layer]:
  result = annotate(List[__torch__.weights.Layer], [])
  for i in range(len(styles)):
    result.append(__torch__.weights.layer(raw, styles[i], i, raw["final_norm"].dtype, False))
  return result
