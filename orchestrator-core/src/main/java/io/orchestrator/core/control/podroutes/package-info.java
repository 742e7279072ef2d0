/** Publishes the way to the pods of each node, for the nodes of the other machines. One key for all. */
@NullMarked
package io.orchestrator.core.control.podroutes;

import org.jspecify.annotations.NullMarked;
