/**
 * What every service proxy promises, as a test to inherit, and the small servers that stand for pods in it. Neighbour: {@code
 * spi.network}.
 */
@NullMarked
package io.orchestrator.testkit.network;

import org.jspecify.annotations.NullMarked;
