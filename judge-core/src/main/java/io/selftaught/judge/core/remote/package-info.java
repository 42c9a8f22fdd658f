/**
 * Models behind an OpenAI-compatible server: vLLM, SGLang, llama.cpp's server, Ollama, hosted ones.
 *
 * <p>{@link io.selftaught.judge.core.remote.RemoteModel} is the entry type. Servers differ in what
 * they add to the common protocol; {@link io.selftaught.judge.core.remote.Server} holds those
 * differences. Everything that a server sends is treated as untrusted: bounded, checked and turned
 * into a typed error. Knows nothing of judging; the HTTP and retry libraries stay inside.
 */
@NullMarked
package io.selftaught.judge.core.remote;

import org.jspecify.annotations.NullMarked;
