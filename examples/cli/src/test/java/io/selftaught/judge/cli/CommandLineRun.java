package io.selftaught.judge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** One run of the command line: its exit code and all that it printed. */
record CommandLineRun(int exitCode, String out, String err) {

  /** Compares Paris, as the first answer, with Lyon. */
  static CommandLineRun compare(Engine engine, Object... more) {
    List<Object> args = new ArrayList<>(List.of("compare", "--model", "m.gguf"));
    args.addAll(List.of("--prompt", "Capital of France?", "--a", "Paris", "--b", "Lyon"));
    args.addAll(List.of(more));
    return of(engine, args.toArray());
  }

  static CommandLineRun of(Engine engine, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exitCode = Main.run(engine, new PrintWriter(out), new PrintWriter(err), words);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }
}
