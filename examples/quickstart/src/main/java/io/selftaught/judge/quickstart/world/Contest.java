package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;

/** Two answers to one task, and what is known about them. */
record Contest(Item item, Answer a, Answer b) {

  boolean right(Answer answer) {
    return answer.core().equals(item.answer());
  }

  /** Returns which answer is the right one; a tie if both are or none is. */
  Preference truth() {
    if (right(a) == right(b)) {
      return Preference.TIE;
    }
    return right(a) ? Preference.A : Preference.B;
  }

  Comparison comparison() {
    return Comparison.of(item.instruction(), a.text(), b.text());
  }
}
