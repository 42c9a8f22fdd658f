# Products of int8 weights (one scale to a row) with int8 inputs (one scale to a row): summed exactly, as
# integers, so that a row's result depends on nothing but that row. T rows.
class Rows(NamedTuple):
  # numbers [T, in] int8 times scale [T, 1]
  numbers : Tensor
  scale : Tensor
def rows(x: Tensor) -> __torch__.quantised.Rows:
  # x [T, in]. A scale of bf16 may be too small by 1/512: 126.5 keeps the largest number within 127. A row of
  # zeros has scale 0, which makes up for whatever 0/0 is as an integer.
  scale = torch.div(torch.amax(torch.abs(x), [-1], True), 126.5)
  numbers = torch.round_(torch.div(x, scale)).to(1)
  return __torch__.quantised.Rows(numbers, scale)
def normed(x: Tensor, norm: Optional[Tensor], eps: float) -> __torch__.quantised.Rows:
  # the rows of the norm of x. What a row is divided by goes into its scale, which saves passes over x.
  if norm is None:
    return __torch__.quantised.rows(x)
  rows = __torch__.quantised.rows(x * norm)
  H = float(x.size(-1))
  # the root of sum(x^2) + H eps
  root = torch.hypot(ops.aten.linalg_vector_norm(x, 2, [-1], True, dtype=6), torch.full([], torch.sqrt(H * eps), dtype=6))
  scale = torch.mul(torch.div(rows.scale, root), torch.sqrt(H)).to(x.dtype)
  return __torch__.quantised.Rows(rows.numbers, scale)
def multiply(x: __torch__.quantised.Rows, matrix: __torch__.weights.Matrix, dtype: int) -> Tensor:
  # -> [T, out] in dtype, still to be multiplied by the scale of x
  scale = matrix.scale
  zero = matrix.zero
  assert scale is not None and zero is not None
  none = annotate(List[Optional[number]], [])
  return ops.onednn.qlinear_pointwise(x.numbers, 1.0, 0, matrix.weight, scale, zero, None, 1.0, 0, dtype, "none", none, "")
def linear(x: __torch__.quantised.Rows, matrix: __torch__.weights.Matrix, bias: Optional[Tensor]) -> Tensor:
  y = __torch__.quantised.multiply(x, matrix, x.scale.dtype)
  if bias is not None:
    return torch.addcmul(bias, y, x.scale)
  return torch.mul_(y, x.scale)
def logits(x: Tensor, head: __torch__.weights.Matrix) -> Tensor:
  # x [T, in] -> [T, out] in fp32
  rows = __torch__.quantised.rows(x)
  return torch.mul_(__torch__.quantised.multiply(rows, head, 6), rows.scale)
