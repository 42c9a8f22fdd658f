package io.selftaught.judge.cli;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.JudgeException;
import io.selftaught.judge.UnsoundJudgeException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells a person what went wrong in a line or two, and the shell in an exit code. */
final class Errors {

  /** What a shell expects of a program that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  private Errors() {}

  static int badUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    print(command, e.getMessage());
    print(command, "See `" + command.getCommandSpec().qualifiedName() + " --help`.");
    return ExitCode.USAGE;
  }

  static int failure(Exception e, CommandLine command, ParseResult parsed) {
    boolean verbose = command.getParseResult().matchedOptionValue("--verbose", false);
    if (verbose) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof CancellationException) {
      print(
          command, "Interrupted. What was finished is kept; the same command goes on from there.");
      return INTERRUPTED;
    }
    if (e instanceof InvalidInputException) {
      print(command, e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof UnsoundJudgeException) {
      print(command, e.getMessage());
      return ExitCode.SOFTWARE;
    }
    print(command, e instanceof JudgeException ? e.getMessage() : "Unexpected " + e);
    if (!verbose) {
      print(command, "Run again with --verbose to see where it happened.");
    }
    return ExitCode.SOFTWARE;
  }

  private static void print(CommandLine command, @Nullable String message) {
    command.getErr().println(message);
  }
}
