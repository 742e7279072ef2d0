/**
 * The contract of a service proxy: one table of services goes in, traffic is carried. A proxy applies the newest table it
 * was given, is idempotent, and leaves no address, rule or socket behind when it is closed.
 */
@NullMarked
package io.orchestrator.spi.network;

import org.jspecify.annotations.NullMarked;
