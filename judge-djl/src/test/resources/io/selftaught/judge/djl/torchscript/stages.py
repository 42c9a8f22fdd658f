# Runs the decoder's layers over one sequence and looks at the residual stream between them.
class Stages(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def norms(self: __torch__.stages.Stages, raw: Dict[str, Tensor], ids: Tensor) -> Tensor:
    # ids [T] -> L2 norms after the embedding, each layer and the last norm [layers + 2, T]
    styles = __torch__.style.styles(raw)
    layers = __torch__.weights.layers(raw, styles)
    positions = torch.arange(ids.size(0), dtype=4)
    rotations = __torch__.layer.rotations(positions, raw["inverse_frequencies"], styles, 6)
    x = __torch__.ops.scaled(torch.embedding(raw["embedding"], ids), styles[0].embedding_scale)
    stages = [x]
    for i in range(len(layers)):
      q, k, v = __torch__.layer.project(layers[i], [annotate(List[Tensor], [])], x, rotations)
      mask = __torch__.attention.causal_mask(styles[i].window, 0, ids.size(0), x)
      a = __torch__.attention.causal(styles[i], q.transpose(0, 1).unsqueeze(0), k.transpose(0, 1).unsqueeze(0), v.transpose(0, 1).unsqueeze(0), mask)
      none = annotate(List[List[Tensor]], [[], [], [], []])
      x = __torch__.layer.finish(layers[i], none, x, a.squeeze(0).transpose(0, 1).reshape([ids.size(0), -1]))
      stages.append(x)
    stages.append(__torch__.ops.rms_norm(x, raw["final_norm"], styles[0].eps))
    return torch.linalg_vector_norm(torch.stack(stages), 2, [-1])
