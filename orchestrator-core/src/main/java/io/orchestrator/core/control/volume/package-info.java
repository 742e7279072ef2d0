/**
 * The controllers of persistent volumes: one brings claims and volumes together, makes volumes where a class says who, and takes them back; one
 * keeps claims and volumes that are in use from going. {@link io.orchestrator.core.control.volume.Match} decides in pure functions which volume
 * suits a claim.
 *
 * <p>A binding is several writes, each on the version that was looked at: the volume names the claim first, then the claim the volume. Whoever dies in
 * between is followed by one who goes on there.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 *
 * <p><b>Neighbours.</b> {@code core.storage} makes and destroys volumes.
 */
@NullMarked
package io.orchestrator.core.control.volume;

import org.jspecify.annotations.NullMarked;
