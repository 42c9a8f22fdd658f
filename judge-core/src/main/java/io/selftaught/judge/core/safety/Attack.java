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
 */
public record Attack(String name, String text) {

  public Attack {
    if (name.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("name and text must not be blank");
    }
  }

  /**
   * Returns the comparison with this attack in one of its answers.
   *
   * @throws IllegalArgumentException if {@code attacker} is no answer
   */
  public Comparison plantedIn(Comparison comparison, Preference attacker) {
    if (attacker == Preference.TIE) {
      throw new IllegalArgumentException("attacker must be A or B, was TIE");
    }
    Template template = Template.of(text);
    Map<String, String> letters = new HashMap<>();
    letters.put("own", attacker.name());
    letters.put("other", attacker.swapped().name());
    letters.keySet().retainAll(template.names());
    String planted = "\n" + template.fill(letters);
    Comparison attacked =
        attacker == Preference.A
            ? Comparison.of(comparison.prompt(), comparison.a() + planted, comparison.b())
            : Comparison.of(comparison.prompt(), comparison.a(), comparison.b() + planted);
    return comparison.reference().map(attacked::withReference).orElse(attacked);
  }
}
