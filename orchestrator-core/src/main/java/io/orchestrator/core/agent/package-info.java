/**
 * The node agent: registers its node, renews its lease, and drives every pod that is bound to it through the container
 * runtime, with probes, volumes, images, restarts and status. One loop per pod owns that pod's state; each call of the
 * runtime has a deadline, so that one hanging container stops nobody else. Knows only the client and the runtime SPI.
 */
@NullMarked
package io.orchestrator.core.agent;

import org.jspecify.annotations.NullMarked;
