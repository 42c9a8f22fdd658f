# Building blocks. B batch, T positions, H hidden, R LoRA rank, D head_dim.
def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
  return torch.rms_norm(x, [x.size(-1)], weight, eps)
def lora_linear(x: Tensor, weight: Tensor, bias: Optional[Tensor], lora: List[Tensor]) -> Tensor:
  # x [.., in] -> [.., out]; lora is empty or [A [R, in], B [out, R] with the scale in it], in training
  # with dropout followed by what x is multiplied by for A
  y = torch.linear(x, weight, bias)
  if len(lora) == 3:
    x = x * lora[2]
  if len(lora) > 0:
    y = y + torch.linear(torch.linear(x, lora[0]), lora[1])
  return y
def rope(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # x [.., D]; cos and sin broadcast over the heads. The rotated pairs are (i, i + D/2).
  x1, x2 = torch.chunk(x, 2, -1)
  return x * cos + torch.cat([torch.neg(x2), x1], -1) * sin
def swiglu(gate_up: Tensor) -> Tensor:
  gate, up = torch.chunk(gate_up, 2, -1)
  return torch.silu(gate) * up
