/**
 * Reads the tensors of a checkpoint: GGUF files and Hugging Face folders of safetensors, memory
 * mapped, under the tensors' Hugging Face names and in fp32 or bf16 whatever they are stored in.
 *
 * <p>Start at {@link io.selftaught.judge.djl.weights.Checkpoints}, which returns a {@link
 * io.selftaught.judge.djl.weights.Checkpoint}; {@link io.selftaught.judge.djl.weights.GgufFile}
 * also gives the metadata of a GGUF file, and {@link
 * io.selftaught.judge.djl.weights.SafetensorsWriter} writes safetensors.
 *
 * <p>Files are untrusted. Whatever is wrong with one is reported as {@link
 * io.selftaught.judge.InvalidInputException} that names the file and the tensor or key; nothing is
 * allocated on the word of a header that the file's own size does not back.
 *
 * <p>This package knows no engine, no tokenizer and no model configuration: which tensors a model
 * needs, and of which shape, is its reader's business.
 */
@NullMarked
package io.selftaught.judge.djl.weights;

import org.jspecify.annotations.NullMarked;
