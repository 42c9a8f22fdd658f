package io.selftaught.judge.djl.weights;

import java.util.Arrays;
import java.util.Optional;

/** How a file stores the elements of a tensor: plain floats, or blocks of ggml's quantisations. */
public enum StoredType {
  /** IEEE 754 single precision. */
  F32(0, 1, 4, Floats::decodeF32),
  /** IEEE 754 half precision. */
  F16(1, 1, 2, Floats::decodeF16),
  /** The upper half of single precision. */
  BF16(30, 1, 2, Floats::decodeBf16),
  /** 4 bits an element and a scale. */
  Q4_0(2, 32, 18, NibbleBlocks::decodeQ40, NibbleBlocks::readQ40),
  /** 4 bits an element, a scale and a minimum. */
  Q4_1(3, 32, 20, NibbleBlocks::decodeQ41, NibbleBlocks::readQ41),
  /** 5 bits an element and a scale. */
  Q5_0(6, 32, 22, FiveBitBlocks::decodeQ50),
  /** 5 bits an element, a scale and a minimum. */
  Q5_1(7, 32, 24, FiveBitBlocks::decodeQ51),
  /** 8 bits an element and a scale. */
  Q8_0(8, 32, 34, ByteBlocks::decodeQ80),
  /** 2 bits an element, 16 scales and minima of 4 bits. */
  Q2_K(10, 256, 84, CrumbSuperBlocks::decodeQ2K),
  /** 3 bits an element, 16 scales of 6 bits. */
  Q3_K(11, 256, 110, CrumbSuperBlocks::decodeQ3K),
  /** 4 bits an element, 8 scales and minima of 6 bits. */
  Q4_K(12, 256, 144, NibbleSuperBlocks::decodeQ4K, NibbleSuperBlocks::readQ4K),
  /** 5 bits an element, 8 scales and minima of 6 bits. */
  Q5_K(13, 256, 176, NibbleSuperBlocks::decodeQ5K),
  /** 6 bits an element, 16 scales of 8 bits. */
  Q6_K(14, 256, 210, SixBitSuperBlocks::decodeQ6K),
  /** 4 bits an element that pick from 16 values, and a scale. */
  IQ4_NL(20, 32, 18, CodebookBlocks::decodeIq4Nl),
  /** 4 bits an element that pick from 16 values, 8 scales of 6 bits. */
  IQ4_XS(23, 256, 136, CodebookBlocks::decodeIq4Xs);

  private final int ggmlId;
  private final int blockElements;
  private final int blockBytes;

  @SuppressWarnings("ImmutableEnumChecker") // All decoders are static methods without state.
  private final BlockDecoder decoder;

  @SuppressWarnings("ImmutableEnumChecker") // As above.
  private final Optional<NibbleReader> nibbles;

  StoredType(int ggmlId, int blockElements, int blockBytes, BlockDecoder decoder) {
    this(ggmlId, blockElements, blockBytes, decoder, Optional.empty());
  }

  StoredType(
      int ggmlId, int blockElements, int blockBytes, BlockDecoder decoder, NibbleReader nibbles) {
    this(ggmlId, blockElements, blockBytes, decoder, Optional.of(nibbles));
  }

  StoredType(
      int ggmlId,
      int blockElements,
      int blockBytes,
      BlockDecoder decoder,
      Optional<NibbleReader> nibbles) {
    this.ggmlId = ggmlId;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
    this.decoder = decoder;
    this.nibbles = nibbles;
  }

  /** Returns the number of elements that are stored together, 1 for plain floats. */
  public int blockElements() {
    return blockElements;
  }

  /** Returns the bytes of a block. */
  public int blockBytes() {
    return blockBytes;
  }

  /**
   * Returns whether an element is a number of 4 bits times a scale plus a minimum, both shared by
   * 32 of them, so that {@link Checkpoint#readNibbles} can read it.
   */
  public boolean isInNibbles() {
    return nibbles.isPresent();
  }

  BlockDecoder decoder() {
    return decoder;
  }

  Optional<NibbleReader> nibbles() {
    return nibbles;
  }

  /** Returns whether the file holds elements just as {@code target} is laid out. */
  boolean is(ElementType target) {
    return (this == F32 && target == ElementType.F32)
        || (this == BF16 && target == ElementType.BF16);
  }

  static Optional<StoredType> ofGgml(int id) {
    return Arrays.stream(values()).filter(type -> type.ggmlId == id).findFirst();
  }
}
