package io.selftaught.judge.quickstart.world;

/**
 * One task, worded.
 *
 * @param family the name of its family
 * @param key what makes it this item of its family, however it is worded
 * @param instruction what is asked, at most 60 characters
 * @param answer the one right answer, at most 24 characters
 */
public record Item(String family, String key, String instruction, String answer) {}
