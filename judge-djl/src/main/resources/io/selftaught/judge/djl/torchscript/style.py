# What one decoder layer computes with besides its weights. A family of models is a choice of these
# numbers and of which weights there are.
class Style(NamedTuple):
  heads : int
  kv_heads : int
  head_dim : int
  eps : float
  gelu : bool
  # what attention scores are multiplied by, and the bound that tanh keeps them in, 0 for none
  scale : float
  cap : float
  # what a sub-layer's output is multiplied by before it is added to the residual stream
  residual : float
  # which row of the inverse frequencies turns positions, -1 for none; what cos and sin are multiplied by
  rotary : int
  rotary_factor : float
  # how many positions are seen, one's own included, 0 for all
  window : int
  # experts to choose from, 0 for a dense layer; how many are chosen; whether their weights sum to 1
  experts : int
  chosen : int
  normalised : bool
  # of the whole model: what the embedding is multiplied by, and the bound of the logits, 0 for none
  embedding_scale : float
  logit_cap : float
  # whether the slots of a pool attend by products, see attention.py
  products : bool
def styles(raw: Dict[str, Tensor]) -> List[__torch__.style.Style]:
  # raw["styles"] [layers, fields in the order above]
  result = annotate(List[__torch__.style.Style], [])
  table = raw["styles"]
  for i in range(table.size(0)):
    row = annotate(List[float], [])
    for j in range(table.size(1)):
      row.append(float(table[i][j]))
    result.append(__torch__.style.Style(int(row[0]), int(row[1]), int(row[2]), row[3], bool(row[4]), row[5], row[6], row[7], int(row[8]), row[9], int(row[10]), int(row[11]), int(row[12]), bool(row[13]), row[14], row[15], bool(row[16])))
  return result
def window(styles: List[__torch__.style.Style]) -> int:
  # that of the layers which have one; they share it
  result = 0
  for i in range(len(styles)):
    result = max(result, styles[i].window)
  return result
