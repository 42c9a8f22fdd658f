# The weights of one decoder layer. Projections that read the same input are stacked by rows.
class Layer(NamedTuple):
  input_norm : Tensor
  qkv : Tensor
  qkv_bias : Optional[Tensor]
  o : Tensor
  post_attention_norm : Tensor
  gate_up : Tensor
  down : Tensor
def layer(raw: Dict[str, Tensor], i: int, dtype: int) -> __torch__.weights.Layer:
  bias = annotate(Optional[Tensor], None)
  key = "{}.qkv_bias".format(i)
  if torch.__contains__(raw, key):
    bias = raw[key].to(dtype)
  return __torch__.weights.Layer(
    raw["{}.input_norm".format(i)].to(dtype),
    raw["{}.qkv".format(i)].to(dtype),
    bias,
    raw["{}.o".format(i)].to(dtype),
    raw["{}.post_attention_norm".format(i)].to(dtype),
    raw["{}.gate_up".format(i)].to(dtype),
    raw["{}.down".format(i)].to(dtype))
def layers(raw: Dict[str, Tensor], count: int) -> List[__torch__.weights.Layer]:
  result = annotate(List[__torch__.weights.Layer], [])
  for i in range(count):
    result.append(__torch__.weights.layer(raw, i, raw["embedding"].dtype))
  return result
