package io.selftaught.judge.quickstart.world;

/**
 * An answer as somebody wrote it.
 *
 * @param core what it says
 * @param dress what stands before it
 */
record Answer(String core, Dress dress) {

  String text() {
    return dress.before(core);
  }

  int length() {
    return text().length();
  }
}
