/**
 * Fetches files from a Hugging Face hub into the cache that Python's huggingface_hub uses too.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.hub.Hub}, which opens a {@link
 * io.selftaught.judge.djl.hub.HubRepository} at one revision; that gives its files one by one. A
 * file in the cache is whole and has the checksum that the hub announced; what a download has got
 * so far lies beside it and is continued by the next one.
 *
 * <p>The hub is not trusted: what it names a file, a commit or a checksum never leads out of the
 * cache, and a body is read no further than its announced size. The token goes to the hub's own
 * host and to no other.
 *
 * <p>This package knows no models: which files one needs is the caller's business.
 */
@NullMarked
package io.selftaught.judge.djl.hub;

import org.jspecify.annotations.NullMarked;
