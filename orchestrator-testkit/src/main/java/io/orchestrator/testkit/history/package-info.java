/**
 * Whether a store does what it promises to many clients at once: {@link io.orchestrator.testkit.history.StoreHistory} records what
 * they asked and were told, while a test breaks whatever it likes, and {@link io.orchestrator.testkit.history.HistoryCheck} says
 * whether there is one order of all of it that a single careful client could have seen.
 *
 * <p>The search for such an order takes exponential time in general (Gibbons and Korach, "Testing Shared Memories", 1997). A store
 * with revisions gives the order of its writes away, in its watch: what is left is to place the reads, and that is quick.
 */
@NullMarked
package io.orchestrator.testkit.history;

import org.jspecify.annotations.NullMarked;
