/**
 * The self-taught loop in one command, on a model that comes with it.
 *
 * <p>Entry type: {@link io.selftaught.judge.quickstart.MicroModelMaker} makes that model.
 */
@NullMarked
package io.selftaught.judge.quickstart;

import org.jspecify.annotations.NullMarked;
