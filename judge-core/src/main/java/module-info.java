/** Judges, the self-training loop and evaluation, on any language model. */
module io.selftaught.judge.core {
  requires transitive io.selftaught.judge;
  requires com.google.common;
  requires com.google.gson;
  requires dev.failsafe.core;
  requires java.net.http;
  requires org.apache.commons.statistics.distribution;
  requires static org.jspecify;

  uses io.selftaught.judge.ModelProvider;

  provides io.selftaught.judge.ModelProvider with
      io.selftaught.judge.core.remote.RemoteModelProvider;

  exports io.selftaught.judge.core;
  exports io.selftaught.judge.core.annotate;
  exports io.selftaught.judge.core.calibrate;
  exports io.selftaught.judge.core.data;
  exports io.selftaught.judge.core.eval;
  exports io.selftaught.judge.core.pairs;
  exports io.selftaught.judge.core.prompt;
  exports io.selftaught.judge.core.rank;
  exports io.selftaught.judge.core.remote;
  exports io.selftaught.judge.core.safety;
  exports io.selftaught.judge.core.score;
  exports io.selftaught.judge.core.select;
}
