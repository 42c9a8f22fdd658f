# Attention with its log-sum-exp, so that results over parts of the context can be merged.
# N rows, G queries, S positions looked at, D head_dim.
def attend(q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
  # q [N, heads, G, D], k and v [N, heads, S, D], mask broadcasts to [N, heads, G, S] and is added to
  # the scores -> [N, heads, G, D], log-sum-exp of the scores [N, heads, G]
  if q.is_cuda:
    return __torch__.attention.attend_math(q, k, v, mask)
  out, lse = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0.0, False, attn_mask=mask, scale=None)
  return (out, lse)
def attend_math(q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
  scores = torch.matmul(q, k.transpose(-2, -1)).to(6) * (1.0 / (q.size(-1) ** 0.5))
  if mask is not None:
    scores = scores + mask
  lse = torch.logsumexp(scores, [-1], False)
  weights = torch.exp(scores - lse.unsqueeze(-1)).to(v.dtype)
  return (torch.matmul(weights, v), lse)
def merge(out1: Tensor, lse1: Tensor, out2: Tensor, lse2: Tensor) -> Tensor:
  # the attention over the union of two disjoint sets of positions
  lse = torch.logaddexp(lse1, lse2)
  w1 = torch.exp(lse1 - lse).unsqueeze(-1)
  w2 = torch.exp(lse2 - lse).unsqueeze(-1)
  return (out1 * w1 + out2 * w2).to(out1.dtype)
def causal(q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
  # q [B, heads, T, D], k and v [B, kv_heads, S, D] -> [B, heads, T, D]; without a mask S is T
  # Each key/value head serves a group of query heads.
  group = q.size(1) // k.size(1)
  if group > 1:
    k = k.repeat_interleave(group, 1)
    v = v.repeat_interleave(group, 1)
  return torch.scaled_dot_product_attention(q, k, v, mask, 0.0, mask is None, scale=None, enable_gqa=False)
def causal_mask(start: int, like: Tensor) -> Optional[Tensor]:
  # for the positions start .. start + T of like [T, ..]: what is added to their scores, [T, start + T]
  mask = annotate(Optional[Tensor], None)
  if start > 0:
    T = like.size(0)
    mask = torch.full([T, start + T], -inf, dtype=like.dtype, device=like.device).triu(start + 1)
  return mask
