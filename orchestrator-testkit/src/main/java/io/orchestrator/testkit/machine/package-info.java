/**
 * What tests do to other processes of this machine. Neighbours: all that begin such, as {@code testkit.etcd} does.
 */
@NullMarked
package io.orchestrator.testkit.machine;

import org.jspecify.annotations.NullMarked;
