/**
 * A decoder-only transformer on native memory: its configuration, its weights and the calls that
 * run it.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.decoder.Decoder}. The model itself is the
 * TorchScript source {@code decoder.py}. Knows nothing of text, sampling or requests.
 */
@NullMarked
package io.selftaught.judge.djl.decoder;

import org.jspecify.annotations.NullMarked;
