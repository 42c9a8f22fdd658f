package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.regex.MatchResult;

/**
 * Finds what a judge put in double brackets where a verdict or a mark is given: the last one that
 * is its own word. {@link VerdictParser} explains the rules.
 */
public final class MarkerReader {

  /** Whoever writes more repeats one thing for ever. */
  private static final int MOST_MARKERS = 1000;

  private MarkerReader() {}

  /**
   * Returns what a reply gives in double brackets.
   *
   * @param shown what the model judged: what is copied from it is not the model's own word
   */
  public static Markers read(Generation reply, Comparison shown) {
    boolean cut = reply.finishReason() == FinishReason.LENGTH;
    if (reply.finishReason() == FinishReason.REFUSED) {
      return Markers.none(Cause.REFUSED);
    }
    Markers none = Markers.none(cut ? Cause.TRUNCATED : Cause.UNPARSABLE);
    Draft draft = Draft.strip(reply.text());
    if (draft.open()) {
      return none;
    }
    String text = draft.rest();
    List<Marker> all =
        VerdictLine.MARKER.matcher(text).results().limit(MOST_MARKERS + 1).map(Marker::of).toList();
    if (all.size() > MOST_MARKERS) {
      return none;
    }
    List<Marker> markers = all.isEmpty() ? all : own(all, text, reply.text(), shown);
    if (markers.isEmpty()) {
      return cut ? none : new Markers(List.of(), Lines.last(text), none.otherwise());
    }
    Marker last = markers.get(markers.size() - 1);
    List<String> contents = onLineOf(last, markers, text);
    return last.givesVerdict(text, contents.size() > 1)
        ? new Markers(contents, "", none.otherwise())
        : none;
  }

  /**
   * Returns the markers that are not quoted.
   *
   * @param text the end of {@code whole}, behind all drafts; what is copied may begin before, for a
   *     draft can be copied as well
   */
  private static List<Marker> own(List<Marker> all, String text, String whole, Comparison shown) {
    Quotations quotations = new Quotations(text, shown);
    Quotations copies = text.equals(whole) ? quotations : new Quotations(whole, shown);
    int offset = whole.length() - text.length();
    return all.stream()
        .filter(marker -> !quotations.contains(marker.moved(0)))
        .filter(marker -> !copies.isCopied(marker.moved(offset)))
        .toList();
  }

  private static List<String> onLineOf(Marker last, List<Marker> markers, String text) {
    int line = Lines.start(text, last.start());
    return markers.stream()
        .filter(marker -> Lines.start(text, marker.start()) == line)
        .map(Marker::content)
        .toList();
  }

  /**
   * What was found.
   *
   * @param contents the insides of the markers on the line that gives the verdict, in order; empty
   *     if there is none
   * @param lastLine the last line of a finished text that has no marker at all; else empty
   * @param otherwise why there is no verdict, if these give none
   */
  public record Markers(List<String> contents, String lastLine, Cause otherwise) {
    public Markers {
      contents = List.copyOf(contents);
    }

    private static Markers none(Cause cause) {
      return new Markers(List.of(), "", cause);
    }
  }

  /** A place in the text where something stands in double brackets. */
  private record Marker(int start, int end, String content) {

    static Marker of(MatchResult found) {
      return new Marker(found.start(), found.end(), found.group(1));
    }

    /** Returns the place of this marker in a text that has so many characters before. */
    Quotations.Passage moved(int offset) {
      return new Quotations.Passage(start + offset, end + offset);
    }

    /**
     * Whether it is the verdict, and not only talked about.
     *
     * @param several whether others stand on its line; they give none then, if they differ
     */
    boolean givesVerdict(String text, boolean several) {
      String before = text.substring(Lines.start(text, start), start);
      String after = text.substring(end, Lines.end(text, end));
      boolean endsLine = VerdictLine.ENDS.matcher(after).matches();
      boolean onLastLine = text.substring(end + after.length()).isBlank();
      if (onLastLine && (endsLine || several)) {
        return several || !VerdictLine.isOnlySupposed(before);
      }
      boolean opensText = VerdictLine.NO_LETTERS.matcher(text.substring(0, start)).matches();
      return (opensText || onLastLine || endsLine)
          && VerdictLine.isAnnounced(before)
          && (endsLine || VerdictLine.isReasoned(after));
    }
  }
}
