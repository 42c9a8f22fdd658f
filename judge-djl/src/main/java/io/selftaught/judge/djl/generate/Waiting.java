package io.selftaught.judge.djl.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The requests that wait for a slot.
 *
 * <p>Long prompts go first: begun last, they would run on alone when all others have ended. So that
 * nobody waits for ever behind longer ones, only the first few are compared, and the first of them
 * is passed over a limited number of times. Not safe for use by several threads.
 */
final class Waiting {

  private static final int COMPARED = 32;
  private static final int PATIENCE = 32;

  private final Deque<Request> queue = new ArrayDeque<>();
  private int passedOver;

  void add(Request request) {
    queue.addLast(request);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /**
   * Takes out the request to begin next, if it can begin: nobody takes its turn meanwhile, or a
   * large one would wait for ever.
   */
  Optional<Request> next(Predicate<Request> canBegin) {
    Request first = queue.peekFirst();
    if (first == null) {
      return Optional.empty();
    }
    Request chosen = passedOver < PATIENCE ? longest() : first;
    if (!canBegin.test(chosen)) {
      return Optional.empty();
    }
    passedOver = chosen == first ? 0 : passedOver + 1;
    queue.remove(chosen);
    return Optional.of(chosen);
  }

  /** Of equally long ones the one that came first. */
  private Request longest() {
    Iterator<Request> requests = queue.iterator();
    Request longest = requests.next();
    for (int i = 1; i < COMPARED && requests.hasNext(); i++) {
      Request request = requests.next();
      longest = request.ids.length > longest.ids.length ? request : longest;
    }
    return longest;
  }

  /** Takes out all. */
  List<Request> drain() {
    List<Request> all = new ArrayList<>(queue);
    queue.clear();
    return all;
  }
}
