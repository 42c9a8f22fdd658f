package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.Preference;

/**
 * What a judge wrote and where it led, in words from which the library tells reasons, letters and
 * verdict.
 *
 * @param rationale the reasoning, without the verdict
 * @param verdict A or B
 */
record Reasoning(String rationale, Preference verdict) {

  String text() {
    return rationale + "\n[[" + verdict + "]]";
  }
}
