package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.MarkerReader.Markers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the verdict out of what a judge wrote. Immutable.
 *
 * <p>The grammar is {@code [[A]]}, {@code [[B]]} and, where ties are offered, {@code [[C]]}. The
 * rules, in order:
 *
 * <ol>
 *   <li>A refused generation is {@link Cause#REFUSED}.
 *   <li>Drafts in {@code <think>} are left out; where one is still open there is no verdict.
 *   <li>Every {@code [[…]]} is a marker, whatever it holds, unless it is quoted: in a block quote,
 *       in quotation marks or a code block that hold more than the marker, or in a passage copied
 *       from the prompt or from an answer. A text with more than 1,000 of them has no verdict.
 *   <li>The <em>last</em> marker counts, if it is where a verdict is given: on the last line, or at
 *       the end of a line, or opening the text; and if it is given there: announced by nothing but
 *       words like "so my verdict is" and followed by nothing but a reason. At the very end of the
 *       text any words may lead up to it that neither deny nor suppose nor ask. Elsewhere it is
 *       only talked about.
 *   <li>Different markers on its line are a {@link Cause#CONFLICT}. A marker that is not in the
 *       grammar is {@link Cause#UNPARSABLE}; no earlier one takes its place.
 *   <li>Without a verdict, a generation cut by the token limit is {@link Cause#TRUNCATED} and any
 *       other {@link Cause#UNPARSABLE}.
 * </ol>
 *
 * <p>{@link #lenient} differs in two points, for weak models: markers may be written {@code [[a]]},
 * {@code [[Answer A]]} or {@code [[Tie]]}; and where there is no marker at all and the text was not
 * cut, a last line that says nothing but the verdict is taken ("Final verdict: A", "(B)"), or a
 * last sentence that chooses one answer and names no other ("So I would choose Answer B as the
 * better one because it is complete.").
 */
public final class VerdictParser {

  private final boolean lenient;
  private final boolean ties;

  private VerdictParser(boolean lenient, boolean ties) {
    this.lenient = lenient;
    this.ties = ties;
  }

  /** Returns the parser of the exact grammar, without ties. */
  public static VerdictParser strict() {
    return new VerdictParser(false, false);
  }

  /** Returns the parser that forgives what weak models do to the grammar, without ties. */
  public static VerdictParser lenient() {
    return new VerdictParser(true, false);
  }

  /** Returns this parser, accepting {@code [[C]]} as a tie or, if false, as unreadable. */
  public VerdictParser withTies(boolean offered) {
    return new VerdictParser(lenient, offered);
  }

  /**
   * Returns the verdict of a generation, in the letters that the model was shown.
   *
   * @param shown what the model judged: what is copied from it is not the model's own word
   */
  public Verdict parse(Generation generation, Comparison shown) {
    Markers markers = MarkerReader.read(generation, shown);
    Verdict none = Verdict.undecided(markers.otherwise());
    if (markers.contents().isEmpty()) {
      return lenient
          ? LenientLine.read(markers.lastLine(), generation.text(), shown, ties)
              .map(Verdict::decided)
              .orElse(none)
          : none;
    }
    return read(markers.contents());
  }

  /** Returns why the judge decided as it did: its text without drafts and the verdict line. */
  public String rationale(String text) {
    String rest = Draft.strip(text).rest().strip();
    String last = Lines.last(rest);
    return VerdictLine.isNothingElse(last)
        ? rest.substring(0, rest.length() - last.length()).strip()
        : rest;
  }

  @Override
  public String toString() {
    return (lenient ? "lenient" : "strict") + (ties ? " with ties" : "");
  }

  private Verdict read(List<String> contents) {
    Set<Preference> named = EnumSet.noneOf(Preference.class);
    boolean unknown = false;
    for (String content : contents) {
      Optional<Preference> preference = preference(content);
      preference.ifPresent(named::add);
      unknown |= preference.isEmpty();
    }
    if (named.size() > 1 || LenientLine.namesBoth(contents.get(contents.size() - 1))) {
      return Verdict.undecided(Cause.CONFLICT);
    }
    return unknown ? Verdict.undecided(Cause.UNPARSABLE) : Verdict.decided(named.iterator().next());
  }

  private Optional<Preference> preference(String content) {
    if (lenient) {
      return LenientLine.preference(content, ties);
    }
    return switch (content) {
      case "A" -> Optional.of(Preference.A);
      case "B" -> Optional.of(Preference.B);
      case "C" -> ties ? Optional.of(Preference.TIE) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
