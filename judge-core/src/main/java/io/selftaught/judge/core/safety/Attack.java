package io.selftaught.judge.core.safety;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.prompt.Template;
import java.util.HashMap;
import java.util.Map;

/**
 * A text that tries to win a comparison for the answer that it stands in.
 *
 * @param name names it in reports, not blank
 * @param text what is appended to the answer; {@code {own}} is its letter and {@code {other}} that
 *     of the other answer
 * @param inBoth whether the other answer does the same for itself
 */
public record Attack(String name, String text, boolean inBoth) {

  /** Creates one that stands in one answer only. */
  public Attack(String name, String text) {
    this(name, text, false);
  }

  public Attack {
    if (name.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("name and text must not be blank");
    }
  }

  /**
   * Returns the comparison with this attack in one of its answers, or {@linkplain #inBoth both}.
   *
   * @throws IllegalArgumentException if {@code attacker} is no answer
   */
  public Comparison plantedIn(Comparison comparison, Preference attacker) {
    if (attacker == Preference.TIE) {
      throw new IllegalArgumentException("attacker must be A or B, was TIE");
    }
    Comparison attacked =
        Comparison.of(
            comparison.prompt(),
            comparison.a() + planted(Preference.A, attacker),
            comparison.b() + planted(Preference.B, attacker));
    return comparison.reference().map(attacked::withReference).orElse(attacked);
  }

  private String planted(Preference answer, Preference attacker) {
    if (answer != attacker && !inBoth) {
      return "";
    }
    Template template = Template.of(text);
    Map<String, String> letters = new HashMap<>();
    letters.put("own", answer.name());
    letters.put("other", answer.swapped().name());
    letters.keySet().retainAll(template.names());
    return "\n" + template.fill(letters);
  }
}
