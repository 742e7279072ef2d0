/**
 * The contract of {@code ContainerRuntime} as an inheritable test, and the simulated runtime that passes it: behaviour as
 * data, on the time and threads of an {@code Environment}, thousands of nodes in one JVM.
 *
 * <p>Threading: the simulated runtime may be used from any thread; all its state is guarded by one lock per engine, and
 * stages complete and listeners are called on the environment's executor, outside that lock. On the simulation's single
 * thread it therefore never blocks.
 */
@NullMarked
package io.orchestrator.testkit.runtime;

import org.jspecify.annotations.NullMarked;
