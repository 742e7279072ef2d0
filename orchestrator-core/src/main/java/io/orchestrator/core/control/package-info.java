/**
 * What every controller runs on: the {@link io.orchestrator.core.control.WorkQueue}, the
 * {@link io.orchestrator.core.control.ControllerEngine} that feeds it from shared informers, the
 * {@link io.orchestrator.core.control.Expectations} that let a reconciler survive a stale cache, and the
 * {@link io.orchestrator.core.control.EventRecorder}. One package per controller lies below this one; no controller imports
 * another.
 *
 * <p><b>Threads.</b> There are none here. Work is handed to the executor one key at a time, delays to the timers, so the same
 * code runs on a pool and on the simulation's one thread. The queue's state is guarded by its lock, under which nothing
 * foreign is called.
 */
@NullMarked
package io.orchestrator.core.control;

import org.jspecify.annotations.NullMarked;
