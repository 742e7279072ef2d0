/**
 * Whole clusters through whole days of virtual time, each another by its seed: users who change their minds, machines that die,
 * everything that goes wrong between the parts. {@link io.orchestrator.testkit.life.ClusterDay} is one such day, {@link
 * io.orchestrator.testkit.life.Users} and {@link io.orchestrator.testkit.life.Adversity} make it eventful, the rules say what must
 * hold at every step, and {@link io.orchestrator.testkit.life.AtRest} what must hold whenever things have come to rest.
 *
 * <p><b>Threads.</b> One, the test's.
 */
@NullMarked
package io.orchestrator.testkit.life;

import org.jspecify.annotations.NullMarked;
