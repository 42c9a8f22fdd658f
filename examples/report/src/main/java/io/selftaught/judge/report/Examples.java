package io.selftaught.judge.report;

import static j2html.TagCreator.article;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;

/** Pairs with the judgments of them, side by side where there is room. */
final class Examples {

  /** More of a text than this is seldom read, and makes a page slow. */
  private static final int LONGEST = 4000;

  private Examples() {}

  static DomContent of(List<Example> examples) {
    return each(examples, Examples::show);
  }

  private static DomContent show(Example example) {
    Comparison comparison = example.comparison();
    return article(
        attrs(".example"),
        h3("Instruction"),
        words(comparison.prompt()),
        div(
            attrs(".columns"),
            answer("Answer A", comparison.a(), isPreferred(example, Preference.A)),
            answer("Answer B", comparison.b(), isPreferred(example, Preference.B))),
        div(
            attrs(".columns"),
            each(
                example.judgments().entrySet(),
                entry -> judgment(entry.getKey(), entry.getValue(), example.preferred()))));
  }

  private static boolean isPreferred(Example example, Preference answer) {
    return example.preferred().filter(preferred -> preferred == answer).isPresent();
  }

  private static DomContent answer(String name, String text, boolean preferred) {
    return div(
        h4(text(name), preferred ? span(attrs(".badge.right"), "the better one") : text("")),
        words(text));
  }

  private static DomContent judgment(
      String judge, Judgment judgment, Optional<Preference> preferred) {
    return div(
        attrs(".judgment"),
        h4(text(judge), badge(judgment.verdict(), preferred)),
        words(judgment.rationale()));
  }

  private static DomContent badge(Verdict verdict, Optional<Preference> preferred) {
    String words =
        verdict.fold(
            preference -> preference == Preference.TIE ? "a tie" : preference + " is better",
            cause -> "undecided: " + Words.name(cause));
    if (preferred.isEmpty()) {
      return span(attrs(".badge"), words);
    }
    boolean right = verdict.equals(Verdict.decided(preferred.get()));
    return span(attrs(right ? ".badge.right" : ".badge.wrong"), words + (right ? " ✓" : " ✗"));
  }

  private static DomContent words(String text) {
    String shown =
        text.length() <= LONGEST
            ? text
            : text.substring(0, LONGEST)
                + "… (%d more characters)".formatted(text.length() - LONGEST);
    return p(attrs(".words"), shown.isBlank() ? "(empty)" : shown).attr("dir", "auto");
  }
}
