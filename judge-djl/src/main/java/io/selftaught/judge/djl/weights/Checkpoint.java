package io.selftaught.judge.djl.weights;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The tensors of a checkpoint under their Hugging Face names, such as {@code
 * model.layers.0.self_attn.q_proj.weight}. Obtained from {@link Checkpoints}.
 *
 * <p>Safe for use by several threads: callers that want speed read different tensors, or different
 * rows of a large one, at the same time. Tensors are memory mapped and nothing is kept on the Java
 * heap. Closing ends reading; the mapping itself is given back when it and the views of it are
 * garbage collected. The files must not be changed until then: a mapping of a file that has been
 * cut short has no bytes to give, which the virtual machine reports as an {@link InternalError}.
 *
 * <p>All methods but {@link #path()} and {@link #close()} throw {@link IllegalStateException} after
 * closing.
 */
public interface Checkpoint extends Closeable {

  /** Returns the names of the tensors. */
  Set<String> names();

  /**
   * Describes a tensor.
   *
   * @throws io.selftaught.judge.InvalidInputException if there is none of that name
   */
  TensorInfo info(String name);

  /**
   * Reads a whole tensor, converted or dequantised, into {@code destination} from its position on,
   * in the byte order of the machine whatever order the buffer is set to. The position moves on by
   * what was written.
   *
   * @throws io.selftaught.judge.InvalidInputException if there is no tensor of that name
   * @throws IllegalArgumentException if {@code destination} has too little room, which is always so
   *     for a tensor of 2 GiB or more: read that one by rows
   */
  default void read(String name, ElementType target, ByteBuffer destination) {
    read(name, target, 0, info(name).rows(), destination);
  }

  /**
   * Reads {@code rows} indexes of the first dimension, from {@code firstRow} on, as {@link
   * #read(String, ElementType, ByteBuffer)} does.
   *
   * @throws io.selftaught.judge.InvalidInputException if there is no tensor of that name
   * @throws IllegalArgumentException if the tensor has no such rows or {@code destination} has too
   *     little room
   */
  void read(String name, ElementType target, long firstRow, long rows, ByteBuffer destination);

  /**
   * Reads rows of a tensor that is stored {@linkplain StoredType#isInNibbles() in numbers of 4
   * bits}, as they are: an element is {@code scale * number + minimum}. The positions of both
   * buffers move on by what was written.
   *
   * @param numbers takes a byte of 0 to 15 for each element
   * @param groups takes scale and minimum, in single precision and the byte order of the machine,
   *     of each 32 elements
   * @throws io.selftaught.judge.InvalidInputException if there is no tensor of that name
   * @throws IllegalArgumentException if the tensor is stored otherwise or has no such rows, or a
   *     buffer has too little room
   */
  void readNibbles(String name, long firstRow, long rows, ByteBuffer numbers, ByteBuffer groups);

  /**
   * Returns a read-only direct view of a tensor that the file holds in exactly this type, byte
   * order and row order, aligned to its elements; empty otherwise, and if the tensor cannot be seen
   * through one buffer (always possible up to 1 GiB, never from 2 GiB on).
   *
   * @throws io.selftaught.judge.InvalidInputException if there is no tensor of that name
   */
  Optional<ByteBuffer> mapped(String name, ElementType target);

  /** Returns the file or folder that was opened. */
  Path path();

  /** Ends reading; closing again does nothing. */
  @Override
  void close();
}
