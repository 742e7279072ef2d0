/**
 * Charges what is written to the quotas of its namespace, before it is written, and gives back what is removed or was not
 * written after all, so that no quota is ever exceeded, however many write at once.
 *
 * <p><b>Threading.</b> Safe for concurrent use. Those who charge one quota at the same time are served together, by whoever came
 * first; each waits for the answer to its own. <b>Neighbours.</b> {@code core.quota} knows the prices. The registry keeps the
 * books, in the quota's status, by compare-and-set: control planes on one store share them.
 */
@NullMarked
package io.orchestrator.core.registry.quota;

import org.jspecify.annotations.NullMarked;
