/**
 * Decides on which node each pod runs.
 *
 * <p><b>Responsibility.</b> Pods without a node wait in a queue; one at a time they are held against an immutable {@link
 * io.orchestrator.core.schedule.Snapshot}: filters say where a pod can run, scores say where it should. The plan is a pure
 * function of pod, snapshot and the randomness given. The chosen node's room is taken at once (the pod is <i>assumed</i>),
 * the binding is written in the background, and what turns out otherwise is undone.
 *
 * <p><b>Threads.</b> One loop owns queue and cache; informers, timers and finished writes post to it. Plugins are stateless
 * and see only views. Writes block tasks of the executor, never the loop.
 *
 * <p><b>Neighbours.</b> Informers in, {@code api.client} out. Plugins implement {@link
 * io.orchestrator.core.schedule.FilterPlugin} and {@link io.orchestrator.core.schedule.ScorePlugin}; those of Kubernetes are
 * in {@code core.schedule.plugin}.
 */
@NullMarked
package io.orchestrator.core.schedule;

import org.jspecify.annotations.NullMarked;
