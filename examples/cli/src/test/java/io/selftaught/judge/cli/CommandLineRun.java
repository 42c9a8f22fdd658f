package io.selftaught.judge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line: its exit code and all that it printed. */
record CommandLineRun(int exitCode, String out, String err) {

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
