package io.selftaught.judge.core.remote;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LanguageModelContract;
import io.selftaught.judge.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RemoteModelContractTest extends LanguageModelContract {

  private static FakeServer server;

  @BeforeAll
  static void startServer() {
    server = FakeServer.answering(new Completions(ScriptedModel.rambling()));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected LanguageModel open() {
    return server.model().build();
  }

  @Override
  protected List<ChatMessage> tooLong() {
    return ScriptedModel.tooLong();
  }
}
