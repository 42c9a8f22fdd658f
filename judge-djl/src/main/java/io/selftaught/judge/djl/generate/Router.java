package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Decoder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Chooses which of several replicas takes a prompt: the one with the fewest tokens outstanding,
 * less what it need not read because it knows how the prompt begins.
 *
 * <p>What is known is estimated: the hashes of prompts' beginnings, in whole pieces, the least
 * recently used ones forgotten when a replica will have forgotten them. A wrong estimate costs time
 * and changes no text.
 *
 * <p>A replica that fails is done with a request sooner than any other and would attract all that
 * follow. So what it failed at stays on its account until something succeeds. Safe for use by
 * several threads.
 */
final class Router {

  /**
   * How many outstanding tokens one is worth that need not be read again. What is read twice is
   * lost for certain; that one replica has more to do than another evens out while requests keep
   * coming.
   */
  private static final long WORTH = 4;

  private final Account[] accounts;

  /** What one replica has to do and has read. */
  private static final class Account {
    private final Map<Long, Boolean> known;
    private long outstanding;
    private long failed;

    Account(long pieces) {
      known =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
              return size() > pieces;
            }
          };
    }

    /** Returns how many pieces of a prompt it has read, as far as we remember. */
    int knownOf(long[] beginnings) {
      int known = 0;
      while (known < beginnings.length && this.known.get(beginnings[known]) != null) {
        known++;
      }
      return known;
    }
  }

  /**
   * Creates one for replicas that have nothing to do.
   *
   * @param retained how many tokens of prompts each of them keeps
   */
  Router(long... retained) {
    accounts =
        Arrays.stream(retained)
            .mapToObj(tokens -> new Account(tokens / Decoder.PIECE))
            .toArray(Account[]::new);
  }

  /**
   * Chooses a replica, which has the prompt outstanding from then on.
   *
   * @param tokens that it may have to read and write
   * @param able the replicas to choose from, not empty
   */
  synchronized int choose(int[] ids, long tokens, int[] able) {
    long[] beginnings = beginnings(ids);
    int chosen =
        IntStream.of(able)
            .boxed()
            .min(Comparator.comparingLong(replica -> price(accounts[replica], beginnings)))
            .orElseThrow();
    accounts[chosen].outstanding += tokens;
    LongStream.of(beginnings).forEach(hash -> accounts[chosen].known.put(hash, true));
    return chosen;
  }

  private static long price(Account account, long[] beginnings) {
    return account.outstanding - WORTH * Decoder.PIECE * account.knownOf(beginnings);
  }

  /** Notes that a replica has done what it was chosen for. */
  synchronized void succeeded(int replica, long tokens) {
    accounts[replica].outstanding -= tokens + accounts[replica].failed;
    accounts[replica].failed = 0;
  }

  /** Notes that what a replica was chosen for is not wanted any more. */
  synchronized void cancelled(int replica, long tokens) {
    accounts[replica].outstanding -= tokens;
  }

  /** Notes that a replica has failed at what it was chosen for. */
  synchronized void failed(int replica, long tokens) {
    accounts[replica].failed += tokens;
  }

  /** Hashes of a prompt up to the end of each of its whole pieces that could be taken over. */
  private static long[] beginnings(int[] ids) {
    long[] hashes = new long[(ids.length - 1) / Decoder.PIECE];
    long hash = 0;
    for (int i = 0; i < hashes.length * Decoder.PIECE; i++) {
      hash = (hash ^ ids[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
      if ((i + 1) % Decoder.PIECE == 0) {
        hashes[i / Decoder.PIECE] = hash;
      }
    }
    return hashes;
  }
}
