# The weights of one decoder layer. Projections that read the same input are stacked by rows.
class Layer(NamedTuple):
  input_norm : Tensor
  qkv : Tensor
  qkv_bias : Optional[Tensor]
  o : Tensor
  post_attention_norm : Tensor
  gate_up : Tensor
  down : Tensor
def layers(raw: Dict[str, Tensor], count: int) -> List[__torch__.weights.Layer]:
  result = annotate(List[__torch__.weights.Layer], [])
  for i in range(count):
    bias = annotate(Optional[Tensor], None)
    key = "{}.qkv_bias".format(i)
    if torch.__contains__(raw, key):
      bias = raw[key]
    layer = __torch__.weights.Layer(
      raw["{}.input_norm".format(i)],
      raw["{}.qkv".format(i)],
      bias,
      raw["{}.o".format(i)],
      raw["{}.post_attention_norm".format(i)],
      raw["{}.gate_up".format(i)],
      raw["{}.down".format(i)])
    result.append(layer)
  return result
