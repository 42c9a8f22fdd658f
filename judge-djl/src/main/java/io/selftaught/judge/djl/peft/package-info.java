/**
 * LoRA adapters in the layout of Hugging Face PEFT, in and out: {@code adapter_config.json} and
 * {@code adapter_model.safetensors}.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.peft.PeftAdapters}. Knows nothing of how adapters
 * are trained or run.
 */
@NullMarked
package io.selftaught.judge.djl.peft;

import org.jspecify.annotations.NullMarked;
