# Attention with its log-sum-exp, so that results over parts of the context can be merged.
# N rows, G queries, S positions looked at, D head_dim.
def attend(style: __torch__.style.Style, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
  # q [N, heads, G, D], k and v [N, heads, S, D], mask broadcasts to [N, heads, G, S] and is added to
  # the scores -> [N, heads, G, D], log-sum-exp of the scores [N, heads, G]
  if q.is_cuda or style.cap > 0.0:
    return __torch__.attention.attend_math(style, q, k, v, mask)
  out, lse = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0.0, False, attn_mask=mask, scale=style.scale)
  return (out, lse)
def attend_many(style: __torch__.style.Style, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, merged: bool) -> Tuple[Tensor, Tensor]:
  # the same for the slots of a pool, where a matrix unit reads keys and values faster as products, with keys
  # on the left, than the fused kernel does for a few queries of each. Scores are rounded to bf16 then. The
  # log-sum-exp is there if it will be merged. k and v are as they are stored, see cache.py.
  if not style.products:
    return __torch__.attention.attend(style, q, __torch__.cache.decode(k, q.dtype), __torch__.cache.decode(v, q.dtype), mask)
  B = q.size(0) * q.size(1)
  G = q.size(2)
  S = k.size(2)
  queries = (q * style.scale).reshape([B, G, -1]).transpose(1, 2)
  scores = torch.bmm(__torch__.cache.numbers(k, q.dtype).reshape([B, S, -1]), queries).transpose(1, 2).contiguous().view([q.size(0), q.size(1), G, S])
  scores = __torch__.cache.multiply(scores, k).add_(mask)
  lse = scores
  if merged:
    # The largest weight is one by the sum of what the others are to it.
    weights = torch.softmax(scores, -1, dtype=6)
    lse = torch.sub(torch.amax(scores, [-1]), torch.log(torch.amax(weights, [-1])))
    weights = weights.to(q.dtype)
  else:
    weights = torch.softmax(scores, -1)
  weights = __torch__.cache.multiply(weights, v)
  out = torch.bmm(weights.view([B, G, S]), __torch__.cache.numbers(v, q.dtype).reshape([B, S, -1]))
  return (out.view(q.size()), lse)
def attend_math(style: __torch__.style.Style, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
  scores = torch.matmul(q, k.transpose(-2, -1)).to(6) * style.scale
  scores = __torch__.ops.capped(scores, style.cap)
  if mask is not None:
    scores = scores + mask
  lse = torch.logsumexp(scores, [-1], False)
  weights = torch.exp(scores - lse.unsqueeze(-1)).to(v.dtype)
  return (torch.matmul(weights, v), lse)
def merge(out1: Tensor, lse1: Tensor, out2: Tensor, lse2: Tensor) -> Tensor:
  # the attention over the union of two disjoint sets of positions
  weight = torch.sigmoid(lse1 - lse2).unsqueeze(-1)
  return (out1 * weight + out2 * torch.rsub(weight, 1)).to(out1.dtype)
def causal(style: __torch__.style.Style, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
  # q [B, heads, T, D], k and v [B, kv_heads, S, D] -> [B, heads, T, D]; without a mask S is T
  # Each key/value head serves a group of query heads.
  group = q.size(1) // k.size(1)
  if group > 1:
    k = k.repeat_interleave(group, 1)
    v = v.repeat_interleave(group, 1)
  if style.cap > 0.0:
    if mask is None:
      mask = torch.full([q.size(2), q.size(2)], -inf, dtype=q.dtype, device=q.device).triu(1)
    out, _ = __torch__.attention.attend_math(style, q, k, v, mask)
    return out
  return torch.scaled_dot_product_attention(q, k, v, mask, 0.0, mask is None, scale=style.scale, enable_gqa=False)
# Positions of a prompt whose attention is computed together.
class Part(NamedTuple):
  start : int
  end : int
  # masks, for layers that see all and for those with a window
  whole : Optional[Tensor]
  bounded : Optional[Tensor]
def parts(window: int, start: int, T: int, like: Tensor) -> List[__torch__.attention.Part]:
  # of the T positions from start on. How the fused kernel sums up depends on where its vectors end, so what is
  # behind the last multiple of 128 is a part of its own, whatever was read before it.
  result = annotate(List[__torch__.attention.Part], [])
  end = start + T
  middle = end // 128 * 128
  if start < middle:
    result.append(__torch__.attention.part(window, start, middle, like))
  if max(start, middle) < end:
    result.append(__torch__.attention.part(window, max(start, middle), end, like))
  return result
def part(window: int, start: int, end: int, like: Tensor) -> __torch__.attention.Part:
  whole = __torch__.attention.causal_mask(0, start, end - start, like)
  bounded = whole
  if window > 0:
    bounded = __torch__.attention.causal_mask(window, start, end - start, like)
  return __torch__.attention.Part(start, end, whole, bounded)
def first_seen(window: int, start: int) -> int:
  # the first position that one at start sees
  if window == 0:
    return 0
  return max(0, start + 1 - window)
def causal_mask(window: int, start: int, T: int, like: Tensor) -> Optional[Tensor]:
  # for the T positions from start on: what is added to their scores of the positions from the first one
  # that any of them sees, [T, start + T - first]
  mask = annotate(Optional[Tensor], None)
  first = __torch__.attention.first_seen(window, start)
  bounded = window > 0 and start + T > window
  if start > 0 or bounded:
    seen = torch.full([T, start + T - first], -inf, dtype=like.dtype, device=like.device)
    later = seen.triu(start - first + 1)
    if bounded:
      later = later + seen.tril(start - first - window)
    mask = later
  return mask
def slot_mask(window: int, lengths: Tensor, capacity: int, dtype: int) -> Tensor:
  # for rows whose slots hold so many positions before this one [N]: what is added to the scores of all
  # that there is room for [N, 1, 1, capacity]
  at = torch.arange(capacity, dtype=4, device=lengths.device).unsqueeze(0)
  hidden = at > lengths.unsqueeze(1)
  if window > 0:
    hidden = torch.logical_or(hidden, at <= lengths.unsqueeze(1) - window)
  return torch.zeros([lengths.size(0), capacity], dtype=dtype, device=lengths.device).masked_fill_(hidden, -inf).view([lengths.size(0), 1, 1, capacity])
def prefix_mask(window: int, lengths: Tensor, prefix: int, longest: int, dtype: int) -> Optional[Tensor]:
  # the same for the prefix of such rows, from the first position that any of them may see [N, prefix - first].
  # A row may see none of it: finite numbers keep its log-sum-exp, which is next to nothing, a number.
  mask = annotate(Optional[Tensor], None)
  if window > 0 and prefix + longest > window:
    first = __torch__.attention.prefix_first(window, prefix)
    at = torch.arange(first, prefix, dtype=4, device=lengths.device).unsqueeze(0)
    hidden = at <= lengths.unsqueeze(1) + (prefix - window)
    mask = torch.zeros([lengths.size(0), prefix - first], dtype=dtype, device=lengths.device).masked_fill_(hidden, -1e30)
  return mask
def prefix_first(window: int, prefix: int) -> int:
  return min(prefix - 1, __torch__.attention.first_seen(window, prefix))
