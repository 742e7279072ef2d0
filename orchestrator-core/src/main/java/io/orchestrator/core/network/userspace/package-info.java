/**
 * The service proxy that needs no privileges: it listens on service addresses and copies bytes to ready endpoints.
 *
 * <p><b>Threads.</b> A few selector loops, each a long-lived task of the environment's executor, own all channels; no
 * connection has a thread of its own, and at rest the loops sleep. {@link
 * io.orchestrator.core.network.userspace.UserSpaceProxy#apply} runs on its caller's thread and hands changes to the loops.
 * What both sides share is a route's immutable set of backends.
 *
 * <p><b>Neighbours.</b> Implements {@code spi.network}; knows neither the client nor services.
 */
@NullMarked
package io.orchestrator.core.network.userspace;

import org.jspecify.annotations.NullMarked;
