package io.selftaught.judge.core.remote;

import io.selftaught.judge.LanguageModel;

/** A model that an OpenAI-compatible server on loopback serves. */
public final class ServedModel implements AutoCloseable {

  private final FakeServer server;

  /** Begins to serve a model, which it does not own. */
  public ServedModel(LanguageModel model) {
    server = FakeServer.answering(new Completions(model));
  }

  /** Returns the model as its client sees it. */
  public RemoteModel client() {
    return server.model().build();
  }

  @Override
  public void close() {
    server.close();
  }
}
