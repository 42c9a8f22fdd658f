# Cross-entropy with its gradient, step rows at a time: [C, V] logits are never held for all C rows.
# C rows to predict from, H hidden, V vocabulary.
def cross_entropy(h: Tensor, head: Tensor, targets: Tensor, scale: float, step: int, head_gradient: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
  # h [C, H], head [V, H], targets [C] -> the sum of the losses [], and scale * its gradient by h [C, H].
  # d loss / d logits is softmax(logits) - onehot(target). head_gradient [V, H] receives its part.
  total = torch.zeros([], dtype=7, device=h.device)
  gradient = torch.empty_like(h)
  for i in range((h.size(0) + step - 1) // step):
    part = torch.slice(h, 0, i * step, (i + 1) * step)
    target = torch.slice(targets, 0, i * step, (i + 1) * step).unsqueeze(1)
    logits = torch.linear(part, head).to(6)
    lse = torch.logsumexp(logits, [-1], True)
    total = total + torch.sum((lse - torch.gather(logits, 1, target)).to(7))
    d = torch.exp_(torch.sub_(logits, lse))
    d = torch.scatter_add_(d, 1, target, torch.full_like(lse, -1.0))
    d = torch.mul_(d, scale).to(h.dtype)
    _ = torch.slice(gradient, 0, i * step, (i + 1) * step).copy_(torch.matmul(d, head))
    if head_gradient is not None:
      _ = torch.add_(head_gradient, torch.matmul(d.t(), part))
  return (total, gradient)
