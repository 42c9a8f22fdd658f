package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.Preference;

/**
 * Two answers to a held-out instruction of which one is right: for measuring only.
 *
 * @param id unique among the pairs drawn with it
 * @param category the family of the instruction
 * @param prompt the instruction
 * @param a the first answer
 * @param b the second answer
 * @param preferred A or B, the right one
 */
public record HeldOutPair(
    String id, String category, String prompt, String a, String b, Preference preferred) {}
