/**
 * Language models and their fine-tuning in process, on CPU or GPU, through DJL and libtorch.
 *
 * <p>Entry types: {@link io.selftaught.judge.djl.DjlModel}, which loads a model and generates with
 * it, and {@link io.selftaught.judge.djl.DjlFineTuner}, which trains an adapter on it. This is the
 * module's one public package; those below it change without notice. Knows nothing of judging.
 */
@NullMarked
package io.selftaught.judge.djl;

import org.jspecify.annotations.NullMarked;
