/**
 * Runs and evaluations for people: {@link io.selftaught.judge.report.HtmlReport} writes one HTML
 * file that needs nothing else, neither a network nor a script, and {@link
 * io.selftaught.judge.report.ConsoleProgress} shows how far a run is while it runs.
 *
 * <p>Knows the reports of judge-core and the run directory's files, no engine and no command line.
 */
@NullMarked
package io.selftaught.judge.report;

import org.jspecify.annotations.NullMarked;
