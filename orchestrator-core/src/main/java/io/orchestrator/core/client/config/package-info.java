/**
 * How a client that is no part of the cluster finds it and says who it is: kubeconfig files as {@code kubectl} reads and merges
 * them, the configuration that a pod finds in its own files, and every form of credentials that those have.
 * {@link io.orchestrator.core.client.config.ClusterAccess} is what comes of it, and {@code core.client.http} goes by that.
 *
 * <p><b>Threads.</b> Records are immutable; {@link io.orchestrator.core.client.config.Credentials} are thread-safe and may block,
 * for a file or for a program.
 */
@NullMarked
package io.orchestrator.core.client.config;

import org.jspecify.annotations.NullMarked;
