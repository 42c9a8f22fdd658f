# A decoder-only transformer: RMSNorm, rotary positions, grouped-query attention, SwiGLU.
# N rows (samples being decoded), T new positions of one prompt, H hidden, D head_dim, V vocabulary.
#
# The keys and values of a prompt (its prefix) are kept once for all samples drawn from it; what each
# sample adds (its tail) is kept by row. Attention runs over both and is merged.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  heads : int
  kv_heads : int
  head_dim : int
  eps : float
  inverse_frequencies : Tensor
  embedding : Tensor
  final_norm : Tensor
  head : Tensor
  layers : List[__torch__.weights.Layer]
  lora : List[List[List[Tensor]]]
  prefix_k : Dict[int, List[Tensor]]
  prefix_v : Dict[int, List[Tensor]]
  prefix_logits : Dict[int, Tensor]
  tail_k : List[Tensor]
  tail_v : List[Tensor]
  logits : Tensor

  def load(self: __torch__.decoder.Decoder, raw: Dict[str, Tensor], sizes: Tensor, eps: Tensor, lora: Dict[str, Tensor]) -> Tensor:
    # sizes: layers, heads, kv_heads, head_dim; lora: see lora.py
    count = int(sizes[0])
    self.heads = int(sizes[1])
    self.kv_heads = int(sizes[2])
    self.head_dim = int(sizes[3])
    self.eps = float(eps)
    self.inverse_frequencies = raw["inverse_frequencies"]
    self.embedding = raw["embedding"]
    self.final_norm = raw["final_norm"]
    self.head = self.embedding
    if torch.__contains__(raw, "head"):
      self.head = raw["head"]
    self.layers = __torch__.weights.layers(raw, count)
    self.lora = __torch__.lora.projections(lora, self.layers, self.kv_heads * self.head_dim)
    return sizes
  def rotations(self: __torch__.decoder.Decoder, positions: Tensor) -> Tuple[Tensor, Tensor]:
    return __torch__.layer.rotations(positions, self.inverse_frequencies, self.embedding.dtype)
  def project(self: __torch__.decoder.Decoder, i: int, x: Tensor, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    return __torch__.layer.project(self.layers[i], self.lora[i], self.kv_heads, self.eps, x, cos, sin)
  def finish(self: __torch__.decoder.Decoder, i: int, x: Tensor, attended: Tensor) -> Tensor:
    return __torch__.layer.finish(self.layers[i], self.lora[i], self.eps, x, attended)
  def predict(self: __torch__.decoder.Decoder, x: Tensor) -> Tuple[Tensor, Tensor]:
    # x [T, H] -> what the head reads [T, H], logits [T, V]
    h = __torch__.ops.rms_norm(x, self.final_norm, self.eps)
    return (h, torch.linear(h, self.head).to(6))
  def begin(self: __torch__.decoder.Decoder, prompt: int, total: int, source: int, shared: int) -> None:
    # makes room for a prompt of so many tokens, the first of which are shared with a prompt that was read
    ks = annotate(List[Tensor], [])
    vs = annotate(List[Tensor], [])
    x = self.embedding
    for i in range(len(self.layers)):
      k = torch.empty([self.kv_heads, total, self.head_dim], dtype=x.dtype, device=x.device)
      v = torch.empty([self.kv_heads, total, self.head_dim], dtype=x.dtype, device=x.device)
      if shared > 0:
        _ = torch.slice(k, 1, 0, shared).copy_(torch.slice(self.prefix_k[source][i], 1, 0, shared))
        _ = torch.slice(v, 1, 0, shared).copy_(torch.slice(self.prefix_v[source][i], 1, 0, shared))
      ks.append(k)
      vs.append(v)
    self.prefix_k[prompt] = ks
    self.prefix_v[prompt] = vs
    self.prefix_logits[prompt] = torch.zeros([0])
    return None
  def prefill(self: __torch__.decoder.Decoder, prompt: int, ids: Tensor, start: int, total: int, sampling: Tensor, extra: Tensor) -> Tensor:
    # ids [T]: the next positions of a prompt of so many tokens in total -> candidates [1, ..] at the last one
    T = ids.size(0)
    x = torch.embedding(self.embedding, ids)
    cos, sin = self.rotations(torch.arange(start, start + T, dtype=4, device=ids.device))
    mask = __torch__.attention.causal_mask(start, x)
    prefix_k = self.prefix_k[prompt]
    prefix_v = self.prefix_v[prompt]
    for i in range(len(self.layers)):
      q, k, v = self.project(i, x, cos, sin)
      _ = torch.slice(prefix_k[i], 1, start, start + T).copy_(k.transpose(0, 1))
      _ = torch.slice(prefix_v[i], 1, start, start + T).copy_(v.transpose(0, 1))
      k = torch.slice(prefix_k[i], 1, 0, start + T).unsqueeze(0)
      v = torch.slice(prefix_v[i], 1, 0, start + T).unsqueeze(0)
      a = __torch__.attention.causal(q.transpose(0, 1).unsqueeze(0), k, v, mask)
      x = self.finish(i, x, a.squeeze(0).transpose(0, 1).reshape([T, -1]))
    if start + T < total:
      return sampling
    h, logits = self.predict(torch.slice(x, 0, T - 1))
    self.prefix_logits[prompt] = logits
    return __torch__.candidates.pack(h, self.head, logits, sampling, extra)
  def release(self: __torch__.decoder.Decoder, prompt: int) -> None:
    torch.Delete(self.prefix_k, prompt)
    torch.Delete(self.prefix_v, prompt)
    torch.Delete(self.prefix_logits, prompt)
    return None
  def arrange(self: __torch__.decoder.Decoder, sources: Tensor, targets: Tensor, rows: int, capacity: int) -> None:
    # makes room for so many rows with tails of so many positions; row sources[i] becomes row targets[i]
    tail_k = annotate(List[Tensor], [])
    tail_v = annotate(List[Tensor], [])
    shape = [rows, capacity, self.kv_heads, self.head_dim]
    for i in range(len(self.layers)):
      k = torch.zeros(shape, dtype=self.embedding.dtype, device=self.embedding.device)
      v = torch.zeros(shape, dtype=self.embedding.dtype, device=self.embedding.device)
      if sources.size(0) > 0:
        old = self.tail_k[i]
        kept = min(capacity, old.size(1))
        _ = torch.slice(k, 1, 0, kept).index_copy_(0, targets, torch.slice(old, 1, 0, kept).index_select(0, sources))
        old = self.tail_v[i]
        _ = torch.slice(v, 1, 0, kept).index_copy_(0, targets, torch.slice(old, 1, 0, kept).index_select(0, sources))
      tail_k.append(k)
      tail_v.append(v)
    self.tail_k = tail_k
    self.tail_v = tail_v
    return None
  def step(self: __torch__.decoder.Decoder, ids: Tensor, prefix_lengths: Tensor, tail_lengths: Tensor, prompts: List[int], ends: List[int], longest: int, sampling: Tensor, extra: Tensor) -> Tensor:
    # ids [N]: one more position for every row. Rows are grouped by prompt: those of prompts[g] end before
    # ends[g]. -> candidates [N, ..]
    N = ids.size(0)
    group = self.heads // self.kv_heads
    rows = torch.arange(N, dtype=4, device=ids.device)
    x = torch.embedding(self.embedding, ids)
    cos, sin = self.rotations(prefix_lengths + tail_lengths)
    seen = torch.arange(longest, dtype=4, device=ids.device).unsqueeze(0) <= tail_lengths.unsqueeze(1)
    mask = torch.zeros([N, longest], dtype=x.dtype, device=ids.device).masked_fill_(torch.logical_not(seen), -inf).view([N, 1, 1, longest])
    for i in range(len(self.layers)):
      q, k, v = self.project(i, x, cos, sin)
      _ = torch.index_put_(self.tail_k[i], annotate(List[Optional[Tensor]], [rows, tail_lengths]), k)
      _ = torch.index_put_(self.tail_v[i], annotate(List[Optional[Tensor]], [rows, tail_lengths]), v)
      q = q.reshape([N, self.kv_heads, group, self.head_dim])
      k = torch.slice(self.tail_k[i], 1, 0, longest).transpose(1, 2)
      v = torch.slice(self.tail_v[i], 1, 0, longest).transpose(1, 2)
      tail, tail_lse = __torch__.attention.attend(q, k, v, mask)
      heads = annotate(List[Tensor], [])
      lses = annotate(List[Tensor], [])
      begin = 0
      for g in range(len(prompts)):
        n = ends[g] - begin
        shared = torch.slice(q, 0, begin, ends[g]).transpose(0, 1).reshape([1, self.kv_heads, n * group, self.head_dim])
        out, lse = __torch__.attention.attend(shared, self.prefix_k[prompts[g]][i].unsqueeze(0), self.prefix_v[prompts[g]][i].unsqueeze(0), None)
        heads.append(out.view([self.kv_heads, n, group, self.head_dim]))
        lses.append(lse.view([self.kv_heads, n, group]))
        begin = ends[g]
      prefix = torch.cat(heads, 1).transpose(0, 1)
      prefix_lse = torch.cat(lses, 1).transpose(0, 1)
      x = self.finish(i, x, __torch__.attention.merge(prefix, prefix_lse, tail, tail_lse).reshape([N, -1]))
    h, logits = self.predict(x)
    self.logits = logits
    return __torch__.candidates.pack(h, self.head, logits, sampling, extra)
  def row_logits(self: __torch__.decoder.Decoder, prompt: int, row: int) -> Tensor:
    # the logits [V] behind the last candidates of a row, or of a prompt where row is negative
    if row < 0:
      return self.prefix_logits[prompt].view([-1])
    return self.logits[row]
