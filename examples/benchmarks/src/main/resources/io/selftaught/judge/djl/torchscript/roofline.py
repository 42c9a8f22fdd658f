# What a processor can do at most: the operations that decoders are made of, and nothing around them.
class Roofline(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  x : Tensor
  weight : Tensor
  numbers : Tensor
  def fill(self: __torch__.roofline.Roofline, rows: int, inner: int, outer: int, numbers: int, like: Tensor) -> Tensor:
    # x [rows, inner] and weight [outer, inner] in bf16; numbers in fp32; all where like is
    self.x = torch.ones([rows, inner], dtype=6, device=like.device).to(15)
    self.weight = torch.ones([outer, inner], dtype=6, device=like.device).to(15)
    self.numbers = torch.ones([numbers], dtype=6, device=like.device)
    return torch.slice(self.numbers, 0, 0, 1)
  def multiply(self: __torch__.roofline.Roofline) -> Tensor:
    # one number of the product, to be fetched by the host, who thereby waits for it
    return torch.slice(torch.linear(self.x, self.weight)[0], 0, 0, 1).to(6)
  def total(self: __torch__.roofline.Roofline) -> Tensor:
    return torch.sum(self.numbers).unsqueeze(0)
