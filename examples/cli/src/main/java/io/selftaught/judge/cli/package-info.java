/**
 * The command line: {@code compare}, {@code evaluate}, {@code self-train} and {@code info}.
 *
 * <p>{@link io.selftaught.judge.cli.Main} starts it; each command is a class that reads options,
 * calls the library and prints. Results go to standard output; progress, logs and errors to
 * standard error. Nothing here decides how judging or training is done.
 */
@NullMarked
package io.selftaught.judge.cli;

import org.jspecify.annotations.NullMarked;
