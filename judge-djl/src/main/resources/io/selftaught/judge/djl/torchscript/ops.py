# Building blocks. B batch, T positions, H hidden, R LoRA rank, D head_dim.
def rms_norm(x: Tensor, weight: Optional[Tensor], eps: float) -> Tensor:
  return torch.rms_norm(x, [x.size(-1)], weight, eps)
def norm_if(x: Tensor, weight: Optional[Tensor], eps: float) -> Tensor:
  # for the norms that a family may lack
  if weight is not None:
    x = torch.rms_norm(x, [x.size(-1)], weight, eps)
  return x
def scaled(x: Tensor, factor: float) -> Tensor:
  if factor != 1.0:
    x = x * factor
  return x
def capped(x: Tensor, cap: float) -> Tensor:
  # keeps x within -cap .. cap, softly; 0 for no bound
  if cap > 0.0:
    x = torch.tanh(x / cap) * cap
  return x
def linear(x: Tensor, matrix: __torch__.weights.Matrix, bias: Optional[Tensor]) -> Tensor:
  # x [.., in] -> [.., out]; the matrix may be packed, see memory.py
  if matrix.zero is not None:
    return __torch__.quantised.linear(__torch__.quantised.rows(x), matrix, bias)
  if matrix.scale is not None:
    return __torch__.ops.sum_if(__torch__.int4.linear(x, matrix), bias)
  if matrix.weight.is_mkldnn:
    return ops.mkldnn._linear_pointwise(x, matrix.weight, bias, "none", annotate(List[Optional[number]], []), "")
  return torch.linear(x, matrix.weight, bias)
def sum_if(x: Tensor, bias: Optional[Tensor]) -> Tensor:
  if bias is not None:
    x = x + bias
  return x
def logits(x: Tensor, head: __torch__.weights.Matrix) -> Tensor:
  # x [T, H] -> [T, V] in fp32
  if head.zero is not None:
    return __torch__.quantised.logits(x, head)
  return __torch__.ops.linear(x, head, None).to(6)
def add_linear(residual: Tensor, x: Tensor, matrix: __torch__.weights.Matrix, lora: List[Tensor]) -> Tensor:
  # residual + the projection of x, in one operation where the matrix is packed
  if len(lora) == 0:
    if matrix.zero is not None:
      return __torch__.quantised.linear(__torch__.quantised.rows(x), matrix, residual)
    if matrix.weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, residual, matrix.weight, None, "add")
  return residual + __torch__.ops.lora_linear(x, matrix, None, lora)
def lora_linear(x: Tensor, matrix: __torch__.weights.Matrix, bias: Optional[Tensor], lora: List[Tensor]) -> Tensor:
  # x [.., in] -> [.., out]; lora is empty or [A [R, in], B [out, R] with the scale in it], in training
  # with dropout followed by what x is multiplied by for A
  return __torch__.ops.adapted(__torch__.ops.linear(x, matrix, bias), x, lora)
def normed_linear(x: Tensor, norm: Optional[Tensor], eps: float, matrix: __torch__.weights.Matrix, bias: Optional[Tensor], lora: List[Tensor]) -> Tensor:
  # the projection of the norm of x
  if matrix.zero is not None and len(lora) == 0:
    return __torch__.quantised.linear(__torch__.quantised.normed(x, norm, eps), matrix, bias)
  return __torch__.ops.lora_linear(__torch__.ops.norm_if(x, norm, eps), matrix, bias, lora)
def adapted(y: Tensor, x: Tensor, lora: List[Tensor]) -> Tensor:
  if len(lora) == 3:
    x = x * lora[2]
  if len(lora) > 0:
    if lora[0].is_mkldnn:
      x = ops.mkldnn._linear_pointwise(x, lora[0], None, "none", annotate(List[Optional[number]], []), "")
      y = ops.mkldnn._linear_pointwise(x, y, lora[1], None, "add")
    else:
      y = y + torch.linear(torch.linear(x, lora[0]), lora[1])
  return y
def turn(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # (x1, x2) * cos + (-x2, x1) * sin; sin has the minus
  return torch.addcmul(x * cos, torch.roll(x, [x.size(-1) // 2], [-1]), sin)
def rope(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # x [.., D]; cos and sin [.., P] broadcast over the heads. The rotated pairs are (i, i + P/2); what is
  # behind P stays.
  P = cos.size(-1)
  if P < x.size(-1):
    turned = __torch__.ops.turn(torch.slice(x, -1, 0, P), cos, sin)
    return torch.cat([turned, torch.slice(x, -1, P)], -1)
  return __torch__.ops.turn(x, cos, sin)
def gated_linear(x: Tensor, norm: Optional[Tensor], style: __torch__.style.Style, gate_up: List[__torch__.weights.Matrix], lora: List[Tensor]) -> Tensor:
  # x [T, H], the projections of its norm stacked or, if packed in bf16, apart -> [T, W]. What is apart and
  # not adapted does the element-wise part within the products.
  gelu = style.gelu
  if len(gate_up) == 1:
    return __torch__.ops.gated(__torch__.ops.normed_linear(x, norm, style.eps, gate_up[0], None, lora), gelu)
  x = __torch__.ops.norm_if(x, norm, style.eps)
  if len(lora) > 0:
    y = torch.cat([__torch__.ops.linear(x, gate_up[0], None), __torch__.ops.linear(x, gate_up[1], None)], -1)
    return __torch__.ops.gated(__torch__.ops.adapted(y, x, lora), gelu)
  name = "swish"
  algorithm = ""
  if gelu:
    name = "gelu"
    algorithm = "tanh"
  gate = ops.mkldnn._linear_pointwise(x, gate_up[0].weight, None, name, annotate(List[Optional[number]], []), algorithm)
  return ops.mkldnn._linear_pointwise(x, gate, gate_up[1].weight, None, "mul")
def gated(gate_up: Tensor, gelu: bool) -> Tensor:
  # SwiGLU, or GeGLU with the tanh approximation (Shazeer 2020)
  gate, up = torch.chunk(gate_up, 2, -1)
  if gelu:
    return torch.gelu(gate, approximate="tanh") * up
  return torch.silu(gate) * up
