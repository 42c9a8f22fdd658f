package io.selftaught.judge.core.remote;

import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgeContract;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A judge that keeps to its contract also when its model is on the other side of a wire. */
class RemoteJudgeContractTest extends JudgeContract {

  private final List<FakeServer> servers = new ArrayList<>();

  @Override
  protected Judge judge(LanguageModel model) {
    FakeServer server = FakeServer.answering(new Completions(model));
    servers.add(server);
    GenerationConfig votes =
        GenerationConfig.builder().maxTokens(100).temperature(0.7).samples(3).build();
    return Judges.bothOrders(Judges.vote(server.model().build(), JudgePrompt.compact(), votes));
  }

  @AfterEach
  void stopServers() {
    servers.forEach(FakeServer::close);
  }
}
