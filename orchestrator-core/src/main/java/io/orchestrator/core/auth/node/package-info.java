/**
 * What agents may do that are known by the name of their node: see what the pods on that node need, and nothing of the rest.
 *
 * <p><b>Threading.</b> Safe for concurrent use, no state.
 */
@NullMarked
package io.orchestrator.core.auth.node;

import org.jspecify.annotations.NullMarked;
