# LoRA (Hu et al. 2021). Each stacked projection gets one pair of small projections: the A of its parts
# stacked by rows, [R, in], and the B of its parts as blocks of a diagonal, [out, R], scale included.
def stacked(lora: Dict[str, Tensor], layer: int, names: List[str], rows: List[int], dtype: int) -> List[Tensor]:
  # lora: "layer.name.A" [r, in] and "layer.name.B" [rows, r], and "scale"; absent parts are not adapted
  a = annotate(List[Tensor], [])
  b = annotate(List[Tensor], [])
  for i in range(len(names)):
    key = "{}.{}.".format(layer, names[i])
    if torch.__contains__(lora, key + "A"):
      a.append(lora[key + "A"])
      b.append(lora[key + "B"])
    else:
      b.append(torch.zeros([rows[i], 0], device=lora["scale"].device))
  if len(a) == 0:
    return a
  return [torch.cat(a, 0).to(dtype), (torch.block_diag(b) * lora["scale"]).to(dtype)]
def of_layer(lora: Dict[str, Tensor], i: int, layer: __torch__.weights.Layer, dtype: int) -> List[List[Tensor]]:
  # the pairs of qkv, o, gate_up and down, empty where nothing is adapted. Models that store stacked
  # projections have them adapted as one; experts are not adapted.
  style = layer.style
  kv_rows = style.kv_heads * style.head_dim
  hidden = __torch__.weights.outputs(layer.o)
  width = __torch__.weights.inputs(layer.down)
  qkv = __torch__.lora.stacked(lora, i, ["qkv_proj"], [__torch__.weights.outputs(layer.qkv)], dtype)
  if len(qkv) == 0:
    qkv = __torch__.lora.stacked(lora, i, ["q_proj", "k_proj", "v_proj"], [style.heads * style.head_dim, kv_rows, kv_rows], dtype)
  gate_up = __torch__.lora.stacked(lora, i, ["gate_up_proj"], [2 * width], dtype)
  if len(gate_up) == 0:
    gate_up = __torch__.lora.stacked(lora, i, ["gate_proj", "up_proj"], [width, width], dtype)
  return [
    qkv,
    __torch__.lora.stacked(lora, i, ["o_proj"], [hidden], dtype),
    gate_up,
    __torch__.lora.stacked(lora, i, ["down_proj"], [hidden], dtype)]
def projections(lora: Dict[str, Tensor], layers: List[__torch__.weights.Layer], dtype: int) -> List[List[List[Tensor]]]:
  result = annotate(List[List[List[Tensor]]], [])
  for i in range(len(layers)):
    pairs = __torch__.lora.of_layer(lora, i, layers[i], dtype)
    if layers[i].qkv.weight.is_mkldnn and dtype == 15 and ops.mkldnn._is_mkldnn_bf16_supported():
      pairs = __torch__.lora.packed(pairs)
    result.append(pairs)
  return result
def packed(pairs: List[List[Tensor]]) -> List[List[Tensor]]:
  # for oneDNN as the weights are: so a row's result depends on nothing but that row
  result = annotate(List[List[Tensor]], [])
  for i in range(len(pairs)):
    pair = annotate(List[Tensor], [])
    for j in range(len(pairs[i])):
      pair.append(ops.mkldnn._reorder_linear_weight(pairs[i][j], None))
    result.append(pair)
  return result
