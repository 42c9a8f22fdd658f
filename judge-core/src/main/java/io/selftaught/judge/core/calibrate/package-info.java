/**
 * How far a judge's probabilities can be relied on: {@link
 * io.selftaught.judge.core.calibrate.Reliability} measures it on pairs whose right verdict is
 * known, and {@link io.selftaught.judge.core.calibrate.Calibration} learns to correct them.
 *
 * <p>Nothing here asks a judge: it knows probabilities and labels only.
 */
@NullMarked
package io.selftaught.judge.core.calibrate;

import org.jspecify.annotations.NullMarked;
