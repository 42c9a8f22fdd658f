package io.selftaught.judge.quickstart.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/** The side of the world that an item belongs to, whatever the seed and however it is worded. */
public enum Split {
  /** Nine items of ten: base training and self-training see these. */
  TRAINING,
  /** One item of ten: only measurements see these. */
  HELD_OUT;

  /** Returns the side of an item, from a hash of its family and key. */
  public static Split of(Item item) {
    CRC32 hash = new CRC32();
    hash.update((item.family() + '\n' + item.key()).getBytes(UTF_8));
    return hash.getValue() % 10 == 0 ? HELD_OUT : TRAINING;
  }
}
