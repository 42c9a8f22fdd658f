package io.selftaught.judge;

/** A language model that adapters can be put on. */
public interface AdaptableModel extends LanguageModel {

  /**
   * Returns this model with an adapter on it. Both share the base weights and are closed
   * separately, the adapted one first.
   *
   * @throws InvalidInputException if the adapter's files are damaged or made for another model
   */
  LanguageModel withAdapter(Adapter adapter);
}
