package io.selftaught.judge.quickstart.world;

/**
 * An answer as somebody wrote it.
 *
 * @param core what it says
 * @param dress what stands around it
 */
record Answer(String core, Dress dress) {

  String text() {
    return dress.around(core);
  }

  int length() {
    return text().length();
  }
}
