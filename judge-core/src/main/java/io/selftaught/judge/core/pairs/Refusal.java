package io.selftaught.judge.core.pairs;

import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import java.util.regex.Pattern;

/**
 * Tells whether a model declined instead of answering. Goes by the opening only, and only by
 * openings that say so outright: "As an AI" alone often begins an answer.
 */
final class Refusal {

  private static final Pattern OPENING =
      Pattern.compile(
          """
          (?ix) ^ \\W*
          (?: (?: i['’]?m\\ | i\\ am\\ )? (?: very\\ | truly\\ )? (?: sorry | afraid ) \\b .{0,60}?
            | i\\ apologi[sz]e \\b .{0,60}?
            | (?: unfortunately | as\\ an\\ ai ) \\b .{0,60}?
          )?
          \\b i (?: \\ (?: can['’]?t | cannot | can\\ not | won['’]?t | will\\ not )
              | (?: ['’]?m | \\ am ) \\ (?: unable | not\\ able ) \\ to )
          \\ (?: \\w+\\ )?
          (?: assist | help | fulfil | comply | provide | answer | do | create | write | generate
            | complete | support | respond | discuss | engage | participate | offer | give )""",
          Pattern.COMMENTS);

  private Refusal() {}

  static boolean in(Generation generation) {
    return generation.finishReason() == FinishReason.REFUSED
        || OPENING.matcher(generation.text()).find();
  }
}
