package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

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
 *       from the prompt or from an answer.
 *   <li>The <em>last</em> marker counts, if it is where a verdict is given: on the last line, or at
 *       the end of a line, or opening the text. Elsewhere it is only talked about.
 *   <li>Different markers on its line are a {@link Cause#CONFLICT}. A marker that is not in the
 *       grammar is {@link Cause#UNPARSABLE}; no earlier one takes its place.
 *   <li>Without a verdict, a generation cut by the token limit is {@link Cause#TRUNCATED} and any
 *       other {@link Cause#UNPARSABLE}.
 * </ol>
 *
 * <p>{@link #lenient} differs in two points, for weak models: markers may be written {@code [[a]]},
 * {@code [[Answer A]]} or {@code [[Tie]]}; and where there is no marker at all and the text was not
 * cut, a last line that says nothing but the verdict is taken ("Final verdict: A", "(B)"), or a
 * last sentence that is a plain statement of it ("Therefore, Answer B is better.").
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
    if (generation.finishReason() == FinishReason.REFUSED) {
      return Verdict.undecided(Cause.REFUSED);
    }
    boolean cut = generation.finishReason() == FinishReason.LENGTH;
    Verdict none = Verdict.undecided(cut ? Cause.TRUNCATED : Cause.UNPARSABLE);
    Draft draft = Draft.strip(generation.text());
    if (draft.open()) {
      return none;
    }
    String text = draft.rest();
    List<Marker> markers = markers(text, shown);
    if (markers.isEmpty()) {
      return lenient && !cut
          ? LenientLine.read(lastLine(text), ties).map(Verdict::decided).orElse(none)
          : none;
    }
    Marker last = markers.get(markers.size() - 1);
    return last.givesVerdict(text, cut) ? read(markers, last, text) : none;
  }

  /** Returns why the judge decided as it did: its text without drafts and the verdict line. */
  public String rationale(String text) {
    String rest = Draft.strip(text).rest().strip();
    String last = lastLine(rest);
    return VerdictLine.isNothingElse(last)
        ? rest.substring(0, rest.length() - last.length()).strip()
        : rest;
  }

  @Override
  public String toString() {
    return (lenient ? "lenient" : "strict") + (ties ? " with ties" : "");
  }

  private static List<Marker> markers(String text, Comparison shown) {
    Quotations quotations = new Quotations(text, shown);
    List<Marker> markers = new ArrayList<>();
    Matcher matcher = VerdictLine.MARKER.matcher(text);
    while (matcher.find()) {
      if (!quotations.contains(new Quotations.Passage(matcher.start(), matcher.end()))) {
        markers.add(new Marker(matcher.start(), matcher.end(), matcher.group(1)));
      }
    }
    return markers;
  }

  private Verdict read(List<Marker> markers, Marker last, String text) {
    Set<Preference> named = EnumSet.noneOf(Preference.class);
    boolean unknown = false;
    for (Marker marker : markers) {
      if (Lines.start(text, marker.start()) == Lines.start(text, last.start())) {
        Optional<Preference> preference = preference(marker.content());
        preference.ifPresent(named::add);
        unknown |= preference.isEmpty();
      }
    }
    if (named.size() > 1 || LenientLine.namesBoth(last.content())) {
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

  private static String lastLine(String text) {
    String stripped = text.stripTrailing();
    return stripped.substring(Lines.start(stripped, stripped.length()));
  }

  /** A place in the text where something stands in double brackets. */
  private record Marker(int start, int end, String content) {

    boolean givesVerdict(String text, boolean cut) {
      String before = text.substring(Lines.start(text, start), start);
      String after = text.substring(end, Lines.end(text, end));
      boolean opensText = VerdictLine.NO_LETTERS.matcher(text.substring(0, start)).matches();
      boolean onLastLine = text.substring(end + after.length()).isBlank();
      return opensText
          || VerdictLine.NO_LETTERS.matcher(after).matches()
          || (onLastLine && (!cut || VerdictLine.LABEL.matcher(before).matches()));
    }
  }
}
