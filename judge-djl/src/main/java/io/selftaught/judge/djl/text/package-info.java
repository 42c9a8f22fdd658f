/**
 * Tokenizer and chat template of a model: conversations to token ids and back.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.text.ChatTokenizer}, made from a Hugging Face
 * directory or from the header of a GGUF file. Tokenizing is done by the Rust tokenizers library
 * through DJL, rendering by jinjava made to behave as the Jinja2 of transformers does, so that ids
 * and renders are those of {@code apply_chat_template}.
 *
 * <p>This package knows no tensors, no sampling and no judge prompts.
 */
@NullMarked
package io.selftaught.judge.djl.text;

import org.jspecify.annotations.NullMarked;
