/**
 * The cluster launcher: the command line of {@code cluster.jar}. It only translates options into the builder of the
 * embedded cluster and reports progress; everything it does, a host can do through the same builder.
 */
@NullMarked
package io.orchestrator.samples.cluster;

import org.jspecify.annotations.NullMarked;
