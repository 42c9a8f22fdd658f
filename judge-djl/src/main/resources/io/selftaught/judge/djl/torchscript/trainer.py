# Trains tensors of a decoder, in fp32, while it computes in dtype. What is trained is either the LoRA
# pairs or the weights themselves; what isn't gets no gradient.
# B sequences of T positions, N = B * T, H hidden, D head_dim, C positions whose next token is learnt.
class Trainer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  count : int
  styles : List[__torch__.style.Style]
  dtype : int
  dropout : float
  raw : Dict[str, Tensor]
  lora : Dict[str, Tensor]
  head : str
  parameters : List[Tensor]
  gradients : List[Tensor]
  first : List[Tensor]
  second : List[Tensor]
  steps : List[Tensor]
  index : Dict[str, int]
  of_layer : List[List[int]]

  def load(self: __torch__.trainer.Trainer, raw: Dict[str, Tensor], lora: Dict[str, Tensor], first: Dict[str, Tensor], second: Dict[str, Tensor], sizes: Tensor, dropout: Tensor) -> Tensor:
    # sizes: whether to compute in bf16, whether raw is trained and not lora, steps done; dropout []. first and second are the moments of what is trained, by the same names.
    self.styles = __torch__.style.styles(raw)
    self.count = len(self.styles)
    self.dtype = 6
    if int(sizes[0]) == 1:
      self.dtype = 15
    self.dropout = float(dropout)
    self.raw = raw
    self.lora = lora
    self.head = "embedding"
    if torch.__contains__(raw, "head"):
      self.head = "head"
    self.of_layer = annotate(List[List[int]], [])
    for i in range(self.count):
      self.of_layer.append(annotate(List[int], []))
    trained = lora
    if int(sizes[1]) == 1:
      trained = raw
    names = list(torch.keys(first))
    torch.sort(names)
    for n in range(len(names)):
      self.first.append(first[names[n]])
      self.second.append(second[names[n]])
      self.train_tensor(trained, names[n], int(sizes[2]))
    return sizes
  def train_tensor(self: __torch__.trainer.Trainer, trained: Dict[str, Tensor], name: str, step: int) -> None:
    # An alias: the owner's tensor takes no part in autograd and sees each update.
    parameter = trained[name].detach().requires_grad_(True)
    trained[name] = parameter
    self.index[name] = len(self.parameters)
    for i in range(self.count):
      if torch.startswith(name, "{}.".format(i)):
        self.of_layer[i].append(len(self.parameters))
    self.parameters.append(parameter)
    self.gradients.append(torch.zeros_like(parameter.detach()))
    self.steps.append(torch.full([], step, dtype=6, device=parameter.device))
    return None
  def gradient_of(self: __torch__.trainer.Trainer, name: str) -> Optional[Tensor]:
    # where the gradient of a tensor that stands outside of the layers is gathered, if it is trained
    if torch.__contains__(self.index, name):
      return self.gradients[self.index[name]]
    return None
  def masked(self: __torch__.trainer.Trainer, pairs: List[List[Tensor]], layer: __torch__.weights.Layer, rows: int, seed: int) -> List[List[Tensor]]:
    # adds dropout to the pairs of a layer; the same seed gives the same masks again
    if self.dropout == 0.0:
      return pairs
    generator = torch.Generator(device=layer.qkv.weight.device, seed=seed)
    for i in range(len(pairs)):
      if len(pairs[i]) > 0:
        keep = torch.empty([rows, pairs[i][0].size(1)], dtype=self.dtype, device=layer.qkv.weight.device)
        keep = torch.bernoulli_(keep, 1.0 - self.dropout, generator=generator)
        pairs[i].append(torch.mul_(keep, 1.0 / (1.0 - self.dropout)))
    return pairs
  def layer(self: __torch__.trainer.Trainer, i: int, x: Tensor, B: int, rotations: List[List[Tensor]], seed: int) -> Tensor:
    # x [N, H] -> [N, H]
    style = self.styles[i]
    layer = __torch__.weights.layer(self.raw, style, i, self.dtype, torch.is_grad_enabled())
    lora = __torch__.lora.of_layer(self.lora, i, layer, self.dtype)
    lora = self.masked(lora, layer, x.size(0), seed + i)
    q, k, v = __torch__.layer.project(layer, lora, x, rotations)
    q = q.reshape([B, -1, q.size(1), q.size(2)]).transpose(1, 2)
    k = k.reshape([B, -1, k.size(1), k.size(2)]).transpose(1, 2)
    v = v.reshape([B, -1, v.size(1), v.size(2)]).transpose(1, 2)
    if not q.is_cuda and q.size(2) < 256:
      # On the CPU the gradient in bf16 is slow for short sequences: six times at 40 positions.
      q = q.to(6)
      k = k.to(6)
      v = v.to(6)
    mask = __torch__.attention.causal_mask(style.window, 0, q.size(2), q)
    a = __torch__.attention.causal(style, q, k, v, mask).to(self.dtype)
    return __torch__.layer.finish(layer, lora, x, a.transpose(1, 2).reshape([x.size(0), -1]))
  def accumulate(self: __torch__.trainer.Trainer, ids: Tensor, rows: Tensor, targets: Tensor, numbers: Tensor, scale: Tensor) -> Tensor:
    # ids [B, T]; rows [C] of the N positions from which targets [C] are predicted; numbers: the layers
    # whose intermediate results are kept, the rows whose logits are held at once and the seed of dropout.
    # Adds scale * gradient -> summed loss []. Of the layers that aren't kept only the input is, and they
    # are run again for their gradient.
    before = torch.is_grad_enabled()
    kept = int(numbers[0])
    seed = int(numbers[2])
    B = ids.size(0)
    flat = ids.view([-1])
    torch.set_grad_enabled(False)
    positions = torch.arange(ids.size(1), dtype=4, device=ids.device).repeat([B])
    rotations = __torch__.layer.rotations(positions, self.raw["inverse_frequencies"], self.styles, self.dtype)
    embedding_scale = self.styles[0].embedding_scale
    x = __torch__.ops.scaled(torch.embedding(self.raw["embedding"], flat).to(self.dtype), embedding_scale)
    inputs = annotate(List[Tensor], [])
    outputs = annotate(List[Tensor], [])
    for i in range(self.count):
      keep = i >= self.count - kept
      torch.set_grad_enabled(keep)
      x = x.detach().requires_grad_(True)
      inputs.append(x)
      x = self.layer(i, x, B, rotations, seed)
      if keep:
        outputs.append(x)
    torch.set_grad_enabled(True)
    loss, g = self.loss(x.detach(), rows, targets, float(scale), int(numbers[1]))
    for j in range(self.count):
      i = self.count - 1 - j
      x = inputs.pop()
      if len(outputs) > 0:
        y = outputs.pop()
      else:
        y = self.layer(i, x, B, rotations, seed)
      g = self.backward(i, x, y, g)
    torch.set_grad_enabled(False)
    embedding = self.gradient_of("embedding")
    if embedding is not None:
      _ = torch.index_add_(embedding, 0, flat, __torch__.ops.scaled(g.to(6), embedding_scale))
    torch.set_grad_enabled(before)
    return loss
  def loss(self: __torch__.trainer.Trainer, x: Tensor, rows: Tensor, targets: Tensor, scale: float, step: int) -> Tuple[Tensor, Tensor]:
    # x [N, H] after the last layer -> summed loss [], its gradient by x [N, H]
    x = x.requires_grad_(True)
    h = __torch__.ops.rms_norm(x.index_select(0, rows), self.raw["final_norm"].to(self.dtype), self.styles[0].eps)
    head = self.raw[self.head].detach().to(self.dtype)
    torch.set_grad_enabled(False)
    loss, g = __torch__.loss.cross_entropy(h.detach(), head, targets, scale, self.styles[0].logit_cap, step, self.gradient_of(self.head))
    torch.set_grad_enabled(True)
    inputs = [x]
    if torch.__contains__(self.index, "final_norm"):
      inputs.append(self.raw["final_norm"])
    found = torch.autograd.grad([h], inputs, annotate(List[Optional[Tensor]], [g]), None, False, False)
    if len(inputs) > 1:
      self.add(self.index["final_norm"], found[1])
    result = found[0]
    assert result is not None
    return (loss, result)
  def backward(self: __torch__.trainer.Trainer, i: int, x: Tensor, y: Tensor, g: Tensor) -> Tensor:
    # the gradient g by the output y of a layer -> that by its input x
    inputs = [x]
    indices = self.of_layer[i]
    for n in range(len(indices)):
      inputs.append(self.parameters[indices[n]])
    found = torch.autograd.grad([y], inputs, annotate(List[Optional[Tensor]], [g]), None, False, False)
    for n in range(len(indices)):
      self.add(indices[n], found[n + 1])
    result = found[0]
    assert result is not None
    return result
  def add(self: __torch__.trainer.Trainer, n: int, gradient: Optional[Tensor]) -> None:
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    assert gradient is not None
    _ = torch.add_(self.gradients[n], gradient)
    torch.set_grad_enabled(before)
    return None
  def step(self: __torch__.trainer.Trainer, settings: Tensor, limit: Tensor) -> Tensor:
    # settings: see optimiser.py; limit: the norm to clip to -> the norm before []. Where that is not
    # finite nothing is changed.
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    norm = __torch__.optimiser.global_norm(self.gradients)
    if bool(torch.isfinite(norm)):
      __torch__.optimiser.scale_(self.gradients, min(1.0, float(limit) / (float(norm) + 1e-6)))
      __torch__.optimiser.adamw_(self.parameters, self.gradients, self.first, self.second, self.steps, settings)
      for n in range(len(self.gradients)):
        _ = torch.zero_(self.gradients[n])
    torch.set_grad_enabled(before)
    return norm
  def gradient(self: __torch__.trainer.Trainer, name: str) -> Tensor:
    return self.gradients[self.index[name]].clone()
