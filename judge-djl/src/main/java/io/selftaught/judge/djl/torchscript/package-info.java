/**
 * Runs TorchScript source through DJL, with no Python.
 *
 * <p>DJL loads TorchScript archives, and such an archive is a zip whose {@code code} folder is
 * source text that libtorch compiles as it loads. So the model, the training step and the optimiser
 * live in a few small source files among this module's resources, are packed into an archive in
 * memory and run as one native call per step. That gives what DJL's own arrays lack: bfloat16,
 * fused attention, autograd under our control.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.torchscript.ScriptModule}. Knows nothing of
 * transformers, only of archives, arguments and native memory.
 */
@NullMarked
package io.selftaught.judge.djl.torchscript;

import org.jspecify.annotations.NullMarked;
