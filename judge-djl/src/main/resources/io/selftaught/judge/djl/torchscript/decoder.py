# Positions of a prompt that are multiplied together.
class Piece(NamedTuple):
  start : int
  # as layer.py has them
  rotations : List[List[Tensor]]
  parts : List[__torch__.attention.Part]
# A decoder-only transformer: RMSNorm, rotary positions, grouped-query attention, gated feed-forward.
# N rows (samples being decoded), T new positions of one prompt, H hidden, D head_dim, V vocabulary.
#
# Every row has a slot, where its own keys and values are kept. Slots with room for equally many positions
# form a pool, over which attention runs at once. A sample's slot holds its prompt too, or else only what
# the sample adds: then the prompt (its prefix) is kept once for all samples drawn from it, and attention
# over both is merged.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  styles : List[__torch__.style.Style]
  window : int
  inverse_frequencies : Tensor
  # what is computed in
  dtype : int
  # both may be in bytes, as cache.py has rows
  embedding : Tensor
  head : Tensor
  final_norm : Tensor
  # one: the head once more, packed if it can be
  projection : List[__torch__.weights.Matrix]
  layers : List[__torch__.weights.Layer]
  lora : List[List[List[Tensor]]]
  # whether keys and values are stored in bytes, see cache.py
  quantised : bool
  balances : List[List[Tensor]]
  prefix_k : Dict[int, List[Tensor]]
  prefix_v : Dict[int, List[Tensor]]
  prefix_logits : Dict[int, Tensor]
  pool_k : Dict[int, List[Tensor]]
  pool_v : Dict[int, List[Tensor]]
  logits : Tensor

  def load(self: __torch__.decoder.Decoder, raw: Dict[str, Tensor], lora: Dict[str, Tensor]) -> Tensor:
    # lora: see lora.py
    self.styles = __torch__.style.styles(raw)
    self.window = __torch__.style.window(self.styles)
    self.inverse_frequencies = raw["inverse_frequencies"]
    self.embedding = raw["embedding"]
    self.final_norm = raw["final_norm"]
    self.dtype = self.final_norm.dtype
    self.head = self.embedding
    if torch.__contains__(raw, "head"):
      self.head = raw["head"]
    self.projection = [__torch__.weights.Matrix(self.head, None, None)]
    if torch.__contains__(raw, "packed_head"):
      self.projection = [__torch__.weights.matrix(raw, "packed_head")]
    self.layers = __torch__.weights.layers(raw, self.styles)
    self.lora = __torch__.lora.projections(lora, self.layers, self.dtype)
    return self.inverse_frequencies
  def quantise(self: __torch__.decoder.Decoder) -> None:
    self.quantised = True
    for i in range(len(self.layers)):
      self.balances.append(__torch__.cache.balance(self.layers[i], 2 * self.inverse_frequencies.size(1)))
    return None
  def embed(self: __torch__.decoder.Decoder, ids: Tensor) -> Tensor:
    x = __torch__.cache.decode(torch.embedding(self.embedding, ids), self.dtype)
    return __torch__.ops.scaled(x, self.styles[0].embedding_scale)
  def rotations(self: __torch__.decoder.Decoder, positions: Tensor) -> List[List[Tensor]]:
    return __torch__.layer.rotations(positions, self.inverse_frequencies, self.styles, self.dtype)
  def project(self: __torch__.decoder.Decoder, i: int, layer: __torch__.weights.Layer, x: Tensor, rotations: List[List[Tensor]]) -> Tuple[Tensor, Tensor, Tensor]:
    q, k, v = __torch__.layer.project(layer, self.lora[i], x, rotations)
    if self.quantised and len(self.balances[i]) > 0:
      q = q * self.balances[i][0]
      k = k * self.balances[i][1]
    return (q, k, v)
  def finish(self: __torch__.decoder.Decoder, i: int, layer: __torch__.weights.Layer, x: Tensor, attended: Tensor) -> Tensor:
    return __torch__.layer.finish(layer, self.lora[i], x, attended)
  def predict(self: __torch__.decoder.Decoder, x: Tensor) -> Tuple[Tensor, Tensor]:
    # x [T, H] -> what the head reads [T, H], logits [T, V]
    h = __torch__.ops.rms_norm(x, self.final_norm, self.styles[0].eps)
    return (h, __torch__.ops.capped(__torch__.ops.logits(h, self.projection[0]), self.styles[0].logit_cap))
  def candidates(self: __torch__.decoder.Decoder, h: Tensor, logits: Tensor, sampling: Tensor, extra: Tensor) -> Tensor:
    rough = self.head.dtype != 6 or self.projection[0].scale is not None
    return __torch__.candidates.pack(h, self.head, rough, self.styles[0].logit_cap, logits, sampling, extra)
  def begin(self: __torch__.decoder.Decoder, prompt: int, total: int, source: int, shared: int) -> None:
    # makes room for a prompt of so many tokens, the first of which are shared with a prompt that was read
    ks = annotate(List[Tensor], [])
    vs = annotate(List[Tensor], [])
    device = self.embedding.device
    dtype = __torch__.cache.dtype(self.dtype, self.quantised)
    for i in range(len(self.layers)):
      style = self.styles[i]
      shape = [style.kv_heads, total, __torch__.cache.width(style.head_dim, self.quantised)]
      k = torch.empty(shape, dtype=dtype, device=device)
      v = torch.empty(shape, dtype=dtype, device=device)
      if shared > 0:
        _ = torch.slice(k, 1, 0, shared).copy_(torch.slice(self.prefix_k[source][i], 1, 0, shared))
        _ = torch.slice(v, 1, 0, shared).copy_(torch.slice(self.prefix_v[source][i], 1, 0, shared))
      ks.append(k)
      vs.append(v)
    self.prefix_k[prompt] = ks
    self.prefix_v[prompt] = vs
    self.prefix_logits[prompt] = torch.zeros([0])
    return None
  def prefill(self: __torch__.decoder.Decoder, prompt: int, ids: Tensor, start: int, total: int, piece: int, sampling: Tensor, extra: Tensor) -> Tensor:
    # ids: the next positions of a prompt of so many tokens in total -> candidates [1, ..] at the last one. They
    # are read in pieces, each as if it was alone.
    pieces = self.pieces(ids, start, piece)
    xs = list(torch.split(self.embed(ids), piece))
    for i in range(len(self.layers)):
      xs = self.through(i, prompt, pieces, xs)
    if start + ids.size(0) < total:
      return sampling
    h, logits = self.predict(torch.slice(xs[-1], 0, xs[-1].size(0) - 1))
    self.prefix_logits[prompt] = logits
    return self.candidates(h, logits, sampling, extra)
  def reads_alike(self: __torch__.decoder.Decoder, piece: int, total: int) -> Tensor:
    # whether a prompt of so many tokens comes out the same to the last bit in such pieces and at once, tried on
    # the first layer, the last, and each whose window is another than that of the one before
    ids = torch.remainder(torch.arange(total, dtype=4, device=self.embedding.device) * 7919, self.embedding.size(0))
    x = self.embed(ids)
    apart = self.pieces(ids, 0, piece)
    whole = self.pieces(ids, 0, total)
    self.begin(-1, total, -1, 0)
    self.begin(-2, total, -2, 0)
    alike = True
    for i in range(len(self.layers)):
      if i == 0 or i == len(self.layers) - 1 or self.styles[i].window != self.styles[i - 1].window:
        if alike:
          parts = self.through(i, -1, apart, list(torch.split(x, piece)))
          one = self.through(i, -2, whole, [x])
          alike = torch.equal(torch.cat(parts), one[0])
        if alike:
          alike = torch.equal(self.prefix_k[-1][i], self.prefix_k[-2][i]) and torch.equal(self.prefix_v[-1][i], self.prefix_v[-2][i])
    self.release(-1)
    self.release(-2)
    return torch.tensor(alike, dtype=11)
  def pieces(self: __torch__.decoder.Decoder, ids: Tensor, start: int, piece: int) -> List[__torch__.decoder.Piece]:
    result = annotate(List[__torch__.decoder.Piece], [])
    parts = list(torch.split(ids, piece))
    for p in range(len(parts)):
      at = start + p * piece
      T = parts[p].size(0)
      rotations = self.rotations(torch.arange(at, at + T, dtype=4, device=ids.device))
      result.append(__torch__.decoder.Piece(at, rotations, __torch__.attention.parts(self.window, at, T, self.final_norm)))
    return result
  def through(self: __torch__.decoder.Decoder, i: int, prompt: int, pieces: List[__torch__.decoder.Piece], xs: List[Tensor]) -> List[Tensor]:
    # the rows of a prompt's pieces, through a layer
    layer = self.layers[i]
    many = layer
    T = 0
    for p in range(len(xs)):
      T = T + xs[p].size(0)
    if __torch__.int4.pays(T):
      many = __torch__.int4.written_out(layer, self.dtype)
    result = annotate(List[Tensor], [])
    for p in range(len(xs)):
      reader = layer
      if __torch__.int4.pays(xs[p].size(0)):
        reader = many
      result.append(self.read(i, reader, prompt, xs[p], pieces[p]))
    return result
  def read(self: __torch__.decoder.Decoder, i: int, layer: __torch__.weights.Layer, prompt: int, x: Tensor, piece: __torch__.decoder.Piece) -> Tensor:
    # x [T, H]
    T = x.size(0)
    start = piece.start
    q, k, v = self.project(i, layer, x, piece.rotations)
    k, v = __torch__.cache.encode(k, v, self.quantised)
    prefix_k = self.prefix_k[prompt][i]
    prefix_v = self.prefix_v[prompt][i]
    _ = torch.slice(prefix_k, 1, start, start + T).copy_(k.transpose(0, 1))
    _ = torch.slice(prefix_v, 1, start, start + T).copy_(v.transpose(0, 1))
    q = q.transpose(0, 1).unsqueeze(0)
    heads = annotate(List[Tensor], [])
    for p in range(len(piece.parts)):
      part = piece.parts[p]
      mask = part.whole
      if layer.style.window > 0:
        mask = part.bounded
      first = __torch__.attention.first_seen(layer.style.window, part.start)
      k = __torch__.cache.decode(torch.slice(prefix_k, 1, first, part.end).unsqueeze(0), x.dtype)
      v = __torch__.cache.decode(torch.slice(prefix_v, 1, first, part.end).unsqueeze(0), x.dtype)
      heads.append(__torch__.attention.causal(layer.style, torch.slice(q, 2, part.start - start, part.end - start), k, v, mask))
    a = heads[0]
    if len(heads) > 1:
      a = torch.cat(heads, 2)
    return self.finish(i, layer, x, a.squeeze(0).transpose(0, 1).reshape([T, -1]))
  def release(self: __torch__.decoder.Decoder, prompt: int) -> None:
    torch.Delete(self.prefix_k, prompt)
    torch.Delete(self.prefix_v, prompt)
    torch.Delete(self.prefix_logits, prompt)
    return None
  def reserve(self: __torch__.decoder.Decoder, capacity: int, slots: int) -> None:
    # makes room for so many slots of so many positions
    kept = 0
    if torch.__contains__(self.pool_k, capacity):
      kept = self.pool_k[capacity][0].size(0)
    if slots <= kept:
      return None
    slots = max(slots, kept + kept // 4 + 1)
    if kept == 0:
      self.pool_k[capacity] = annotate(List[Tensor], [])
      self.pool_v[capacity] = annotate(List[Tensor], [])
    ks = self.pool_k[capacity]
    vs = self.pool_v[capacity]
    dtype = __torch__.cache.dtype(self.dtype, self.quantised)
    for i in range(len(self.layers)):
      # zeros: what is hidden by a mask must still be numbers
      width = __torch__.cache.width(self.styles[i].head_dim, self.quantised)
      shape = [slots, self.styles[i].kv_heads, capacity, width]
      k = torch.zeros(shape, dtype=dtype, device=self.embedding.device)
      v = torch.zeros(shape, dtype=dtype, device=self.embedding.device)
      if kept == 0:
        ks.append(k)
        vs.append(v)
      else:
        # layer by layer, so that never more than one of them is there twice
        _ = torch.slice(k, 0, 0, kept).copy_(ks[i])
        _ = torch.slice(v, 0, 0, kept).copy_(vs[i])
        ks[i] = k
        vs[i] = v
    return None
  def free(self: __torch__.decoder.Decoder, capacity: int) -> None:
    torch.Delete(self.pool_k, capacity)
    torch.Delete(self.pool_v, capacity)
    return None
  def fill(self: __torch__.decoder.Decoder, capacity: int, slot: int, prompt: int) -> None:
    # copies what is known of a prompt into a slot
    for i in range(len(self.layers)):
      k = self.prefix_k[prompt][i]
      v = self.prefix_v[prompt][i]
      _ = torch.slice(self.pool_k[capacity][i][slot], 1, 0, k.size(1)).copy_(k)
      _ = torch.slice(self.pool_v[capacity][i][slot], 1, 0, v.size(1)).copy_(v)
    return None
  def move(self: __torch__.decoder.Decoder, capacity: int, slot: int, to_capacity: int, to_slot: int) -> None:
    for i in range(len(self.layers)):
      k = self.pool_k[capacity][i][slot]
      v = self.pool_v[capacity][i][slot]
      _ = torch.slice(self.pool_k[to_capacity][i][to_slot], 1, 0, capacity).copy_(k)
      _ = torch.slice(self.pool_v[to_capacity][i][to_slot], 1, 0, capacity).copy_(v)
    return None
  def step(self: __torch__.decoder.Decoder, numbers: Tensor, N: int, capacities: List[int], ends: List[int], prompts: List[int], shared_ends: List[int], longest: int, sampling: Tensor) -> Tensor:
    # One more token for every row. numbers holds one behind the other, since to make a tensor takes long beside a
    # small step: ids [N]; their positions [N] in the texts; lengths [N] that the slots hold already; shared [M];
    # extra [N, E].
    # Rows before ends[p] are the first slots of the pool of capacities[p]. The rows shared see prompts
    # besides, those before shared_ends[g] prompts[g]; no slot of theirs holds more than longest then.
    # -> candidates [N, ..]
    M = 0
    if len(prompts) > 0:
      M = shared_ends[-1]
    ids = torch.slice(numbers, 0, 0, N)
    positions = torch.slice(numbers, 0, N, 2 * N)
    lengths = torch.slice(numbers, 0, 2 * N, 3 * N)
    shared = torch.slice(numbers, 0, 3 * N, 3 * N + M)
    extra = torch.slice(numbers, 0, 3 * N + M).view([N, (numbers.size(0) - 3 * N - M) // N])
    x = self.embed(ids)
    rotations = self.rotations(positions)
    puts = annotate(List[List[Optional[Tensor]]], [])
    wholes = annotate(List[Tensor], [])
    boundeds = annotate(List[Tensor], [])
    begin = 0
    for p in range(len(ends)):
      part = torch.slice(lengths, 0, begin, ends[p])
      rows = torch.arange(ends[p] - begin, dtype=4, device=ids.device)
      puts.append(annotate(List[Optional[Tensor]], [rows, None, part]))
      whole = __torch__.attention.slot_mask(0, part, capacities[p], x.dtype)
      wholes.append(whole)
      if self.window > 0 and capacities[p] > self.window:
        whole = __torch__.attention.slot_mask(self.window, part, capacities[p], x.dtype)
      boundeds.append(whole)
      begin = ends[p]
    shared_lengths = lengths
    if len(prompts) > 0:
      shared_lengths = lengths.index_select(0, shared)
    for i in range(len(self.layers)):
      style = self.styles[i]
      q, k, v = self.project(i, self.layers[i], x, rotations)
      k, v = __torch__.cache.encode(k, v, self.quantised)
      q = q.reshape([N, style.kv_heads, style.heads // style.kv_heads, style.head_dim])
      masks = wholes
      if style.window > 0:
        masks = boundeds
      heads = annotate(List[Tensor], [])
      lses = annotate(List[Tensor], [])
      begin = 0
      for p in range(len(ends)):
        pool_k = self.pool_k[capacities[p]][i]
        pool_v = self.pool_v[capacities[p]][i]
        _ = torch.index_put_(pool_k, puts[p], torch.slice(k, 0, begin, ends[p]))
        _ = torch.index_put_(pool_v, puts[p], torch.slice(v, 0, begin, ends[p]))
        n = ends[p] - begin
        out, lse = __torch__.attention.attend_many(style, torch.slice(q, 0, begin, ends[p]), torch.slice(pool_k, 0, 0, n), torch.slice(pool_v, 0, 0, n), masks[p], len(prompts) > 0)
        heads.append(out)
        lses.append(lse)
        begin = ends[p]
      a = heads[0]
      if len(heads) > 1:
        a = torch.cat(heads)
      if len(prompts) > 0:
        prefix, prefix_lse = self.attend_prefixes(i, q.index_select(0, shared), shared_lengths, prompts, shared_ends, longest)
        own_lse = torch.cat(lses).index_select(0, shared)
        merged = __torch__.attention.merge(prefix, prefix_lse, a.index_select(0, shared), own_lse)
        a = torch.index_copy(a, 0, shared, merged)
      x = self.finish(i, self.layers[i], x, a.reshape([N, -1]))
    h, logits = self.predict(x)
    self.logits = logits
    return self.candidates(h, logits, sampling, extra)
  def attend_prefixes(self: __torch__.decoder.Decoder, i: int, q: Tensor, lengths: Tensor, prompts: List[int], ends: List[int], longest: int) -> Tuple[Tensor, Tensor]:
    # q [M, kv_heads, group, D] of rows that see prompts -> [M, kv_heads, group, D], log-sum-exp [M, kv_heads, group]
    heads = annotate(List[Tensor], [])
    lses = annotate(List[Tensor], [])
    begin = 0
    for g in range(len(prompts)):
      out, lse = self.attend_prefix(i, prompts[g], torch.slice(q, 0, begin, ends[g]), torch.slice(lengths, 0, begin, ends[g]), longest)
      heads.append(out)
      lses.append(lse)
      begin = ends[g]
    return (torch.cat(heads, 1).transpose(0, 1), torch.cat(lses, 1).transpose(0, 1))
  def attend_prefix(self: __torch__.decoder.Decoder, i: int, prompt: int, q: Tensor, lengths: Tensor, longest: int) -> Tuple[Tensor, Tensor]:
    # q [n, kv_heads, group, D] of the rows of one prompt, whose keys all of them share ->
    # [kv_heads, n, group, D], log-sum-exp [kv_heads, n, group]
    style = self.styles[i]
    n = q.size(0)
    group = q.size(2)
    k = self.prefix_k[prompt][i].unsqueeze(0)
    v = self.prefix_v[prompt][i].unsqueeze(0)
    mask = annotate(Optional[Tensor], None)
    bounded = __torch__.attention.prefix_mask(style.window, lengths, k.size(2), longest, q.dtype)
    if bounded is not None:
      first = __torch__.attention.prefix_first(style.window, k.size(2))
      k = torch.slice(k, 2, first)
      v = torch.slice(v, 2, first)
      mask = bounded.unsqueeze(1).expand([n, group, k.size(2)]).reshape([1, 1, n * group, k.size(2)])
    k = __torch__.cache.decode(k, q.dtype)
    v = __torch__.cache.decode(v, q.dtype)
    q = q.transpose(0, 1).reshape([1, style.kv_heads, n * group, style.head_dim])
    out, lse = __torch__.attention.attend(style, q, k, v, mask)
    return (out.view([style.kv_heads, n, group, style.head_dim]), lse.view([style.kv_heads, n, group]))
  def row_logits(self: __torch__.decoder.Decoder, prompt: int, row: int) -> Tensor:
    # the logits [V] behind the last candidates of a row, or of a prompt where row is negative
    if row < 0:
      return self.prefix_logits[prompt].view([-1])
    return self.logits[row]
