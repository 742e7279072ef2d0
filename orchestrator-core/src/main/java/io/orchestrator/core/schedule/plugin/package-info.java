/**
 * The scheduler's plugins, one class each, named and worded as in Kubernetes: stateless, without I/O, and ignorant of the
 * client and of each other.
 */
@NullMarked
package io.orchestrator.core.schedule.plugin;

import org.jspecify.annotations.NullMarked;
